"""The screen 企业: the list, the page of one enterprise, entering one, importing a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from safetydesk.ui.enterprises.list_view import EnterpriseListView
from safetydesk.ui.places import (
    Place,
    Target,
)
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:
    pass


class EnterprisesScreen(Screen):
    place: ClassVar[Place] = Place.ENTERPRISES
    help_page: ClassVar[str] = "enterprises"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("企业"), parent)
        self.stack = QStackedWidget(self)
        self.list_view = EnterpriseListView(shell, self)
        self.stack.addWidget(self.list_view)
        self.body.addWidget(self.stack, 1)

    def arrive(self, target: Target) -> None:
        from safetydesk.workflows.enterprise_list import EVERYTHING

        self.list_view.show_wanted(EVERYTHING)

    def refresh(self, changes: Changes) -> None:
        self.list_view.ask()
