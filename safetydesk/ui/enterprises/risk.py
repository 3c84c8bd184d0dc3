"""The four colours of risk (四色): always a shape, a word and a colour together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Type

_CORNERS = {  # of a shape around its middle; the fourth is a dot
    "红": ((0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)),
    "橙": ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)),
    "黄": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
}


@dataclass(frozen=True)
class _Look:
    ink: Colour
    ground: Colour


_LOOKS: Mapping[str, _Look] = {
    "红": _Look(Colour.MAJOR, Colour.MAJOR_SOFT),
    "橙": _Look(Colour.LARGER, Colour.LARGER_SOFT),
    "黄": _Look(Colour.GENERAL, Colour.GENERAL_SOFT),
    "蓝": _Look(Colour.LOW, Colour.LOW_SOFT),
}


def risk_word(risk: str | None) -> str:
    """红 重大; nothing for no colour."""
    words = {"红": tr("红 重大"), "橙": tr("橙 较大"), "黄": tr("黄 一般"), "蓝": tr("蓝 低")}
    return words.get(risk or "", risk or "")


def risk_width(risk: str | None) -> int:
    metrics = QFontMetrics(theme.font(Type.NOTE, bold=True))
    return metrics.horizontalAdvance(risk_word(risk)) + theme.scaled(26)


def paint_risk(painter: QPainter, rect: QRectF, risk: str | None) -> float:
    """Draw the badge at the left of `rect`; returns its width."""
    look = _LOOKS.get(risk or "")
    if look is None or risk is None:
        return 0.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(Type.NOTE, bold=True))
    height, width = float(theme.scaled(22)), float(risk_width(risk))
    badge = QRectF(rect.left(), rect.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(look.ground))
    painter.drawRoundedRect(badge, 4, 4)
    painter.setBrush(theme.colour(look.ink))
    _paint_shape(painter, QPointF(badge.left() + theme.scaled(11), badge.center().y()), risk)
    painter.setPen(theme.colour(look.ink))
    painter.drawText(badge.adjusted(theme.scaled(19), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, risk_word(risk))
    painter.restore()
    return width


def _paint_shape(painter: QPainter, middle: QPointF, risk: str) -> None:
    size = float(theme.scaled(4))
    corners = _CORNERS.get(risk)
    if corners is None:
        painter.drawEllipse(middle, size * 0.8, size * 0.8)
    else:
        painter.drawPolygon(QPolygonF([middle + QPointF(x * size, y * size) for x, y in corners]))


class RiskBadge(QWidget):
    """The colour of one enterprise; not there where it has none."""

    def __init__(self, risk: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._risk: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_risk(risk)

    def set_risk(self, risk: str | None) -> None:
        self._risk = risk
        self.setAccessibleName(tr("整体风险 {word}", word=risk_word(risk)))
        self.setVisible(risk in _LOOKS)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(risk_width(self._risk), theme.scaled(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_risk(painter, QRectF(self.rect()), self._risk)
        painter.end()
