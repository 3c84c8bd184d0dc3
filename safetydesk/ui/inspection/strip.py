"""The strip: the whole check as marks, section by section. A click or Enter jumps there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from safetydesk.domain.kinds import LABELS, Result
from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import RADIUS, Colour, Space, Type

_MARK = 10  # px, the side of a mark
_PITCH = 16
_LINE = 18


@dataclass(frozen=True)
class StripItem:
    """One item as a mark. `position` counts through the whole checklist."""

    position: int
    text: str
    result: Result
    is_major: bool = False


@dataclass(frozen=True)
class StripSection:
    title: str
    items: tuple[StripItem, ...]


class Strip(QWidget):
    """Painted, because fifty widgets for fifty marks would be slow; with a cursor of its own for the keyboard."""

    jump_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: Sequence[StripSection] = ()
        self._current = -1
        self._cursor = -1
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("检查进度"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sections(self, sections: Sequence[StripSection], current: int) -> None:
        """Show these states; `current` is the item in view."""
        grown = [len(one.items) for one in sections] != [len(one.items) for one in self._sections]
        self._sections, self._current = tuple(sections), current
        if grown:
            self.updateGeometry()
            self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def rect_of(self, position: int) -> QRect:
        """Where an item's mark is, so that it can be scrolled into view."""
        for section, area in self._areas():
            for item, mark in self._marks(section, area):
                if item.position == position:
                    return mark.toRect()
        return QRect()

    def area_of(self, position: int) -> QRect:
        """The whole section of an item."""
        for section, area in self._areas():
            if any(item.position == position for item in section.items):
                return area.toRect()
        return QRect()

    def sizeHint(self) -> QSize:
        areas = self._areas()
        height = areas[-1][1].bottom() if areas else 0
        return QSize(theme.scaled(208), round(height) + Space.S)

    # --- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self._position_at(event.position())
        if position >= 0:
            self.jump_requested.emit(position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        item = self._item_at(event.position())
        position = self._position_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if position >= 0 else Qt.CursorShape.ArrowCursor)
        if position != self._hovered:
            self._hovered = position
            self.update()
        if item is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self._said(item), self)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right from item to item, up and down from section to section, Enter goes there."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._move_cursor(self._cursor + step)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_section(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._cursor >= 0:
            self.jump_requested.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._move_cursor(max(self._current, 0))

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._cursor = -1
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            return True  # shown while the mouse moves
        return super().event(event)

    def _move_cursor(self, position: int) -> None:
        items = [item for section in self._sections for item in section.items]
        if not items:
            return
        self._cursor = max(0, min(position, len(items) - 1))
        self.setAccessibleDescription(self._said(items[self._cursor]))
        self.update()

    def _move_section(self, step: int) -> None:
        starts = [section.items[0].position for section in self._sections]
        at = max((n for n, start in enumerate(starts) if start <= self._cursor), default=0)
        if starts:
            self._move_cursor(starts[max(0, min(at + step, len(starts) - 1))])

    def _said(self, item: StripItem) -> str:
        return tr(
            "第 {number} 项 {result}：{asked}", number=item.position + 1, result=LABELS[item.result], asked=item.text
        )

    def _item_at(self, point: QPointF) -> StripItem | None:
        reach = (theme.scaled(_PITCH) - theme.scaled(_MARK)) / 2
        for section, area in self._areas():
            for item, mark in self._marks(section, area):
                if mark.adjusted(-reach, -reach, reach, reach).contains(point):
                    return item
        return None

    def _position_at(self, point: QPointF) -> int:
        """A mark, or the first open item of the section whose area this is."""
        item = self._item_at(point)
        if item is not None:
            return item.position
        for section, area in self._areas():
            if area.contains(point):
                return next(
                    (one.position for one in section.items if one.result is Result.UNCHECKED),
                    section.items[0].position,
                )
        return -1

    # --- layout and painting

    def _areas(self) -> list[tuple[StripSection, QRectF]]:
        """Each section with its area, never lower than a target."""
        areas, top = [], float(Space.S)
        columns = self._columns()
        for section in self._sections:
            lines = -(-len(section.items) // columns)
            height = Space.XS + theme.scaled(_LINE) + lines * theme.scaled(_PITCH) + Space.XS
            height = max(height, theme.current().target)
            areas.append((section, QRectF(Space.S, top, max(self.width() - 2 * Space.S, 1), height)))
            top += height
        return areas

    def _columns(self) -> int:
        return max(1, int(max(self.width() - 2 * Space.S - 2 * Space.S, 1) // theme.scaled(_PITCH)))

    def _marks(self, section: StripSection, area: QRectF) -> list[tuple[StripItem, QRectF]]:
        pitch, side, columns = theme.scaled(_PITCH), theme.scaled(_MARK), self._columns()
        top = area.top() + Space.XS + theme.scaled(_LINE) + (pitch - side) / 2
        left = area.left() + Space.S
        return [
            (item, QRectF(left + at % columns * pitch, top + at // columns * pitch, side, side))
            for at, item in enumerate(section.items)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for section, area in self._areas():
            self._paint_section(painter, section, area)
        painter.end()

    def _paint_section(self, painter: QPainter, section: StripSection, area: QRectF) -> None:
        here = any(item.position == self._current for item in section.items)
        hovered = any(item.position == self._hovered for item in section.items)
        if here or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Colour.ACCENT_SOFT if here else Colour.HOVER))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        done = sum(item.result is not Result.UNCHECKED for item in section.items)
        count = f"{done}/{len(section.items)}"
        painter.setFont(theme.font(Type.NOTE, bold=here))
        metrics = painter.fontMetrics()
        line = QRectF(area.left() + Space.S, area.top() + Space.XS, area.width() - 2 * Space.S, theme.scaled(_LINE))
        painter.setPen(theme.colour(Colour.MUTED))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room = int(line.width() - metrics.horizontalAdvance(count) - Space.S)
        title = metrics.elidedText(section.title, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour(Colour.TEXT if here or done < len(section.items) else Colour.MUTED))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        for item, mark in self._marks(section, area):
            paint_mark(painter, mark, item.result, is_major=item.is_major)
            if item.position == self._current:
                self._paint_ring(painter, mark, Colour.ACCENT)
            elif item.position == self._cursor:
                self._paint_ring(painter, mark, Colour.TEXT)

    def _paint_ring(self, painter: QPainter, mark: QRectF, ink: Colour) -> None:
        painter.setPen(QPen(theme.colour(ink), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(mark.adjusted(-3, -3, 3, 3), 4, 4)


def paint_mark(painter: QPainter, mark: QRectF, result: Result, *, is_major: bool = False) -> None:
    """■ passed, ▲ failed, – not applicable, □ open: the shape says it without the colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    match result:
        case Result.PASS:
            painter.setBrush(theme.colour(Colour.DONE))
            painter.drawRoundedRect(mark, 2, 2)
        case Result.FAIL:
            painter.setBrush(theme.colour(Colour.MAJOR if is_major else Colour.GENERAL))
            peak = QPointF(mark.center().x(), mark.top() - 1)
            painter.drawPolygon(
                QPolygonF([peak, mark.bottomRight() + QPointF(1, 0), mark.bottomLeft() - QPointF(1, 0)])
            )
        case Result.NOT_APPLICABLE:
            painter.setBrush(theme.colour(Colour.MUTED))
            painter.drawRect(QRectF(mark.left(), mark.center().y() - 1, mark.width(), 2))
        case Result.UNCHECKED:
            painter.setPen(QPen(theme.colour(Colour.OUTLINE), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(mark.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
