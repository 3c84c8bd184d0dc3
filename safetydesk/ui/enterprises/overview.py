"""概况: everything that is filled in, beside it what is missing and what the program works out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, quiet_button
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.labels import emphasis, note_label, text_label

if TYPE_CHECKING:
    from safetydesk.workflows.enterprise_page import EnterprisePage, FieldGroup, FieldLine, Why

_SIDE = 320
_LABEL = 132
_BESIDE = 960  # logical px
_SHORT = 18  # characters: what stands in half the width


class Overview(QScrollArea):
    """Reads only; editing is asked for, at a field if one was pointed at."""

    edit_requested = Signal(str)  # the key of a field; empty: from the beginning

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("概况"))
        self.gap_buttons: dict[str, QPushButton] = {}
        self._halves: QBoxLayout | None = None
        self.draft_note: QFrame | None = None
        self.continue_button: QPushButton | None = None

    def show_page(self, page: EnterprisePage, *, has_draft: bool) -> None:
        at = self.verticalScrollBar().value()
        content = QWidget(self)
        content.setProperty("look", "clear")
        outer = QVBoxLayout(content)
        outer.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        outer.setSpacing(Space.L)
        self.draft_note = self.continue_button = None
        if has_draft:
            self.draft_note = self._make_draft_note(content)
            outer.addWidget(self.draft_note)
        row = self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(Space.L)
        row.addLayout(self._make_groups(page, content), 1)
        side = QVBoxLayout()
        side.setSpacing(Space.L)
        self.gap_buttons = {}
        if page.gaps:
            side.addWidget(self._make_gaps(page, content))
        side.addWidget(self._make_whys(page, content))
        side.addStretch()
        row.addLayout(side)
        outer.addLayout(row)
        outer.addStretch()
        self._fit_halves()
        self.setWidget(content)
        self.verticalScrollBar().setValue(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_halves()

    def _fit_halves(self) -> None:
        """Where both have no room beside each other, what the program worked out stands below."""
        if self._halves is not None:
            beside = self.width() >= theme.scaled(_BESIDE)
            directions = QBoxLayout.Direction
            self._halves.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def _make_draft_note(self, parent: QWidget) -> QFrame:
        note = QFrame(parent)
        note.setProperty("look", "warning")
        row = QHBoxLayout(note)
        row.setContentsMargins(Space.M, Space.XS, Space.XS, Space.XS)
        row.addWidget(text_label(tr("有改了还没保存的内容，都还留着。"), note), 1)
        self.continue_button = plain_button(tr("接着改"), "pencil", note)
        self.continue_button.clicked.connect(self._on_continue_clicked)
        row.addWidget(self.continue_button)
        return note

    def _make_groups(self, page: EnterprisePage, parent: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.M)
        for group in page.groups:
            panel = QFrame(parent)
            panel.setProperty("look", "panel")
            inner = QVBoxLayout(panel)
            inner.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
            inner.setSpacing(Space.M)
            inner.addWidget(emphasis(group.label, panel))
            inner.addLayout(self._make_grid(group, panel))
            column.addWidget(panel)
        column.addStretch()
        return column

    def _make_grid(self, group: FieldGroup, parent: QWidget) -> QGridLayout:
        """Two fields side by side; long ones over the whole width."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for column in (0, 2):
            grid.setColumnMinimumWidth(column, theme.scaled(_LABEL))
        row = column = 0
        for line in group.lines:
            wide = len(line.text) > (_SHORT if line.is_long else 2 * _SHORT)
            if wide and column:
                row, column = row + 1, 0
            self._add_line(grid, line, row, column, parent, wide=wide)
            column += 2
            if wide or column > 2:
                row, column = row + 1, 0
        return grid

    def _add_line(
        self, grid: QGridLayout, line: FieldLine, row: int, column: int, parent: QWidget, *, wide: bool
    ) -> None:
        name = note_label(line.label, parent)
        value = text_label(line.text, parent)
        name.setMaximumWidth(theme.scaled(_LABEL))
        value.setAccessibleName(f"{line.label} {line.text}")
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(name, row, column, top)
        grid.addWidget(value, row, column + 1, 1, 3 if wide else 1, top)

    def _make_gaps(self, page: EnterprisePage, parent: QWidget) -> QFrame:
        """Each gap leads to its field."""
        panel, column = self._side_panel(tr("还缺 {count} 项", count=len(page.gaps)), parent)
        column.addWidget(note_label(tr("台账要求填、还没有填的。点一项就到那一栏。"), panel))
        held = QWidget(panel)
        flow = FlowLayout(held, Space.XS)
        for field in page.gaps:
            button = quiet_button(field.label, parent=held)
            button.setProperty("key", field.key)
            button.clicked.connect(self._on_gap_clicked)
            flow.addWidget(button)
            self.gap_buttons[field.key] = button
        column.addWidget(held)
        return panel

    def _make_whys(self, page: EnterprisePage, parent: QWidget) -> QFrame:
        panel, column = self._side_panel(tr("程序推算"), parent)
        for why in page.whys:
            column.addLayout(self._make_why(why, panel))
        return panel

    def _make_why(self, why: Why, parent: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        said = tr("{label}：{value}", label=why.label, value=why.value or tr("推算不出"))
        column.addWidget(text_label(said, parent))
        if why.differs:
            warning = text_label(tr("台账里填的是“{stated}”，与推算不一致，请核对。", stated=why.stated), parent)
            theme.look(warning, "general")
            column.addWidget(warning)
        column.addWidget(note_label(why.why, parent))
        return column

    def _side_panel(self, title: str, parent: QWidget) -> tuple[QFrame, QVBoxLayout]:
        panel = QFrame(parent)
        panel.setProperty("look", "panel")
        panel.setFixedWidth(theme.scaled(_SIDE))
        column = QVBoxLayout(panel)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(emphasis(title, panel))
        return panel, column

    @Slot()
    def _on_gap_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.edit_requested.emit(str(sender.property("key")))

    @Slot()
    def _on_continue_clicked(self) -> None:
        self.edit_requested.emit("")
