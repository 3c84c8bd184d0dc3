"""The high-risk marks of an enterprise (粉尘涉爆, 有限空间 ...), side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space, Type

_HEIGHT, _PADDING = 24, 8


class FlagMarks(QWidget):
    """Small outlined words that go on in the next line where there is no room. Not to be clicked."""

    def __init__(self, flags: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flags: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_flags(flags)

    def set_flags(self, flags: Sequence[str]) -> None:
        self._flags = tuple(flags)
        self.setAccessibleName(tr("风险标志：{flags}", flags="、".join(flags)) if flags else tr("没有风险标志"))
        self.setVisible(bool(flags))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        placed = self._placed(width)
        return round(placed[-1][0].bottom()) + 1 if placed else 0

    def sizeHint(self) -> QSize:
        placed = self._placed(10_000)
        return QSize(round(placed[-1][0].right()) + 2, theme.scaled(_HEIGHT)) if placed else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        widest = max((rect.width() for rect, _ in self._placed(10_000)), default=0)
        return QSize(round(widest), theme.scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Type.NOTE))
        for rect, flag in self._placed(self.width()):
            painter.setPen(theme.colour(Colour.OUTLINE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(theme.colour(Colour.TEXT))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, flag)
        painter.end()

    def _placed(self, width: int) -> list[tuple[QRectF, str]]:
        metrics = QFontMetrics(theme.font(Type.NOTE))
        height = float(theme.scaled(_HEIGHT))
        x = y = 0.0
        placed = []
        for flag in self._flags:
            own = float(metrics.horizontalAdvance(flag) + 2 * theme.scaled(_PADDING))
            if x and x + own > width:
                x, y = 0.0, y + height + Space.XS
            placed.append((QRectF(x, y, own, height), flag))
            x += own + Space.XS
        return placed
