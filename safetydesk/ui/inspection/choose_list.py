"""A list of two-line choices: what it is, and below it why it is offered. Headings between them cannot be picked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from safetydesk.ui import theme
from safetydesk.ui.icons import paint
from safetydesk.ui.theme import Colour, Space, Type

LINE = Qt.ItemDataRole.UserRole + 1
_MARK = 16


@dataclass(frozen=True)
class Line:
    """`key` none is a heading. `icon` and `ink` belong to the second line."""

    key: Any
    title: str
    note: str = ""
    icon: str = ""
    ink: Colour = Colour.MUTED


class LinesList(QListWidget):
    """Up and down pick, Enter or a double click says that this is it."""

    picked = Signal(object)
    decided = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._on_current_item_changed)
        self.itemDoubleClicked.connect(self._on_item_double_clicked)

    def show_lines(self, lines: Sequence[Line], current: Any = None) -> None:
        """Show these. Picking `current` here is not the person's doing."""
        was = self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.title}，{line.note}" if line.note else line.title)
            item.setData(LINE, line)
            if line.key is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
            if line.key is not None and line.key == current:
                self.setCurrentItem(item)
        self.blockSignals(was)
        self.viewport().update()

    @property
    def current_key(self) -> Any:
        item = self.currentItem()
        return item.data(LINE).key if item is not None else None

    def pick_first(self) -> None:
        """The first that can be picked."""
        first = next((n for n in range(self.count()) if self.item(n).data(LINE).key is not None), None)
        if first is not None:
            self.setCurrentRow(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key is not None:
            self.decided.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current_item_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None and item.data(LINE).key is not None:
            self.picked.emit(item.data(LINE).key)

    @Slot(QListWidgetItem)
    def _on_item_double_clicked(self, item: QListWidgetItem) -> None:
        if item.data(LINE).key is not None:
            self.decided.emit(item.data(LINE).key)


class _TwoLines(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line: Line = index.data(LINE)
        note = QFontMetrics(theme.font(Type.NOTE)).lineSpacing()
        if line.key is None:
            return QSize(0, note + Space.M + Space.XS)
        height = QFontMetrics(theme.font(Type.TEXT)).lineSpacing() + 2 * Space.S
        return QSize(0, max(theme.current().target, height + (note + Space.XS if line.note else 0)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect
        inner = area.adjusted(Space.M, Space.S, -Space.M, -Space.S)
        if line.key is None:
            _text(
                painter, area.adjusted(Space.M, Space.M, -Space.M, 0), theme.font(Type.NOTE), Colour.MUTED, line.title
            )
            painter.restore()
            return
        _ground(painter, area, option.state)
        top = _text(painter, inner, theme.font(Type.TEXT, bold=True), Colour.TEXT, line.title)
        if line.note:
            below = QRect(inner.left(), top, inner.width(), inner.bottom() - top)
            if line.icon:
                paint(painter, line.icon, QRectF(below.left(), below.top() + 1, _MARK, _MARK), line.ink)
                below.adjust(_MARK + Space.XS, 0, 0, 0)
            _text(painter, below, theme.font(Type.NOTE), line.ink, line.note)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour(Colour.ACCENT))
            painter.drawRoundedRect(QRectF(area).adjusted(1.5, 1.5, -1.5, -1.5), theme.RADIUS, theme.RADIUS)
        painter.restore()


def _ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, theme.colour(Colour.ACCENT_SOFT))
        painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), theme.colour(Colour.ACCENT))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, theme.colour(Colour.HOVER))
    painter.fillRect(QRect(area.bottomLeft(), QSize(area.width(), 1)), theme.colour(Colour.HAIRLINE))


def _text(painter: QPainter, area: QRect, font: QFont, ink: Colour, text: str) -> int:
    """One line at the top of `area`, ending in … where there is no room; returns where the next begins."""
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(QPoint(area.left(), area.top() + metrics.ascent()), shown)
    return area.top() + metrics.lineSpacing() + Space.XS
