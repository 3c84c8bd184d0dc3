"""The state of a paper in a cell: shape and word in one colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from safetydesk.ui import theme
from safetydesk.ui.icons import paint
from safetydesk.ui.papers.words import state_mark
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.cells import paint_ground
from safetydesk.ui.widgets.paged import ROW

_SHAPE = 16


class StateDelegate(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if row is None:
            super().paint(painter, option, index)
            return
        mark = state_mark(row.state)
        paint_ground(painter, option, index, self)
        painter.save()
        area = option.rect
        shape = QRectF(area.left() + Space.S, area.center().y() - _SHAPE / 2 + 1, _SHAPE, _SHAPE)
        paint(painter, mark.icon, shape, mark.ink)
        painter.setPen(theme.colour(mark.ink))
        painter.setFont(theme.font())
        words = area.adjusted(Space.S + _SHAPE + Space.S, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, mark.word)
        painter.restore()
