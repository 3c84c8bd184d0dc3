"""Choosing: go on with what lies unfinished, or pick enterprise and checklist and begin. One Enter when all is preset."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import LABELS, InspectionKind
from safetydesk.ui.inspection.choose_list import LinesList
from safetydesk.ui.inspection.choose_model import ChooseModel
from safetydesk.ui.inspection.choose_parts import EnterpriseCard, SecondFields, UnfinishedBand
from safetydesk.ui.inspection.choose_where import WherePane
from safetydesk.ui.inspection.choose_words import checklist_lines
from safetydesk.ui.shell import Shell, trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.chips import Chip, FilterChips
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import emphasis, note_label

if TYPE_CHECKING:
    from safetydesk.workflows.beginning import Beginning, Crew, OfferedEnterprise, UnfinishedVisit

_AT_SECOND = ("same_inspector", "bad_name", "missing_glyphs")


class ChooseView(QWidget):
    """Left where to go, right how to check there."""

    continue_requested = Signal(object)
    started = Signal(object)
    ready_changed = Signal(bool)  # whether everything is there to begin
    ledger_requested = Signal()

    def __init__(self, shell: Shell, start_button: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = ChooseModel(shell, self)
        self._start_button = start_button
        self._wanted: UUID | None = None
        self._checklist = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, 0, Space.XL, Space.L)
        row.setSpacing(Space.L)
        self.where = WherePane(self)
        row.addWidget(self.where)
        row.addWidget(self._make_right(), 1)
        self._connect()

    @property
    def today(self) -> date:
        return self._shell.desk.today()

    @property
    def band(self) -> UnfinishedBand:
        return self.where.band

    @property
    def search_edit(self) -> QLineEdit:
        return self.where.search_edit

    @property
    def is_ready(self) -> bool:
        return self.model.beginning is not None and bool(self._checklist) and not self.model.is_starting

    def begin(self, enterprise_id: UUID | None) -> None:
        """Afresh: with this enterprise, or with none."""
        self._wanted = enterprise_id
        self._checklist = ""
        self.second.forget()
        self.kinds.show_chips(self._kind_chips(), InspectionKind.ROUTINE)
        self.search_edit.clear()
        self.trouble.hide()
        self.model.drop()
        self.model.reload()
        self.model.offer()
        if enterprise_id is not None:
            self.model.pick(enterprise_id)
        else:
            self.right.setCurrentWidget(self.nothing_picked)
        self._say_ready()

    def reload(self) -> None:
        """Something changed elsewhere; what is typed and picked stays."""
        self.model.reload()
        if not self.where.text:
            self.model.offer()

    def focus_first(self) -> None:
        """Where Enter does the likeliest thing."""
        if self.is_ready:
            self._focus_ready()
        elif self._wanted is None and self.band.isVisible() and self.band.continue_buttons:
            self.band.continue_buttons[0].setFocus()
        else:
            self.search_edit.setFocus()

    def _focus_ready(self) -> None:
        """On the button; where a check of this enterprise lies unfinished, on the one that goes on with it."""
        found = self.model.beginning
        button = self.card.continue_button if found is not None and found.unfinished else self._start_button
        button.setFocus()

    @Slot()
    def start(self) -> None:
        if not self.is_ready:
            return
        self.trouble.hide()
        self.second.name_field.set_error("")
        kind = InspectionKind(self.kinds.current or InspectionKind.ROUTINE)
        self.model.start(self._checklist, kind, self.second.colleague())
        self._say_ready()

    # --- layout

    def _make_right(self) -> QWidget:
        self.right = QStackedWidget(self)
        self.nothing_picked = EmptyState(
            "map-pin", tr("先在左边选一家企业"), tr("输入名称、拼音首字母、负责人或电话都能找到。"), parent=self.right
        )
        self.right.addWidget(self.nothing_picked)
        page = QWidget(self.right)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.trouble = note_label("", page)
        self.trouble.setProperty("look", "error")
        self.trouble.hide()
        self.card = EnterpriseCard(page)
        column.addWidget(self.card)
        column.addWidget(self.trouble)
        beside = QHBoxLayout()
        beside.setSpacing(Space.L)
        beside.addWidget(self._make_checklists(page), 3)
        beside.addWidget(self._make_how(page), 2)
        column.addLayout(beside, 1)
        self.page = page
        self.right.addWidget(page)
        return self.right

    def _make_checklists(self, parent: QWidget) -> QWidget:
        panel = QFrame(parent)
        panel.setProperty("look", "panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, Space.M, 1, 1)
        column.setSpacing(Space.XS)
        title = emphasis(tr("检查表"), panel)
        title.setContentsMargins(Space.M, 0, Space.M, 0)
        column.addWidget(title)
        self.checklists = LinesList(tr("检查表"), panel)
        column.addWidget(self.checklists, 1)
        return panel

    def _make_how(self, parent: QWidget) -> QWidget:
        scroll = QScrollArea(parent)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("look", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.XS, 0)
        column.setSpacing(Space.M)
        column.addWidget(emphasis(tr("哪一种检查"), inside))
        self.kinds = FilterChips(inside)
        self.kinds.show_chips(self._kind_chips(), InspectionKind.ROUTINE)
        column.addWidget(self.kinds)
        column.addSpacing(Space.S)
        column.addWidget(emphasis(tr("第二名检查人员"), inside))
        self.second = SecondFields(inside)
        column.addWidget(self.second)
        self.crew_label = note_label("", inside)
        column.addWidget(self.crew_label)
        column.addStretch()
        scroll.setWidget(inside)
        return scroll

    def _kind_chips(self) -> list[Chip]:
        return [Chip(str(kind), tr(LABELS[kind])) for kind in InspectionKind]

    def _connect(self) -> None:
        self.where.find_requested.connect(self._on_find_requested)
        self.where.picked.connect(self._on_enterprise_picked)
        self.where.decided.connect(self._on_enterprise_decided)
        self.where.continue_requested.connect(self.continue_requested)
        self.where.give_up_requested.connect(self.model.give_up)
        self.where.ledger_requested.connect(self.ledger_requested)
        self.checklists.picked.connect(self._on_checklist_picked)
        self.checklists.decided.connect(self._on_checklist_decided)
        self.second.entered.connect(self.start)
        self.card.continue_requested.connect(self.continue_requested)
        self.model.unfinished_read.connect(self._on_unfinished_read)
        self.model.offered_read.connect(self._on_offered_read)
        self.model.crew_read.connect(self._on_crew_read)
        self.model.picked.connect(self._on_model_picked)
        self.model.pick_failed.connect(self._on_model_pick_failed)
        self.model.started.connect(self.started)
        self.model.start_failed.connect(self._on_model_start_failed)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search_edit.setFocus)

    def _say_ready(self) -> None:
        self.ready_changed.emit(self.is_ready)

    # --- what the model says

    @Slot(object)
    def _on_unfinished_read(self, visits: tuple[UnfinishedVisit, ...]) -> None:
        had_focus = not self.isVisible() or self.search_edit.hasFocus()
        is_new = self.where.show_unfinished(visits, self.today)
        if is_new and had_focus and self._wanted is None and not self.where.text:
            self.focus_first()

    @Slot(object)
    def _on_offered_read(self, offers: tuple[OfferedEnterprise, ...]) -> None:
        chosen = self.model.beginning.enterprise_id if self.model.beginning is not None else self._wanted
        self.where.show_offers(offers, chosen, self.today)

    @Slot(object)
    def _on_crew_read(self, crew: Crew) -> None:
        self.second.show_crew(crew)
        badge = tr("（{badge}）", badge=crew.badge) if crew.badge else ""
        self.crew_label.setText(tr("第一名检查人员：{name}{badge}", name=crew.name, badge=badge))

    @Slot(object)
    def _on_model_picked(self, found: Beginning) -> None:
        self.trouble.hide()
        is_other = self.right.currentWidget() is not self.page or self.card.name_label.whole != found.enterprise
        self.card.show_enterprise(found, self.today)
        known = [one.id for one in found.checklists]
        if is_other or self._checklist not in known:
            self._checklist = known[0] if known else ""
        lines = checklist_lines(found.checklists, self.today)
        self.checklists.show_lines(lines, self._checklist)
        self.right.setCurrentWidget(self.page)
        self._say_ready()
        if self._wanted == found.enterprise_id:
            self._wanted = None
            self._focus_ready()

    @Slot(object)
    def _on_model_pick_failed(self, error: Exception) -> None:
        said = trouble_message(error)
        self.nothing_picked.say(said.text, said.hint)
        self.right.setCurrentWidget(self.nothing_picked)
        self._say_ready()

    @Slot(object)
    def _on_model_start_failed(self, error: Exception) -> None:
        self._say_ready()
        if not isinstance(error, SafetyDeskError):
            self._shell.messages.trouble(error)
            return
        said = trouble_message(error)
        if error.code in _AT_SECOND:
            self.second.refuse(f"{said.text}{said.hint}")
        else:
            self.trouble.setText(f"{said.text}{said.hint}")
            self.trouble.show()

    # --- what the person does

    @Slot(str)
    def _on_find_requested(self, text: str) -> None:
        if text:
            self.model.find(text)
        else:
            self.model.offer()

    @Slot(object)
    def _on_enterprise_picked(self, enterprise_id: UUID) -> None:
        self._checklist = ""
        self.model.pick(enterprise_id)

    @Slot(object)
    def _on_enterprise_decided(self, enterprise_id: UUID) -> None:
        """Picked, and the keyboard goes on to the button as soon as it can be pressed."""
        if self.model.beginning is not None and self.model.beginning.enterprise_id == enterprise_id and self.is_ready:
            self._focus_ready()
            return
        self._wanted = enterprise_id
        self.model.pick(enterprise_id)

    @Slot(object)
    def _on_checklist_picked(self, key: str) -> None:
        self._checklist = key
        self._say_ready()

    @Slot(object)
    def _on_checklist_decided(self, key: str) -> None:
        self._checklist = key
        self._say_ready()
        self._start_button.setFocus()
