"""The papers of a visit as a list: kind, where it stands in word and shape, number; a sealed one bears the seal mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from safetydesk.ui import theme
from safetydesk.ui.icons import paint
from safetydesk.ui.papers.entries import Entry
from safetydesk.ui.papers.words import StateMark, draft_mark, kind_name, state_mark
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space, Type

ENTRY = Qt.ItemDataRole.UserRole + 1
_SHAPE = 16
_SEAL = 20
_BAR = 3


class EntryList(QListWidget):
    """Up and down look at a paper."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("这次检查的文书"))
        self.setItemDelegate(_Card(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._on_current_item_changed)

    def show_entries(self, entries: Sequence[Entry], current: str) -> None:
        """Show these; picking `current` here is not the person's doing."""
        was = self.blockSignals(True)
        keys = [entry.key for entry in entries]
        if keys != [self.item(row).data(ENTRY).key for row in range(self.count())]:
            self.clear()
            for _ in entries:
                self.addItem(QListWidgetItem())
        for row, entry in enumerate(entries):
            item = self.item(row)
            item.setData(ENTRY, entry)
            item.setText(_said(entry))
            item.setToolTip(entry.card.number if entry.card is not None else "")
        if current in keys:
            self.setCurrentRow(keys.index(current))
        self.blockSignals(was)
        self.viewport().update()

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current_item_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.picked.emit(item.data(ENTRY).key)


class _Card(QStyledItemDelegate):
    """Paints one line of the list."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        text, note = QFontMetrics(theme.font(Type.TEXT)), QFontMetrics(theme.font(Type.NOTE))
        return QSize(0, text.lineSpacing() + 2 * note.lineSpacing() + 2 * Space.M + 2 * Space.XS)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect
        state = option.state
        _paint_ground(painter, area, state)
        inner = area.adjusted(Space.L, Space.M, -Space.M, -Space.M)
        mark = _mark(entry)
        is_void = entry.card is not None and entry.card.state == "voided"
        if entry.card is not None:
            seal = QRectF(inner.right() - _SEAL, inner.top(), _SEAL, _SEAL)
            paint(painter, "stamp", seal, Colour.MUTED if is_void else Colour.MAJOR)
        bold = theme.font(Type.TEXT, bold=True)
        bold.setStrikeOut(is_void)
        top = _line(painter, inner.adjusted(0, 0, -_SEAL - Space.S, 0), bold, Colour.TEXT, kind_name(entry.kind))
        note = theme.font(Type.NOTE)
        second = QRect(inner.left(), top, inner.width(), inner.bottom() - top)
        paint(painter, mark.icon, QRectF(second.left(), second.top() + 1, _SHAPE, _SHAPE), mark.ink)
        beside = second.adjusted(_SHAPE + Space.S, 0, 0, 0)
        top = _line(painter, beside, theme.font(Type.NOTE, bold=True), mark.ink, _state_line(entry, mark))
        third = QRect(inner.left(), top, inner.width(), inner.bottom() - top)
        _line(painter, third, note, Colour.MUTED, _last_line(entry), Qt.TextElideMode.ElideMiddle)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour(Colour.ACCENT))
            painter.drawRoundedRect(QRectF(area).adjusted(1.5, 1.5, -1.5, -1.5), theme.RADIUS, theme.RADIUS)
        painter.restore()


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, theme.colour(Colour.ACCENT_SOFT))
        painter.fillRect(QRect(area.topLeft(), QSize(_BAR, area.height())), theme.colour(Colour.ACCENT))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, theme.colour(Colour.HOVER))
    painter.fillRect(QRect(area.bottomLeft(), QSize(area.width(), 1)), theme.colour(Colour.HAIRLINE))


def _line(
    painter: QPainter,
    area: QRect,
    font: QFont,
    ink: Colour,
    text: str,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """One line from the top of `area`; returns where the next begins."""
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, elide, area.width())
    painter.drawText(QPoint(area.left(), area.top() + metrics.ascent()), shown)
    return area.top() + metrics.lineSpacing() + Space.XS


def _mark(entry: Entry) -> StateMark:
    if entry.card is None:
        return draft_mark()
    return state_mark(entry.card.state, is_printed=entry.card.copies > 0)


def _state_line(entry: Entry, mark: StateMark) -> str:
    count = entry.card.problems if entry.card is not None else len(entry.draft.problems) if entry.draft else 0
    return tr("{state} · 问题 {count} 条", state=mark.word, count=count)


def _last_line(entry: Entry) -> str:
    return entry.card.number if entry.card is not None else tr("签发时取号")


def _said(entry: Entry) -> str:
    """For who hears the screen."""
    return "，".join([kind_name(entry.kind), _state_line(entry, _mark(entry)), _last_line(entry)])
