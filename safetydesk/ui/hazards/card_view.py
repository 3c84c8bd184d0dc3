"""The card of one hazard in the side pane: what it is, where, until when, on what it rests, what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.hazards import words
from safetydesk.ui.hazards.photos import PhotoStrip, Thumbnails
from safetydesk.ui.icons import icon
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.labels import LevelBadge, emphasis, muted_label, note_label, text_label

if TYPE_CHECKING:
    from safetydesk.workflows.hazard_card import CardPhoto, HazardCard, HistoryLine

_MARK = 18


class CardView(QWidget):
    """Shows one card. Made anew for each: it holds nothing that a person typed."""

    enterprise_requested = Signal(object)  # its id
    paper_requested = Signal(str)
    photo_requested = Signal(object, int)  # photos, which
    take_back_requested = Signal(object)  # id of the event

    def __init__(self, card: HazardCard, today: date, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self._today = today
        self._thumbnails = thumbnails
        self._strips: list[tuple[PhotoStrip, Sequence[CardPhoto]]] = []
        self._undoes: dict[QPushButton, UUID] = {}
        self._numbers: dict[QPushButton, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, 0, Space.L, Space.L)
        self._column.setSpacing(Space.M)
        self._add_head()
        self._add_enterprise()
        if card.photos:
            self._column.addWidget(self._strip(card.photos, tr("检查照片"), self))
        self._add_words(tr("整改要求"), card.measure)
        self._add_basis()
        self._add_level()
        self._add_papers()
        self._add_history()
        self._column.addStretch()

    def give_up(self) -> None:
        """Nobody looks any more: what was not read yet need not come."""
        for strip, _ in self._strips:
            strip.give_up()

    def _add_head(self) -> None:
        hazard = self.card.hazard
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(LevelBadge(hazard.level, self))
        state = muted_label(words.state_text(hazard), self)
        ink = words.state_ink(hazard)
        if ink is theme.Colour.DONE:
            state.setProperty("look", "done")
        row.addWidget(state)
        row.addStretch()
        self._column.addLayout(row)
        self.due_label = text_label(words.deadline_text(self.card, self._today), self)
        if hazard.days_left is not None and hazard.days_left < 0:
            self.due_label.setProperty("look", "major")
        self.text_label = emphasis(hazard.text, self)
        self.text_label.setWordWrap(True)
        self.text_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(self.text_label)
        lines = QVBoxLayout()
        lines.setSpacing(Space.XS)
        lines.addWidget(self._fact(tr("期限"), self.due_label))
        if self.card.is_extended:
            lines.addWidget(self._fact(tr("原期限"), text_label(day_text(self.card.first_due, self._today), self)))
        if hazard.place and hazard.place not in hazard.text:
            lines.addWidget(self._fact(tr("部位"), text_label(hazard.place, self)))
        found = day_text(hazard.found_on, self._today)
        lines.addWidget(self._fact(tr("检查"), text_label(f"{found}  {self.card.inspectors}".strip(), self)))
        said = " ".join(part for part in (self.card.checklist, hazard.item) if part)
        lines.addWidget(self._fact(tr("检查表"), text_label(said, self)))
        self._column.addLayout(lines)

    def _add_enterprise(self) -> None:
        enterprise = self.card.enterprise
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.enterprise_button = Link(enterprise.name or tr("这家企业已不在本机"), "factory", self)
        self.enterprise_button.setAccessibleName(tr("看企业 {name}", name=enterprise.name))
        self.enterprise_button.setEnabled(bool(enterprise.name))
        self.enterprise_button.clicked.connect(self._on_enterprise_clicked)
        lines.addWidget(self.enterprise_button)
        told = [part for part in (enterprise.person, enterprise.phone) if part]
        if told:
            lines.addWidget(text_label("  ".join(told), self))
        else:
            lines.addWidget(note_label(tr("没有登记联系电话"), self))
        where = " · ".join(part for part in (enterprise.village, enterprise.address) if part)
        if where:
            lines.addWidget(note_label(where, self))
        self._column.addWidget(_hairline(self))
        self._column.addLayout(lines)
        self._column.addWidget(_hairline(self))

    def _add_words(self, title: str, text: str) -> None:
        if text:
            self._column.addLayout(self._section(title, text_label(text, self)))

    def _add_basis(self) -> None:
        lines = [
            text_label(one.text if one.is_verified else tr("{basis}〔待核〕", basis=one.text), self)
            for one in self.card.basis
        ]
        if lines:
            self._column.addLayout(self._section(tr("依据"), *lines))

    def _add_level(self) -> None:
        """The reason names its criteria; one that it does not name stands beside it."""
        reason = self.card.level_reason or ""
        unnamed = [one for one in self.card.criteria if one.id not in reason]
        parts: list[QWidget] = [text_label(reason, self)] if reason else []
        parts += [text_label(f"{one.id} {one.text}", self) for one in unnamed]
        if not parts:
            return
        if not all(one.is_verified for one in self.card.criteria):
            parts.append(note_label(tr("判定标准的条文待核。"), self))
        parts.append(note_label(tr("只是疑似，由主管部门或专家认定。"), self))
        self._column.addLayout(self._section(tr("为什么疑似重大"), *parts))

    def _add_papers(self) -> None:
        rows: list[QWidget] = []
        for paper in self.card.papers:
            said = f"{paper.kind_label}  {day_text(paper.issued_on, self._today)}"
            rows.append(text_label(tr("{paper}  已作废", paper=said) if paper.is_voided else said, self))
            button = Link(paper.number, "file-text", self)
            button.setAccessibleName(tr("看文书 {number}", number=paper.number))
            button.clicked.connect(self._on_paper_clicked)
            self._numbers[button] = paper.number
            rows.append(button)
        if rows:
            self._column.addLayout(self._section(tr("文书"), *rows))

    def _add_history(self) -> None:
        lines = [_HistoryEntry(self, line, self._today) for line in self.card.history]
        section = self._section(tr("经过"))
        section.setSpacing(Space.M)
        for entry in lines:
            section.addWidget(entry)
        self._column.addLayout(section)

    def strip_of(self, photos: Sequence[CardPhoto], name: str, parent: QWidget) -> PhotoStrip:
        return self._strip(photos, name, parent)

    def undo_button(self, line: HistoryLine, parent: QWidget) -> QPushButton:
        button = Link(tr("收回这条记录"), "undo", parent)
        button.setAccessibleDescription(tr("录错了才收回，这条隐患恢复到之前的样子"))
        button.clicked.connect(self._on_take_back_clicked)
        self._undoes[button] = line.event_id
        return button

    def _strip(self, photos: Sequence[CardPhoto], name: str, parent: QWidget) -> PhotoStrip:
        strip = PhotoStrip(photos, name, self._thumbnails, parent)
        strip.opened.connect(self._on_strip_opened)
        self._strips.append((strip, photos))
        return strip

    def _section(self, title: str, *parts: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        label = QLabel(title, self)
        label.setProperty("look", "field")
        column.addWidget(label)
        for part in parts:
            column.addWidget(part)
        return column

    def _fact(self, name: str, value: QLabel) -> QWidget:
        """A name and what it is, in one line; the values stand below each other."""
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        label = muted_label(name, row)
        label.setFixedWidth(theme.scaled(52))
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(value, 1)
        return row

    @Slot()
    def _on_enterprise_clicked(self) -> None:
        self.enterprise_requested.emit(self.card.enterprise.id)

    @Slot()
    def _on_paper_clicked(self) -> None:
        number = self._numbers.get(self.sender())  # type: ignore[call-overload]
        if number is not None:
            self.paper_requested.emit(number)

    @Slot()
    def _on_take_back_clicked(self) -> None:
        event_id = self._undoes.get(self.sender())  # type: ignore[call-overload]
        if event_id is not None:
            self.take_back_requested.emit(event_id)

    @Slot(int)
    def _on_strip_opened(self, at: int) -> None:
        for strip, photos in self._strips:
            if strip is self.sender():
                self.photo_requested.emit(list(photos), at)


class _HistoryEntry(QWidget):
    """Day and hand, what happened, what was written, photos."""

    def __init__(self, view: CardView, line: HistoryLine, today: date) -> None:
        super().__init__(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = " · ".join(part for part in (day_text(line.on, today), line.who) if part)
        column.addWidget(note_label(said, self))
        text = words.history_text(line, today)
        self.text_label = text_label(tr("{what}（已收回）", what=text) if line.is_taken_back else text, self)
        if line.is_taken_back:
            self.text_label.setProperty("look", "muted")
        column.addWidget(self.text_label)
        note = words.history_note(line)
        if note:
            label = text_label(note, self)
            label.setProperty("look", "muted")
            column.addWidget(label)
        if line.photos:
            column.addSpacing(Space.XS)
            column.addWidget(view.strip_of(line.photos, tr("复查照片"), self))
        if line.can_take_back:
            self.undo_button = view.undo_button(line, self)
            column.addWidget(self.undo_button)


class Link(QPushButton):
    """A way elsewhere, at the left edge of the words around it; what is too long ends in …, whole in its tip."""

    def __init__(self, text: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setProperty("look", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIcon(icon(icon_name, theme.Colour.ACCENT))
        self.setIconSize(QSize(_MARK, _MARK))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _MARK - 3 * Space.S
        fitted = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, max(room, 1))
        self.setText(fitted)
        self.setToolTip(self._whole if fitted != self._whole else "")


def _hairline(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("look", "line")
    return line
