"""Cells of the list that are more than text: the colour of risk, the next deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from safetydesk.ui import icons, theme
from safetydesk.ui.enterprises import words
from safetydesk.ui.enterprises.risk import paint_risk
from safetydesk.ui.hazards.delegates import paint_ground
from safetydesk.ui.theme import Colour, Space, Type
from safetydesk.ui.widgets.paged import ROW
from safetydesk.ui.widgets.paged_model import Index

_ALARM = 16


class RiskDelegate(QStyledItemDelegate):
    """红 重大 as a badge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option, index, self)
        row = index.data(ROW)
        if row is not None:
            area = QRectF(option.rect).adjusted(Space.S, 0, -Space.XS, 0)
            painter.save()
            painter.setClipRect(area)
            paint_risk(painter, area, row.risk)
            painter.restore()


class DueDelegate(QStyledItemDelegate):
    """The first deadline of what is open; where it has passed in red with an alarm before it."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option, index, self)
        row = index.data(ROW)
        left = words.days_left(row, self._today()) if row is not None else None
        if left is None:
            return
        area: QRect = option.rect.adjusted(Space.S, 0, -Space.S, 0)
        if left < 0:
            side = theme.scaled(_ALARM)
            mark = QRectF(area.left(), area.center().y() - side / 2, side, side)
            icons.paint(painter, "alarm-clock", mark, Colour.MAJOR)
            area.adjust(side + Space.XS, 0, 0, 0)
        painter.save()
        painter.setFont(theme.font(Type.TEXT))
        painter.setPen(theme.colour(Colour.MAJOR if left < 0 else Colour.TEXT))
        said = index.data(Qt.ItemDataRole.DisplayRole)
        text = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
