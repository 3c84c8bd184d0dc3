"""The screen 企业 over a real store, in a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui.enterprises.page_view import EnterprisePageView
from safetydesk.ui.enterprises.screen import EnterprisesScreen
from safetydesk.ui.places import OpenPlace, Place, ShowEnterprise
from safetydesk.workflows.desk import Desk
from ui.visits import Window, close_window, open_window


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path / "窗口")
    yield made
    close_window(made)


@pytest.fixture
def screen(qtbot: QtBot, window: Window) -> Iterator[EnterprisesScreen]:
    """Made and in view; a test goes where it wants."""
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1230, 660)
    made = EnterprisesScreen(window.shell, around)
    made.resize(around.size())
    window.shell.runner.changed.connect(made.refresh)
    around.show()
    qtbot.waitExposed(around)
    around.activateWindow()
    yield made
    around.hide()  # and not returned: what is around the screen must live as long as the test


def settle(qtbot: QtBot, window: Window) -> None:
    """Until everything that was asked has been answered and delivered."""
    qtbot.waitUntil(lambda: not window.shell.runner._held)


def show_list(qtbot: QtBot, window: Window, screen: EnterprisesScreen) -> None:
    """As the rail does it."""
    screen.arrive(OpenPlace(Place.ENTERPRISES))
    settle(qtbot, window)
    screen.focus_first()


def show_page(qtbot: QtBot, window: Window, screen: EnterprisesScreen, enterprise_id: UUID) -> EnterprisePageView:
    screen.arrive(ShowEnterprise(enterprise_id))
    settle(qtbot, window)
    return screen.page_view


def names(screen: EnterprisesScreen) -> list[str]:
    """What the list shows."""
    paged = screen.list_view.paged
    return [paged.row_at(at).name for at in range(paged.rowCount())]  # type: ignore[union-attr]
