"""Parts of the choose view: what lies unfinished, the enterprise that was picked, who comes along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui.inspection.choose_words import facts_lines, unfinished_text
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, quiet_button
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import Elided, emphasis, note_label

if TYPE_CHECKING:
    from safetydesk.workflows.beginning import Beginning, Colleague, Crew, UnfinishedVisit


class UnfinishedBand(QFrame):
    """Checks that were begun and not ended: the likeliest thing to do."""

    continue_requested = Signal(object)
    give_up_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.M, Space.M, Space.M)
        self._column.setSpacing(Space.S)
        self.title_label = emphasis("", self)
        self._column.addWidget(self.title_label)
        self._rows: list[QWidget] = []
        self._visits: Sequence[UnfinishedVisit] = ()
        self.continue_buttons: list[QPushButton] = []
        self.give_up_buttons: list[QPushButton] = []
        self.hide()

    def show_visits(self, visits: Sequence[UnfinishedVisit], today: date) -> None:
        if visits == self._visits:
            return
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._visits = visits
        self.continue_buttons, self.give_up_buttons = [], []
        self.title_label.setText(tr("有 {count} 次检查没有查完", count=len(visits)))
        self._rows = [self._make_row(visit, today) for visit in visits]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(visits))

    def _make_row(self, visit: UnfinishedVisit, today: date) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        words = QVBoxLayout()
        words.setSpacing(0)
        name, told = Elided(visit.enterprise, row), Elided(unfinished_text(visit, today), row)
        told.setProperty("look", "note")
        words.addWidget(name)
        words.addWidget(told)
        go_on, give_up = plain_button(tr("继续"), "play", row), quiet_button(tr("取消"), None, row)
        go_on.setAutoDefault(True)  # Enter presses it
        go_on.setAccessibleName(tr("继续查{name}", name=visit.enterprise))
        give_up.setAccessibleName(tr("取消对{name}的这次检查", name=visit.enterprise))
        go_on.clicked.connect(self._on_continue_clicked)
        give_up.clicked.connect(self._on_give_up_clicked)
        line.addLayout(words, 1)
        line.addWidget(give_up)
        line.addWidget(go_on)
        self.continue_buttons.append(go_on)
        self.give_up_buttons.append(give_up)
        return row

    @Slot()
    def _on_continue_clicked(self) -> None:
        at = next(n for n, one in enumerate(self.continue_buttons) if one is self.sender())
        self.continue_requested.emit(self._visits[at].inspection_id)

    @Slot()
    def _on_give_up_clicked(self) -> None:
        at = next(n for n, one in enumerate(self.give_up_buttons) if one is self.sender())
        self.give_up_requested.emit(self._visits[at].inspection_id)


class NobodyFound(QWidget):
    """In the place of the list: why it is empty, and the way to the ledger."""

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.S)
        self.title_label = emphasis("", self)
        self.title_label.setWordWrap(True)
        self.text_label = note_label("", self)
        self.button = plain_button(tr("登记一家企业"), "plus", self)
        self.button.clicked.connect(self.action_requested)
        beside = QHBoxLayout()
        beside.addWidget(self.button)
        beside.addStretch()
        column.addWidget(self.title_label)
        column.addWidget(self.text_label)
        column.addSpacing(Space.XS)
        column.addLayout(beside)
        column.addStretch()

    def say(self, title: str, text: str) -> None:
        self.title_label.setText(title)
        self.text_label.setText(text)


class EnterpriseCard(QFrame):
    """What one wants to know before the door."""

    continue_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        self.name_label = Elided("", self)
        self.name_label.setProperty("look", "emphasis")
        self.flags_label = note_label("", self)
        column.addWidget(self.name_label)
        column.addWidget(self.flags_label)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        self._facts: list[tuple[QLabel, Elided]] = []
        for at in range(4):
            label, value = note_label("", self), Elided("", self)
            label.setWordWrap(False)
            grid.addWidget(label, at // 2, 2 * (at % 2))
            grid.addWidget(value, at // 2, 2 * (at % 2) + 1)
            self._facts.append((label, value))
        column.addLayout(grid)
        self._beside = QWidget(self)
        beside = QHBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        self.unfinished_label = Elided("", self._beside)
        self.unfinished_label.setProperty("look", "larger")
        self.continue_button = plain_button(tr("继续那一次"), "play", self._beside)
        self.continue_button.setAutoDefault(True)
        self.continue_button.clicked.connect(self._on_continue_clicked)
        beside.addWidget(self.unfinished_label, 1)
        beside.addWidget(self.continue_button)
        column.addWidget(self._beside)
        self._unfinished: UUID | None = None

    def show_enterprise(self, found: Beginning, today: date) -> None:
        self.name_label.set_whole(found.enterprise)
        marks = [*found.flags, *([tr("风险{risk}色", risk=found.risk)] if found.risk else [])]
        self.flags_label.setText(" · ".join(marks))
        self.flags_label.setVisible(bool(marks))
        for (label, value), (said, text) in zip(self._facts, facts_lines(found, today), strict=True):
            label.setText(said)
            value.set_whole(text)
        self._beside.setVisible(bool(found.unfinished))
        if found.unfinished:
            self._unfinished = found.unfinished[0].inspection_id
            self.unfinished_label.set_whole(tr("没查完：{told}", told=unfinished_text(found.unfinished[0], today)))

    @Slot()
    def _on_continue_clicked(self) -> None:
        self.continue_requested.emit(self._unfinished)


class SecondFields(QWidget):
    """The second inspector. A known colleague brings the badge along."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.name_edit, self.badge_edit = QLineEdit(self), QLineEdit(self)
        self.name_field = Field(tr("姓名"), self.name_edit, tr("执法检查须有两名人员（行政处罚法 第四十二条）"), self)
        self.badge_field = Field(tr("证件号"), self.badge_edit, parent=self)
        self.name_edit.setAccessibleName(tr("第二名检查人员的姓名"))
        self.badge_edit.setAccessibleName(tr("第二名检查人员的证件号"))
        column.addWidget(self.name_field)
        column.addWidget(self.badge_field)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.name_edit.setCompleter(completer)
        self._known: dict[str, str] = {}
        self._is_touched = False
        self.name_edit.textEdited.connect(self._on_text_edited)
        self.badge_edit.textEdited.connect(self._on_text_edited)
        self.name_edit.editingFinished.connect(self._on_name_finished)
        for edit in (self.name_edit, self.badge_edit):
            edit.returnPressed.connect(self.entered)

    def show_crew(self, crew: Crew) -> None:
        """Who there is; the colleague of last time, unless the person has typed another."""
        people = [*([crew.second] if crew.second else []), *crew.colleagues]
        self._known = {one.name: one.badge or "" for one in reversed(people)}
        self._names.setStringList(list(dict.fromkeys(one.name for one in people)))
        if not self._is_touched:
            self.name_edit.setText(crew.second.name if crew.second else "")
            self.badge_edit.setText((crew.second.badge or "") if crew.second else "")

    def forget(self) -> None:
        """The next check begins with the colleague of this one."""
        self._is_touched = False
        self.name_field.set_error("")

    def colleague(self) -> Colleague | None:
        from safetydesk.workflows.beginning import Colleague

        name = " ".join(self.name_edit.text().split())
        return Colleague(name, " ".join(self.badge_edit.text().split()) or None) if name else None

    def refuse(self, message: str) -> None:
        self.name_field.set_error(message)
        self.name_edit.setFocus()

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._is_touched = True
        self.name_field.set_error("")

    @Slot()
    def _on_name_finished(self) -> None:
        name = " ".join(self.name_edit.text().split())
        if self._is_touched and name in self._known:
            self.badge_edit.setText(self._known[name])
        elif not name:
            self.badge_edit.clear()
