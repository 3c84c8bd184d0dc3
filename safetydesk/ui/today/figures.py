"""The patch in four figures; each opens its list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import Button
from safetydesk.ui.widgets.labels import figure_label, muted_label


class FigureButton(Button):
    """A number with its word and unit."""

    def __init__(self, word: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self._unit = unit
        self.setProperty("look", "card")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(0)
        self.number_label = figure_label("–", self)
        self.word_label = muted_label(f"{word}（{unit}）", self)
        for label in (self.number_label, self.word_label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self.setAccessibleName(word)

    def show_number(self, number: int, *, is_grave: bool = False) -> None:
        self.number_label.setText(f"{number:,}")
        theme.look(self.number_label, "figure_major" if is_grave and number else "figure")
        self.setAccessibleName(tr("{word} {number} {unit}，打开列表", word=self._word, number=number, unit=self._unit))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Figures(QWidget):
    """Below each other at the right of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.enterprises = FigureButton(tr("企业"), tr("家"), self)
        self.open_hazards = FigureButton(tr("未闭环隐患"), tr("条"), self)
        self.major_hazards = FigureButton(tr("疑似重大隐患"), tr("条"), self)
        self.unsent = FigureButton(tr("待交换"), tr("项"), self)
        self.unsent.setToolTip(tr("还没有交换出去的改动。都已经保存在这台电脑里，不会丢。"))
        for button in (self.enterprises, self.open_hazards, self.major_hazards, self.unsent):
            column.addWidget(button)
        column.addStretch()
