"""Line icons, drawn from their outlines in the colour of the present theme, sharp at every scaling."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from safetydesk.catalog.resources import resource
from safetydesk.ui import theme
from safetydesk.ui.theme import Colour


def icon(name: str, colour: Colour = Colour.MUTED, *, on: Colour | None = None) -> QIcon:
    """The icon of `resources/icons/<name>.svg`; `on` is its colour where the button is checked."""
    return QIcon(_Engine(name, colour, on or colour))


def pixmap(name: str, size: int, colour: Colour = Colour.MUTED, ratio: float = 1.0) -> QPixmap:
    """`size` in logical pixels, `ratio` the device's."""
    return _drawn(name, theme.current().colours[colour], size, ratio)


def paint(painter: QPainter, name: str, rect: QRectF, colour: Colour = Colour.MUTED) -> None:
    """Draw an icon into `rect`, for delegates."""
    _renderer(name, theme.current().colours[colour]).render(painter, rect)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    outline = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(outline.encode()))


@cache
def _drawn(name: str, colour: str, size: int, ratio: float, width: int | None = None) -> QPixmap:
    side = round(size * ratio)
    drawn = QPixmap(round((width or size) * ratio), side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, colour).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


class _Engine(QIconEngine):
    """Asks the theme for the colour each time it paints, so that a change of theme needs no new icons."""

    def __init__(self, name: str, colour: Colour, on: Colour) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._on = on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        area = QRectF(0, 0, side, side)
        area.moveCenter(QRectF(rect).center())
        if rect.width() > rect.height():
            area.moveLeft(rect.x())
        paint(painter, self._name, area, self._tone(mode, state))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, ratio: float) -> QPixmap:
        """A size that is wider than high leaves room at the right: the gap between a button's icon and its word."""
        colour = theme.current().colours[self._tone(mode, state)]
        return _drawn(self._name, colour, min(size.width(), size.height()), ratio, size.width())

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._on)

    def _tone(self, mode: QIcon.Mode, state: QIcon.State) -> Colour:
        if mode is QIcon.Mode.Disabled:
            return Colour.OUTLINE
        return self._on if state is QIcon.State.On else self._colour
