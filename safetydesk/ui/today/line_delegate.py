"""Paints the lines of the day: what and where at the left, days and the button at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from safetydesk.domain.kinds import Level
from safetydesk.ui import icons, theme
from safetydesk.ui.theme import RADIUS, Colour, Space, Type
from safetydesk.ui.today import words
from safetydesk.ui.today.list_model import ROW, BandHead
from safetydesk.ui.widgets.labels import paint_level

Index = QModelIndex | QPersistentModelIndex
_LINE, _HEAD = 64, 40
_BUTTON, _DAYS = 92, 104
_ICON = 16


class LineDelegate(QStyledItemDelegate):
    """The button is painted: hundreds of lines stay light. A click on it, or Enter on the line, does it."""

    pressed = Signal(object)  # the line, or the head that folds

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        if isinstance(row, BandHead):
            return QSize(0, max(theme.scaled(_HEAD), theme.current().target if row.folds else 0))
        return QSize(0, max(theme.scaled(_LINE), theme.current().target + 2 * Space.M))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, BandHead):
            self._paint_head(painter, option, row)
        elif row is not None:
            self._paint_line(painter, option, row, index.model().today)  # type: ignore[attr-defined]
        painter.restore()

    def editorEvent(self, event: QEvent, _model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        row = index.data(ROW)
        at = event.position().toPoint()
        if isinstance(row, BandHead) or button_rect(option.rect).contains(at):
            self.pressed.emit(row)
            return True
        return False

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, head: BandHead) -> None:
        area = option.rect.adjusted(Space.L, Space.S, -Space.L, 0)
        if head.folds and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour(Colour.ACCENT_SOFT))
        if head.folds:
            side = theme.scaled(_ICON)
            mark = QRectF(area.left(), area.center().y() - side / 2, side, side)
            icons.paint(painter, "chevron-right" if head.is_folded else "chevron-down", mark)
            area.adjust(side + Space.XS, 0, 0, 0)
        overdue = head.band.value == "overdue"
        painter.setFont(theme.font(Type.TEXT, bold=True))
        painter.setPen(theme.colour(Colour.MAJOR if overdue else Colour.TEXT))
        said = words.band_text(head.band)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, said)
        area.adjust(painter.fontMetrics().horizontalAdvance(said) + Space.S, 0, 0, 0)
        painter.setFont(theme.font(Type.TEXT))
        painter.setPen(theme.colour(Colour.MUTED))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, f"{head.count:,}")

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, line: Any, today: Any) -> None:
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.fillRect(rect, theme.colour(Colour.ACCENT_SOFT if chosen else Colour.HOVER))
        painter.setPen(theme.colour(Colour.HAIRLINE))
        painter.drawLine(rect.left() + Space.L, rect.bottom(), rect.right() - Space.L, rect.bottom())
        button = button_rect(rect)
        days = QRect(button.left() - theme.scaled(_DAYS) - Space.M, rect.top(), theme.scaled(_DAYS), rect.height())
        self._paint_days(painter, days, line, today)
        self._paint_button(painter, button, words.button_text(line), option, chosen=chosen)
        left = QRect(rect.left() + Space.L, rect.top(), days.left() - rect.left() - Space.L - Space.S, rect.height())
        self._paint_words(painter, left, line, today)

    def _paint_words(self, painter: QPainter, area: QRect, line: Any, today: Any) -> None:
        half = area.height() // 2
        upper = QRect(area.left(), area.top() + Space.XS, area.width(), half - Space.XS)
        lower = QRect(area.left(), area.top() + half, area.width(), half - Space.XS)
        if line.level is Level.MAJOR:
            upper.adjust(int(paint_level(painter, QRectF(upper), Level.MAJOR)) + Space.S, 0, 0, 0)
        _draw(painter, upper, words.what_text(line), Type.TEXT, Colour.TEXT)
        said = " · ".join(part for part in (words.where_text(line), words.why_text(line, today)) if part)
        _draw(painter, lower, said, Type.NOTE, Colour.MUTED)

    def _paint_days(self, painter: QPainter, area: QRect, line: Any, today: Any) -> None:
        overdue = line.days_left is not None and line.days_left < 0
        painter.setFont(theme.font(Type.TEXT))
        said = words.days_text(line, today)
        if overdue:
            side = theme.scaled(_ICON)
            width = painter.fontMetrics().horizontalAdvance(said)
            left = max(area.right() - width - side - Space.XS, area.left())
            icons.paint(painter, "alarm-clock", QRectF(left, area.center().y() - side / 2, side, side), Colour.MAJOR)
        painter.setPen(theme.colour(Colour.MAJOR if overdue else Colour.MUTED))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)

    def _paint_button(
        self, painter: QPainter, area: QRect, text: str, option: QStyleOptionViewItem, *, chosen: bool
    ) -> None:
        view = option.widget
        focused = chosen and isinstance(view, QAbstractItemView) and view.hasFocus()
        ring = 2 if focused else 1
        painter.setBrush(theme.colour(Colour.SURFACE))
        painter.setPen(QPen(theme.colour(Colour.ACCENT if focused else Colour.OUTLINE), ring))
        painter.drawRoundedRect(QRectF(area).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2), RADIUS, RADIUS)
        painter.setFont(theme.font(Type.TEXT))
        painter.setPen(theme.colour(Colour.TEXT))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def button_rect(line: QRect) -> QRect:
    """Where the button of a line is."""
    width, height = theme.scaled(_BUTTON), max(theme.scaled(36), theme.current().target)
    return QRect(line.right() - Space.L - width, line.center().y() - height // 2, width, height)


def _draw(painter: QPainter, area: QRect, text: str, kind: Type, ink: Colour) -> None:
    painter.setFont(theme.font(kind))
    painter.setPen(theme.colour(ink))
    fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitted)
