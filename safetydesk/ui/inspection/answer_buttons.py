"""The four big answers. What was answered stands out by shape, word and colour; the key is on each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from safetydesk.domain.kinds import LABELS, Level, Result
from safetydesk.ui import icons, theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import RADIUS, Colour, Space, Type
from safetydesk.ui.widgets.labels import LEVEL_COLOURS

_HEIGHT = 48
ANSWER_KEYS = {"1": Result.PASS, "2": Result.FAIL, "3": Result.NOT_APPLICABLE, "0": Result.UNCHECKED}
RESULT_LOOKS: dict[Result, tuple[str, Colour, Colour]] = {
    Result.PASS: ("check", Colour.DONE, Colour.DONE_SOFT),
    Result.FAIL: ("triangle-alert", *LEVEL_COLOURS[Level.GENERAL]),
    Result.NOT_APPLICABLE: ("minus", Colour.MUTED, Colour.SUNKEN),
    Result.UNCHECKED: ("circle-dashed", Colour.MUTED, Colour.SURFACE),
}


class AnswerButton(QPushButton):
    """One answer: its key in a cap, its word, and its mark once it was given."""

    def __init__(self, key: str, result: Result, parent: QWidget | None = None) -> None:
        super().__init__(LABELS[result], parent)
        self.result = result
        self._key = key
        self._level = Level.GENERAL
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("{result}，按 {key}", result=LABELS[result], key=key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: Level) -> None:
        """A fail wears the colour of its level."""
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(136), max(theme.scaled(_HEIGHT), theme.current().target + Space.S))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(104), self.sizeHint().height())

    def nextCheckState(self) -> None:
        """What is on is decided by what is stored, not by the click."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        icon_name, ink, ground = RESULT_LOOKS[self.result]
        if self.result is Result.FAIL:
            ink, ground = LEVEL_COLOURS[self._level]
        given = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(self._edge(ink))
        painter.setBrush(self._ground(ground))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        self._paint_words(painter, box, icon_name, ink if given else Colour.TEXT, given=given)
        painter.end()

    def _edge(self, ink: Colour) -> QPen:
        if self.hasFocus():
            return QPen(theme.colour(Colour.ACCENT), 2)
        if self.isChecked() and self.result is not Result.UNCHECKED:
            return QPen(theme.colour(ink), 2)
        return QPen(theme.colour(Colour.OUTLINE), 1)

    def _ground(self, ground: Colour) -> QColor:
        if self.isChecked():
            return theme.colour(ground)
        return theme.colour(Colour.HOVER if self.underMouse() or self.isDown() else Colour.SURFACE)

    def _paint_words(self, painter: QPainter, box: QRectF, icon_name: str, ink: Colour, *, given: bool) -> None:
        """Key cap, mark and word, together in the middle."""
        cap, mark = theme.scaled(22), theme.ICON if given else 0
        painter.setFont(theme.font(Type.EMPHASIS, bold=True))
        word = painter.fontMetrics().horizontalAdvance(self.text())
        width = cap + Space.S + (mark + Space.XS if mark else 0) + word
        x = box.center().x() - width / 2
        paint_key_cap(painter, QRectF(x, box.center().y() - cap / 2, cap, cap), self._key)
        x += cap + Space.S
        if mark:
            icons.paint(painter, icon_name, QRectF(x, box.center().y() - mark / 2, mark, mark), ink)
            x += mark + Space.XS
        painter.setFont(theme.font(Type.EMPHASIS, bold=True))
        painter.setPen(theme.colour(ink))
        room = QRectF(x, box.top(), box.right() - x, box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class AnswerButtons(QWidget):
    """[1 符合] [2 不符合] [3 不涉及] [0 未查]."""

    chosen = Signal(object)  # Result

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self.buttons: dict[Result, AnswerButton] = {}
        for key, result in ANSWER_KEYS.items():
            button = AnswerButton(key, result, self)
            button.clicked.connect(self._on_button_clicked)
            row.addWidget(button)
            self.buttons[result] = button

    def show_result(self, result: Result | None) -> None:
        """Mark what is answered; none: nobody answered."""
        for one, button in self.buttons.items():
            button.setChecked(one is result)

    @Slot(object)
    def show_level(self, level: Level) -> None:
        self.buttons[Result.FAIL].show_level(level)

    @Slot()
    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, AnswerButton):
            self.chosen.emit(button.result)


def paint_key_cap(painter: QPainter, cap: QRectF, key: str) -> None:
    """A key as it looks on the keyboard."""
    painter.setPen(QPen(theme.colour(Colour.OUTLINE), 1))
    painter.setBrush(theme.colour(Colour.WINDOW))
    painter.drawRoundedRect(cap, 4, 4)
    painter.setPen(theme.colour(Colour.MUTED))
    painter.setFont(theme.font(Type.NOTE, bold=True))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
