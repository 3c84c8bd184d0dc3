"""The screen 今日: what is to be done in the order of the law, beside it the patch in four figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.places import (
    AddEnterprise,
    ContinueInspection,
    ListEnterprises,
    ListHazards,
    OpenSettings,
    PapersOfVisit,
    Place,
    ShowEnterprise,
    ShowHazard,
    StartInspection,
    Target,
)
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.today import words
from safetydesk.ui.today.day_list import DayList
from safetydesk.ui.today.figures import Figures
from safetydesk.ui.today.first_steps import FirstSteps
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import emphasis, muted_label, text_label
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:
    from safetydesk.workflows.today import Day, DayLine, NextVisit

_EVERY_MINUTE = 60_000
_FIGURES_WIDTH = 216


class TodayScreen(Screen):
    """Arrows and Enter are enough for the whole day."""

    place: ClassVar[Place] = Place.TODAY
    help_page: ClassVar[str] = "today"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("今日"), parent)
        self._asking = Latest(shell, self)
        self._shown_on: date | None = None
        self._has_focus_due = True
        self.start_button = primary_button(tr("开始检查"), "clipboard-check", self.header)
        self.start_button.clicked.connect(self._on_start_clicked)
        self.header_actions.addWidget(self.start_button)
        self.stack = QStackedWidget(self)
        self.body.addWidget(self.stack, 1)
        self.waiting = QWidget(self)
        self.stack.addWidget(self.waiting)
        self.stack.addWidget(self._make_day())
        self.first_steps = FirstSteps(self)
        self.stack.addWidget(self.first_steps)
        self.unread = EmptyState(
            "circle-alert", tr("今天的事没有读出来"), tr("数据没有改动，可以再试一次。"), tr("再试一次"), parent=self
        )
        self.stack.addWidget(self.unread)
        self._midnight = QTimer(self)
        self._midnight.setInterval(_EVERY_MINUTE)
        self._midnight.timeout.connect(self._on_midnight_timeout)
        self._midnight.start()
        self._connect()

    # --- what the frame asks

    def arrive(self, _target: Target) -> None:
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.ledger or changes.inspections or changes.hazards or changes.papers:
            self._ask()

    def focus_first(self) -> None:
        page = self.stack.currentWidget()
        if page is self.first_steps:
            self.first_steps.import_button.setFocus()
        elif page is self.day_page:
            (self.list if self.list.days.rowCount() else self.proposal.go_button).setFocus()
        else:
            self._has_focus_due = True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", tr("从一件事到另一件事")),
            ("Enter", tr("办这一件：复查、继续检查或出文书")),
            ("→ ←", tr("展开、收起以后的事")),
        ]

    # --- laid out

    def _make_day(self) -> QWidget:
        self.day_page = QWidget(self)
        row = QHBoxLayout(self.day_page)
        row.setContentsMargins(Space.XL, 0, Space.XL, Space.L)
        row.setSpacing(Space.L)
        panel = QFrame(self.day_page)
        panel.setProperty("look", "panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, Space.XS, 1, Space.XS)
        column.setSpacing(0)
        self.proposal = Proposal(panel)
        column.addWidget(self.proposal)
        self.list = DayList(panel)
        column.addWidget(self.list, 1)
        row.addWidget(panel, 1)
        self.figures = Figures(self.day_page)
        self.figures.setFixedWidth(theme.scaled(_FIGURES_WIDTH))
        row.addWidget(self.figures)
        return self.day_page

    def _connect(self) -> None:
        self.unread.action_requested.connect(self._ask)
        self.list.requested.connect(self._on_list_requested)
        self.list.shown.connect(self._on_list_shown)
        self.proposal.go_button.clicked.connect(self._on_proposal_go_clicked)
        self.proposal.look_button.clicked.connect(self._on_proposal_look_clicked)
        self.first_steps.import_requested.connect(self._on_import_requested)
        self.first_steps.unit_requested.connect(self._on_unit_requested)
        self.first_steps.start_requested.connect(self._on_start_clicked)
        self.figures.enterprises.clicked.connect(self._on_enterprises_clicked)
        self.figures.open_hazards.clicked.connect(self._on_open_hazards_clicked)
        self.figures.major_hazards.clicked.connect(self._on_major_hazards_clicked)
        self.figures.unsent.clicked.connect(self._on_unsent_clicked)

    @Slot()
    def _ask(self) -> None:
        desk = self.shell.desk

        def read(session: Any, _progress: object) -> Day:
            from safetydesk.workflows.today import day

            return day(session, desk.today())

        self._asking.read(read, self._on_day_read, self._on_day_not_read)

    # --- slots

    @Slot(object)
    def _on_day_read(self, day: Day) -> None:
        first_time = self._shown_on is None
        self._shown_on = day.on
        self.subtitle_label.setText(day_text(day.on))
        is_new = not day.enterprises and not day.lines
        self.start_button.setVisible(not is_new)
        if is_new:
            self.stack.setCurrentWidget(self.first_steps)
        else:
            self._show_day(day)
        if self._has_focus_due:
            self._has_focus_due = False
            self.focus_first()
        if first_time:
            self.usable.emit()

    @Slot(object)
    def _on_day_not_read(self, error: Exception) -> None:
        """What is shown stays; where nothing was shown yet, the way to try again."""
        self.shell.messages.trouble(error)
        if self._shown_on is None:
            self.stack.setCurrentWidget(self.unread)
            self.unread.button.setFocus()

    def _show_day(self, day: Day) -> None:
        self.list.show_day(day)
        self.list.setVisible(bool(day.lines))
        self.proposal.show_visit(day.next_visit, day.on, is_empty=not day.lines)
        self.figures.enterprises.show_number(day.enterprises)
        self.figures.open_hazards.show_number(day.open_hazards)
        self.figures.major_hazards.show_number(day.major_hazards, is_grave=True)
        self.figures.unsent.show_number(day.unsent_changes)
        self.stack.setCurrentWidget(self.day_page)

    @Slot(object)
    def _on_list_requested(self, line: DayLine) -> None:
        match line.task.value:
            case "continue":
                self.shell.go(ContinueInspection(line.id))
            case "issue":
                self.shell.go(PapersOfVisit(line.id))
            case _:
                self.shell.go(ShowHazard(line.id, recheck=True))

    @Slot(object)
    def _on_list_shown(self, line: DayLine) -> None:
        """A double click opens it to be read."""
        if line.task.value == "recheck":
            self.shell.go(ShowHazard(line.id))
        else:
            self._on_list_requested(line)

    @Slot()
    def _on_midnight_timeout(self) -> None:
        """A window that stays open over night shows the new day."""
        if self._shown_on is not None and self.shell.desk.today() != self._shown_on:
            self._ask()

    @Slot()
    def _on_start_clicked(self) -> None:
        self.shell.go(StartInspection())

    @Slot()
    def _on_proposal_go_clicked(self) -> None:
        visit = self.proposal.visit
        self.shell.go(StartInspection(visit.enterprise_id if visit is not None else None))

    @Slot()
    def _on_proposal_look_clicked(self) -> None:
        if self.proposal.visit is not None:
            self.shell.go(ShowEnterprise(self.proposal.visit.enterprise_id))

    @Slot()
    def _on_import_requested(self) -> None:
        self.shell.go(AddEnterprise(import_ledger=True))

    @Slot()
    def _on_unit_requested(self) -> None:
        self.shell.go(OpenSettings("unit"))

    @Slot()
    def _on_enterprises_clicked(self) -> None:
        self.shell.go(ListEnterprises())

    @Slot()
    def _on_open_hazards_clicked(self) -> None:
        self.shell.go(ListHazards("open"))

    @Slot()
    def _on_major_hazards_clicked(self) -> None:
        self.shell.go(ListHazards("major"))

    @Slot()
    def _on_unsent_clicked(self) -> None:
        self.shell.go(OpenSettings("backup"))


class Proposal(QFrame):
    """Nothing presses: who could be visited next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visit: NextVisit | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self._column.setSpacing(Space.S)
        self.title_label = emphasis(tr("今天没有到期的事"), self)
        self.text_label = text_label("", self)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.go_button = plain_button(tr("去检查这一家"), "clipboard-check", self)
        self.look_button = plain_button(tr("看企业"), "factory", self)
        self.risk_label = muted_label("", self)
        row.addWidget(self.go_button)
        row.addWidget(self.look_button)
        row.addWidget(self.risk_label)
        row.addStretch()
        self._column.addWidget(self.title_label)
        self._column.addWidget(self.text_label)
        self._column.addSpacing(Space.XS)
        self._column.addLayout(row)
        self._column.addStretch()

    def show_visit(self, visit: NextVisit | None, today: date, *, is_empty: bool) -> None:
        """`is_empty`: there is no line at all. Without a visit to propose and with lines there is nothing to say."""
        self.visit = visit
        self.setVisible(visit is not None or is_empty)
        self.text_label.setText(words.next_visit_text(visit, today) if visit is not None else "")
        self.text_label.setVisible(visit is not None)
        self.look_button.setVisible(visit is not None)
        self.go_button.setText(tr("去检查这一家") if visit is not None else tr("开始检查"))
        risk = visit.risk if visit is not None else None
        self.risk_label.setText(tr("风险等级：{risk}", risk=risk) if risk else "")
