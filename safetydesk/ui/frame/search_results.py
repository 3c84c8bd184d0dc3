"""The results of a search under the box: groups with icons, the found part of each line set off, a way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from safetydesk.domain.kinds import Level
from safetydesk.ui import icons, theme
from safetydesk.ui.enterprises.risk import paint_risk, risk_width
from safetydesk.ui.frame.search_entries import ENTRY, Entry, Head, ResultsModel, Way, target_of
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space, Type
from safetydesk.ui.widgets.dates import days_left_text, short_day
from safetydesk.workflows.global_search import FoundKind, FoundRow, Span

Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    FoundKind.ENTERPRISE: "factory",
    FoundKind.HAZARD: "triangle-alert",
    FoundKind.PAPER: "file-text",
    FoundKind.INSPECTION: "clipboard-check",
}
_BEFORE_MARK = 8  # characters that stay in view before what was found
_HEAD_HEIGHT, _ROW_HEIGHT, _WAY_HEIGHT = 30, 52, 40


class ResultsDelegate(QStyledItemDelegate):
    """Paints every kind of line."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.today = today

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        height = {Head: _HEAD_HEIGHT, Way: _WAY_HEIGHT}.get(type(index.data(ENTRY)), _ROW_HEIGHT)
        return QSize(0, theme.scaled(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        area = QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(entry, Head):
            self._ground(painter, area, state)
        area.adjust(Space.M, 0, -Space.M, 0)
        match entry:
            case Head():
                painter.setFont(theme.font(Type.NOTE, bold=True))
                painter.setPen(theme.colour(Colour.MUTED))
                painter.drawText(area.adjusted(0, Space.XS, 0, 0), Qt.AlignmentFlag.AlignVCenter, entry.text)
            case Way():
                self._way(painter, area, entry)
            case FoundRow():
                self._row(painter, area, entry)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        if not state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Colour.ACCENT_SOFT if chosen else Colour.HOVER))
        painter.drawRoundedRect(area.adjusted(Space.XS, 1, -Space.XS, -1), theme.RADIUS, theme.RADIUS)

    def _way(self, painter: QPainter, area: QRect, way: Way) -> None:
        left = self._icon(painter, area, way.icon_name, Colour.ACCENT)
        painter.setFont(theme.font(Type.TEXT))
        painter.setPen(theme.colour(Colour.ACCENT))
        rest = area.adjusted(left, 0, 0, 0)
        said = painter.fontMetrics().elidedText(way.text, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, said)

    def _row(self, painter: QPainter, area: QRect, row: FoundRow) -> None:
        pressing = row.level is Level.MAJOR and row.days_left is not None
        left = self._icon(painter, area, _ICONS[row.kind], Colour.MAJOR if pressing else Colour.MUTED)
        right = self._right(painter, area, row)
        lines = area.adjusted(left, theme.scaled(6), -right, -theme.scaled(6))
        half = lines.height() // 2
        _marked(
            painter, QRectF(lines.left(), lines.top(), lines.width(), half + 2), row.title, row.title_marks, Type.TEXT
        )
        below = QRectF(lines.left(), lines.top() + half + 2, lines.width(), half - 2)
        _marked(painter, below, row.note, row.note_marks, Type.NOTE)

    def _icon(self, painter: QPainter, area: QRect, name: str, colour: Colour) -> int:
        side = theme.ICON
        icons.paint(painter, name, QRectF(area.left(), area.center().y() - side / 2 + 1, side, side), colour)
        return side + Space.M

    def _right(self, painter: QPainter, area: QRect, row: FoundRow) -> int:
        """What stands at the right: the colour of risk, or the days. Returns the room it takes."""
        if row.risk:
            width = risk_width(row.risk)
            paint_risk(painter, QRectF(area.right() - width, area.top(), width, area.height()), row.risk)
            return width + Space.M
        said, colour = self._days(row)
        if not said:
            return 0
        font = theme.font(Type.NOTE)
        painter.setFont(font)
        painter.setPen(theme.colour(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, said)
        return QFontMetrics(font).horizontalAdvance(said) + Space.M

    def _days(self, row: FoundRow) -> tuple[str, Colour]:
        if row.days_left is not None:
            return days_left_text(row.days_left), Colour.MAJOR if row.days_left < 0 else Colour.MUTED
        if row.on is None:
            return "", Colour.MUTED
        begun = row.kind is FoundKind.INSPECTION
        day = short_day(row.on, self.today)
        return tr("{day} 开始", day=day) if begun else day, Colour.MUTED


class SearchResults(QFrame):
    """Floats over the window below the box. The keyboard stays in the box; the mouse chooses here."""

    chosen = Signal(object)  # Target

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "floating")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("搜索结果"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, Space.XS, 1, Space.XS)
        self.model = ResultsModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.delegate = ResultsDelegate(date.min, self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(tr("搜索结果"))
        self.list.clicked.connect(self._on_list_clicked)
        column.addWidget(self.list)
        self.hide()

    def show_entries(self, entries: Sequence[Entry], today: date, *, is_more: bool = False) -> None:
        """Show these, the first result marked: Enter opens it. More of the same leaves mark and view where they are."""
        marked, view = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        self.delegate.today = today
        self.model.show_entries(entries)
        if is_more and marked >= 0:
            self._mark(marked)
            self.list.verticalScrollBar().setValue(view)
            return
        self.list.scrollToTop()
        self._mark(next((at for at, one in enumerate(entries) if isinstance(one, FoundRow)), -1))

    def content_height(self) -> int:
        rows = range(self.model.rowCount())
        option = QStyleOptionViewItem()
        heights = [self.delegate.sizeHint(option, self.model.index(at, 0)).height() for at in rows]
        return sum(heights) + 2 * Space.XS + 2

    def step(self, by: int) -> None:
        """Mark the next line that can be chosen; at the ends it stays."""
        at = self.list.currentIndex().row()
        entries = self.model.entries
        wanted = [n for n, one in enumerate(entries) if not isinstance(one, Head)]
        if not wanted:
            return
        here = wanted.index(at) if at in wanted else -1
        there = wanted[min(max(here + by, 0), len(wanted) - 1)]
        self._mark(there)
        if there == wanted[0]:
            self.list.scrollToTop()  # with the name of its group

    def current(self) -> Entry | None:
        at = self.list.currentIndex().row()
        return self.model.entries[at] if 0 <= at < len(self.model.entries) else None

    def _mark(self, at: int) -> None:
        self.list.setCurrentIndex(self.model.index(at, 0))

    @Slot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        target = target_of(index.data(ENTRY))
        if target is not None:
            self.chosen.emit(target)


def _marked(painter: QPainter, area: QRectF, text: str, marks: Sequence[Span], kind: Type) -> None:
    """One line, the marks bold and in the accent. A mark that would fall off at the right is brought into view."""
    font: QFont = theme.font(kind)
    metrics, width = QFontMetrics(font), int(area.width()) - Space.M
    if marks and metrics.horizontalAdvance(text[: marks[0][1]]) > width:
        cut = max(marks[0][0] - _BEFORE_MARK, 1)
        text, marks = "…" + text[cut:], [(start - cut + 1, end - cut + 1) for start, end in marks]
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    layout = QTextLayout(shown, font)
    layout.setFormats([_format(start, min(end, len(shown)) - start) for start, end in marks if start < len(shown)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width() * 2)
    layout.endLayout()
    painter.setPen(theme.colour(Colour.TEXT if kind is Type.TEXT else Colour.MUTED))
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2))


def _format(start: int, length: int) -> QTextLayout.FormatRange:
    strong = QTextCharFormat()
    strong.setForeground(theme.colour(Colour.ACCENT))
    strong.setFontWeight(QFont.Weight.DemiBold)
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, strong
    return made
