"""Typing a passphrase: hidden or shown, and beside it how hard it is to come upon."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.icons import icon
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import icon_button
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import muted_label
from safetydesk.workflows import passphrases
from safetydesk.workflows.passphrases import Level, Strength

LONGEST = 128
_COLOURS = {Level.WEAK: Colour.MAJOR, Level.USABLE: Colour.GENERAL, Level.GOOD: Colour.DONE}


class PassphraseField(Field):
    """A field with an eye. Chinese can be typed while it is shown: systems switch their input methods off otherwise."""

    def __init__(self, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(label, self.line, hint, parent)
        self.eye = icon_button("eye", tr("显示"), self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye_toggled)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(self.line)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        column.insertLayout(1, row)

    def put_below_line(self, widget: QWidget) -> None:
        """Between what is typed and what is said about it."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, widget)

    def forget(self) -> None:
        """Nothing of it stays in the field, nor in what it could undo."""
        self.line.clear()
        self.line.setModified(False)
        self.eye.setChecked(False)
        self.set_error("")

    @Slot(bool)
    def _on_eye_toggled(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        said = tr("隐藏") if shown else tr("显示")
        self.eye.setIcon(icon("eye-off" if shown else "eye"))
        self.eye.setAccessibleName(said)
        self.eye.setToolTip(said)


class StrengthLine(QWidget):
    """Three strokes and a word: 弱, 可用, 好. Nothing while nothing is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("口令强弱"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._strokes = _Strokes(self)
        self.word = muted_label("", self)
        self.word.setMinimumWidth(theme.scaled(44))
        row.addWidget(self._strokes, 1)
        row.addWidget(self.word)

    def show_strength(self, strength: Strength | None) -> None:
        self._strokes.show_level(None if strength is None else strength.level)
        self.word.setText("" if strength is None else tr(strength.level.label))
        self.setAccessibleDescription(self.word.text())


class _Strokes(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._level: Level | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: Level | None) -> None:
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(3 * Space.XXL, Space.S)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - 2 * Space.XS) / len(Level)
        for level in Level:
            is_on = self._level is not None and level <= self._level
            colour = _COLOURS[self._level] if is_on and self._level is not None else Colour.HAIRLINE
            painter.setBrush(theme.colour(colour))
            stroke = QRectF(level * (width + Space.XS), (self.height() - Space.XS) / 2, width, Space.XS)
            painter.drawRoundedRect(stroke, 2, 2)
        painter.end()


class NewPassphrase(QWidget):
    """A new passphrase, typed twice, judged at every key."""

    def __init__(self, first: str, again: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: Collection[str] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.first = PassphraseField(first, _first_hint(), self)
        self.strength = StrengthLine()
        self.again = PassphraseField(again, "", self)
        column.addWidget(self.first)
        column.addWidget(self.again)
        self.first.put_below_line(self.strength)
        self.first.changed.connect(self._on_first_changed)
        self.first.left.connect(self._on_first_left)
        self.again.changed.connect(self._on_again_changed)
        self.again.left.connect(self._on_again_left)

    @property
    def passphrase(self) -> str:
        return self.first.text()

    @property
    def fields(self) -> tuple[PassphraseField, PassphraseField]:
        return self.first, self.again

    def know(self, names: Collection[str]) -> None:
        """What others would try: names of the unit and of people."""
        self._known = names
        self._show_strength()
        if self.first.has_trouble or not self.first.line.hasFocus():
            self._on_first_left()

    def check(self) -> bool:
        """Whether it may be used; else the first trouble has the focus."""
        self.first.set_error(self._trouble_of_first() or (tr("请输入口令。") if not self.passphrase else ""))
        self.again.set_error(self._trouble_of_again())
        troubled = next((field for field in self.fields if field.has_trouble), None)
        if troubled is not None:
            troubled.line.setFocus()
        return troubled is None

    def forget(self) -> None:
        for field in self.fields:
            field.forget()
        self.strength.show_strength(None)

    def _judged(self) -> Strength:
        return passphrases.judge(self.passphrase, self._known)

    def _trouble_of_first(self) -> str:
        if not self.passphrase:
            return ""
        judged = self._judged()
        return tr(judged.advice.value) if judged.level is Level.WEAK else ""

    def _trouble_of_again(self) -> str:
        return "" if self.again.text() == self.passphrase else tr("两次输入不一样，请再输一次。")

    def _show_strength(self) -> None:
        judged = self._judged() if self.passphrase else None
        self.strength.show_strength(judged)
        self.first.set_hint(_first_hint() if judged is None else tr(judged.advice.value))

    @Slot()
    def _on_first_changed(self) -> None:
        self.first.set_error("")
        self._show_strength()
        if self.again.has_trouble:
            self.again.set_error(self._trouble_of_again())

    @Slot()
    def _on_first_left(self) -> None:
        self.first.set_error(self._trouble_of_first())

    @Slot()
    def _on_again_changed(self) -> None:
        self.again.set_error("")

    @Slot()
    def _on_again_left(self) -> None:
        if self.again.text():
            self.again.set_error(self._trouble_of_again())


def _first_hint() -> str:
    return tr("至少 8 个字，最好是一句只有自己知道的话。要用汉字，先按右边的眼睛再输入。")
