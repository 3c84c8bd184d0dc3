"""A choice as cards: a title, and a sentence that says what it means. Arrow keys go from card to card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui import icons, theme
from safetydesk.ui.theme import Colour, Space, Type
from safetydesk.ui.widgets.labels import emphasis, note_label


class Mark(QWidget):
    """An icon that follows the theme, as high as a line of the type beside it."""

    def __init__(
        self, icon_name: str, colour: Colour = Colour.MUTED, parent: QWidget | None = None, *, beside: Type = Type.TEXT
    ) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self._colour = colour
        self._beside = beside
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, icon_name: str, colour: Colour) -> None:
        self._icon, self._colour = icon_name, colour
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.scaled(theme.ICON)
        return QSize(side, max(side, QFontMetrics(theme.font(self._beside)).height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(0, 0, self.width(), self.width())
        area.moveCenter(QRectF(self.rect()).center())
        icons.paint(painter, self._icon, area, self._colour)
        painter.end()


class Card(QPushButton):
    """One card. Its height follows its words."""

    def __init__(self, title: str, text: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}：{text}" if text else title)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.M)
        colour = Colour.ACCENT if icon_name else Colour.OUTLINE
        self._mark = Mark(icon_name or "circle", colour, self, beside=Type.EMPHASIS)
        self._is_choice = not icon_name
        self.words = QVBoxLayout()
        self.words.setSpacing(Space.XS)
        self.title_label = emphasis(title, self)
        self.text_label = note_label(text, self)
        for label in (self.title_label, self.text_label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.addWidget(self.title_label)
        self.words.addWidget(self.text_label)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.words, 1)
        self.toggled.connect(self._on_toggled)

    def add_words(self, widget: QWidget) -> None:
        """A further line below the sentence."""
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.addWidget(widget)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else super().heightForWidth(width)

    def hasHeightForWidth(self) -> bool:
        return True

    @Slot(bool)
    def _on_toggled(self, checked: bool) -> None:
        if self._is_choice:
            self._mark.show_icon("circle-dot" if checked else "circle", Colour.ACCENT if checked else Colour.OUTLINE)


@dataclass(frozen=True)
class Choice:
    key: str
    title: str
    text: str


class CardChoice(QWidget):
    """Exactly one of several cards. `chosen` comes when a person chose, not when it was shown."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonToggled.connect(self._on_group_toggled)
        self.cards: dict[str, Card] = {}
        self._shown: str | None = None
        for choice in choices:
            card = Card(choice.title, choice.text, parent=self)
            card.setCheckable(True)
            self._group.addButton(card)
            column.addWidget(card)
            self.cards[choice.key] = card

    @property
    def current(self) -> str | None:
        return next((key for key, card in self.cards.items() if card.isChecked()), None)

    def show_choice(self, key: str) -> None:
        self._shown = key
        self.cards[key].setChecked(True)

    def focus_choice(self) -> None:
        card = self.cards.get(self.current or "") or next(iter(self.cards.values()))
        card.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(QAbstractButton, bool)
    def _on_group_toggled(self, button: QAbstractButton, checked: bool) -> None:
        if not checked:
            return
        key = next(name for name, card in self.cards.items() if card is button)
        if key != self._shown:
            self._shown = key
            self.chosen.emit(key)
