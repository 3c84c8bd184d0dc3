"""Words in the sizes of the scale, and the marks that stand beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from safetydesk.domain.kinds import Level
from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space, Type


def heading(text: str = "", parent: QWidget | None = None) -> QLabel:
    return _label(text, "heading", parent)


def emphasis(text: str = "", parent: QWidget | None = None) -> QLabel:
    return _label(text, "emphasis", parent)


def figure_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    return _label(text, "figure", parent)


def text_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A paragraph: wraps, and can be marked and copied."""
    label = _label(text, "text", parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def note_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Small and grey: what explains."""
    label = _label(text, "note", parent)
    label.setWordWrap(True)
    return label


def muted_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    return _label(text, "muted", parent)


def plain_tip(text: str) -> str:
    """A tip that shows what people typed as it is: Qt would take some of it for markup."""
    from html import escape

    return f"<span>{escape(text)}</span>" if "<" in text or "&" in text else text


class Elided(QLabel):
    """One line that ends in … where there is no room; the whole text is its tip."""

    _whole = ""  # Qt tells of the first font before __init__ has gone on

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()
        self.updateGeometry()

    @property
    def whole(self) -> str:
        return self._whole

    def minimumSizeHint(self) -> QSize:
        return QSize(Space.XXL, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._whole) + Space.XS
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._fit()

    def _fit(self) -> None:
        fitted = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        if fitted != self.text():
            self.setText(fitted)
        self.setToolTip(plain_tip(self._whole) if fitted != self._whole else "")


LEVEL_COLOURS = {Level.MAJOR: (Colour.MAJOR, Colour.MAJOR_SOFT), Level.GENERAL: (Colour.GENERAL, Colour.GENERAL_SOFT)}


def level_word(level: str) -> str:
    return tr("疑似重大") if level == Level.MAJOR else tr("一般")


def paint_level(painter: QPainter, rect: QRectF, level: str) -> float:
    """Draw the badge of a hazard's level at the left of `rect`: shape, word and colour. Returns its width."""
    ink, ground = LEVEL_COLOURS[Level(level)]
    word = level_word(level)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(Type.NOTE, bold=True))
    height = float(theme.scaled(22))
    width = painter.fontMetrics().horizontalAdvance(word) + theme.scaled(26)
    badge = QRectF(rect.left(), rect.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(badge, 4, 4)
    painter.setBrush(theme.colour(ink))
    _paint_shape(painter, QPointF(badge.left() + theme.scaled(11), badge.center().y()), Level(level))
    painter.setPen(theme.colour(ink))
    painter.drawText(badge.adjusted(theme.scaled(19), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
    painter.restore()
    return width


def _paint_shape(painter: QPainter, centre: QPointF, level: Level) -> None:
    """A triangle for major, a dot for general: the colour is never alone."""
    size = theme.scaled(4)
    if level is Level.MAJOR:
        points = [QPointF(0, -size), QPointF(size, size * 0.8), QPointF(-size, size * 0.8)]
        painter.drawPolygon(QPolygonF([centre + point for point in points]))
    else:
        painter.drawEllipse(centre, size * 0.75, size * 0.75)


class LevelBadge(QWidget):
    """疑似重大 with a red triangle, 一般 with a dot."""

    def __init__(self, level: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self.setAccessibleName(level_word(level))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_level(self, level: str) -> None:
        self._level = level
        self.setAccessibleName(level_word(level))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        from PySide6.QtGui import QFontMetrics

        metrics = QFontMetrics(theme.font(Type.NOTE, bold=True))
        return QSize(metrics.horizontalAdvance(level_word(self._level)) + theme.scaled(26), theme.scaled(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_level(painter, QRectF(self.rect()), self._level)
        painter.end()


def _label(text: str, look: str, parent: QWidget | None) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    return label
