"""Cells that are more than text: the badge of the level, the deadline with its warning."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from safetydesk.ui import icons, theme
from safetydesk.ui.theme import Colour, Space, Type
from safetydesk.ui.widgets.labels import paint_level
from safetydesk.ui.widgets.paged import ROW

Index = QModelIndex | QPersistentModelIndex
_ALARM = 16


class LevelDelegate(QStyledItemDelegate):
    """疑似重大 or 一般, as a badge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option, index, self)
        row = index.data(ROW)
        if row is not None:
            area = QRectF(option.rect).adjusted(Space.S, 0, -Space.XS, 0)
            painter.save()
            painter.setClipRect(area)
            paint_level(painter, area, row.level)
            painter.restore()


class DueDelegate(QStyledItemDelegate):
    """The deadline; where it has passed in red with an alarm before it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option, index, self)
        row = index.data(ROW)
        if row is None:
            return
        area: QRect = option.rect.adjusted(Space.S, 0, -Space.S, 0)
        overdue = row.days_left is not None and row.days_left < 0
        side = theme.scaled(_ALARM)
        if overdue:
            mark = QRectF(area.left(), area.center().y() - side / 2, side, side)
            icons.paint(painter, "alarm-clock", mark, Colour.MAJOR)
        area.adjust(side + Space.XS, 0, 0, 0)
        painter.save()
        painter.setFont(theme.font(Type.TEXT))
        ink = Colour.MAJOR if overdue else Colour.MUTED if row.days_left is None else Colour.TEXT
        painter.setPen(theme.colour(ink))
        text = painter.fontMetrics().elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index, delegate: QStyledItemDelegate) -> None:
    """What the table paints behind every cell: line, hover, selection."""
    plain = QStyleOptionViewItem(option)
    delegate.initStyleOption(plain, index)
    plain.text = ""
    widget = plain.widget
    style = widget.style() if widget is not None else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, widget)
