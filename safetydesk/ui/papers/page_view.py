"""One sheet on the screen, and the area in which sheets scroll and zoom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from safetydesk.ui import theme
from safetydesk.ui.theme import Colour, Type

_SAME = 1.5  # pixels by which rounding may differ


class PageView(QWidget):
    """One sheet. Until its picture is there it is white; an older picture is stretched meanwhile."""

    def __init__(self, size: tuple[float, float], stamp: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.points = size
        self.stamp = stamp
        self.dpi = 0.0  # of the picture that is shown
        self.asked = 0.0
        self._picture: QPixmap | None = None

    def set_picture(self, picture: QPixmap | None, dpi: float) -> None:
        self._picture, self.dpi = picture, dpi
        if picture is None:
            self.asked = 0.0
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, Qt.GlobalColor.white)  # paper, in the dark too
        if self._picture is not None:
            self._paint_picture(painter, area, self._picture)
        if self.stamp:
            self._paint_stamp(painter, area)
        painter.setPen(theme.colour(Colour.OUTLINE))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_picture(self, painter: QPainter, area: QRectF, picture: QPixmap) -> None:
        """Dot for dot where it was drawn for this size; stretched while a better one is on its way."""
        ratio = self.devicePixelRatioF()
        if abs(picture.width() / ratio - area.width()) < _SAME:
            picture.setDevicePixelRatio(ratio)
            painter.drawPixmap(0, 0, picture)
            return
        picture.setDevicePixelRatio(1.0)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(area, picture, QRectF(picture.rect()))

    def _paint_stamp(self, painter: QPainter, area: QRectF) -> None:
        """Across the sheet, so that nobody takes a picture of the screen for a paper."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = theme.font(Type.FIGURE, bold=True)
        face.setPixelSize(max(12, int(area.width() / 8)))
        painter.setFont(face)
        ink = theme.colour(Colour.MAJOR)
        ink.setAlpha(90 if theme.current().dark else 38)
        painter.setPen(ink)
        painter.translate(area.center())
        painter.rotate(-32)
        for row in (-1, 1):
            shifted = QRectF(
                -area.width(), row * area.height() / 4 - area.width() / 8, area.width() * 2, area.width() / 4
            )
            painter.drawText(shifted, Qt.AlignmentFlag.AlignCenter, self.stamp)
        painter.restore()


class Sheets(QScrollArea):
    """Ctrl with plus, minus or the wheel zooms; the other keys scroll."""

    resized = Signal()
    zoom_stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setProperty("look", "sunken")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width would flicker
        self.setFrameShape(QFrame.Shape.NoFrame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        step = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()))
        if is_ctrl and step is not None:
            self.zoom_stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_stepped.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
