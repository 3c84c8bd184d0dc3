"""Cells of tables that are more than text: badges, and deadlines with their warning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from safetydesk.ui import icons, theme
from safetydesk.ui.theme import Colour, Space, Type
from safetydesk.ui.widgets.labels import paint_level
from safetydesk.ui.widgets.paged_model import ROW, Index

_ALARM = 16

PaintBadge = Callable[[QPainter, QRectF, Any], object]  # painter, area, row


class BadgeDelegate(QStyledItemDelegate):
    """A badge instead of the text, drawn by `paint_badge`."""

    def __init__(self, paint_badge: PaintBadge, parent: QWidget) -> None:
        super().__init__(parent)
        self._paint_badge = paint_badge

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option, index, self)
        row = index.data(ROW)
        if row is not None:
            area = QRectF(option.rect).adjusted(Space.S, 0, -Space.XS, 0)
            painter.save()
            painter.setClipRect(area)
            self._paint_badge(painter, area, row)
            painter.restore()


class DueDelegate(QStyledItemDelegate):
    """A deadline; where it has passed in red with an alarm before it. `days_left` of a row is none where nothing is due."""

    def __init__(self, days_left: Callable[[Any], int | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._days_left = days_left

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option, index, self)
        row = index.data(ROW)
        if row is None:
            return
        left = self._days_left(row)
        overdue = left is not None and left < 0
        area: QRect = option.rect.adjusted(Space.S, 0, -Space.S, 0)
        side = theme.scaled(_ALARM)
        if overdue:
            mark = QRectF(area.left(), area.center().y() - side / 2, side, side)
            icons.paint(painter, "alarm-clock", mark, Colour.MAJOR)
        area.adjust(side + Space.XS, 0, 0, 0)  # the dates stand below each other, alarm or not
        painter.save()
        painter.setFont(theme.font(Type.TEXT))
        painter.setPen(theme.colour(Colour.MAJOR if overdue else Colour.MUTED if left is None else Colour.TEXT))
        said = index.data(Qt.ItemDataRole.DisplayRole)
        text = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def level_delegate(parent: QWidget) -> BadgeDelegate:
    """疑似重大 or 一般, for rows that have a level."""
    return BadgeDelegate(_paint_level, parent)


def due_delegate(parent: QWidget) -> DueDelegate:
    """For rows that know their days_left themselves."""
    return DueDelegate(_days_left, parent)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index, delegate: QStyledItemDelegate) -> None:
    """What the table paints behind every cell: line, hover, selection."""
    plain = QStyleOptionViewItem(option)
    delegate.initStyleOption(plain, index)
    plain.text = ""
    widget = plain.widget
    style = widget.style() if widget is not None else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, widget)


def _paint_level(painter: QPainter, area: QRectF, row: Any) -> None:
    paint_level(painter, area, row.level)


def _days_left(row: Any) -> int | None:
    left: int | None = row.days_left
    return left
