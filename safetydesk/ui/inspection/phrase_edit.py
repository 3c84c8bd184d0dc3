"""A line that offers words: by their pinyin initials, by what they contain, or all of them with the down key.

Enter takes an offer only where one was gone to, or where letters were typed that name it; otherwise it is the form's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui import theme
from safetydesk.ui.theme import Colour, Space, Type

_MOST_SHOWN = 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SEPARATORS = "、；，"


@dataclass(frozen=True)
class Offer:
    """Words to take. `target` is the field they belong to, `group` the word for it; `whole`: they replace everything."""

    label: str
    value: str
    target: str = ""
    group: str = ""
    whole: bool = True


class PhraseEdit(QLineEdit):
    """One line of text with offers below it."""

    picked = Signal(object)  # Offer
    entered = Signal()
    left = Signal()
    rewrite_requested = Signal()  # F2

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._offers: Sequence[Offer] = ()
        self._initials: Mapping[str, str] = {}
        self._popup: OfferList | None = None
        self._is_typed = False  # what stands here was typed, not taken
        self.textEdited.connect(self._on_text_edited)

    def set_offers(self, offers: Sequence[Offer]) -> None:
        if self._offers == tuple(offers):
            return
        self._offers = tuple(offers)
        if self.is_open:
            self._show_matching(self._wanted() if self._is_typed else "", keeps_choice=True)

    def set_initials(self, initials: Mapping[str, str]) -> None:
        """By label; until they are known, offers are found by what they contain."""
        self._initials = initials
        if self._is_typed and self.hasFocus() and not self.is_open:
            self._on_text_edited(self.text())

    @property
    def offers(self) -> Sequence[Offer]:
        return self._offers

    @property
    def is_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def open_offers(self) -> None:
        """Show everything there is to take."""
        self._show_matching("")

    def close_offers(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def place_offers(self) -> None:
        """The list stays at its line when that moves, by scrolling too."""
        if self._popup is not None and self.is_open:
            self._popup.place(self)

    def take(self, offer: Offer) -> None:
        """Put the words where they belong; what belongs to another field is only handed on."""
        self.close_offers()
        self._is_typed = False
        self.picked.emit(offer)

    # --- keys and focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in ENTER:
            event.ignore()  # the whole walk's
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in ENTER:
            if not self._take_chosen():
                self.close_offers()
                self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.is_open:
            self.close_offers()
        elif key == Qt.Key.Key_F2:
            self.rewrite_requested.emit()
        elif event.text() == "/" and not self.text():
            self.open_offers()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
                self._take_chosen()
            elif event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape and self.is_open:
                event.accept()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_typed = False
        self.close_offers()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_offers()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.place_offers()

    def hideEvent(self, event: QEvent) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self.close_offers()

    # --- inside

    def _wanted(self) -> str:
        """What is being typed now: the part behind the last mark."""
        text = self.text()
        start = max((text.rfind(mark) for mark in _SEPARATORS), default=-1) + 1
        return text[start:].strip()

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._is_typed = True
        wanted = self._wanted()
        if wanted:
            self._show_matching(wanted, choose_first=wanted.isascii() and wanted.isalpha())
        else:
            self.close_offers()

    def _show_matching(self, wanted: str, *, choose_first: bool = False, keeps_choice: bool = False) -> None:
        found = [offer for offer in self._offers if self._matches(offer, wanted.casefold())]
        if not found or (len(found) == 1 and found[0].value == self.text()):
            self.close_offers()
            return
        if self._popup is None:
            self._popup = OfferList(self.window())
            self._popup.taken.connect(self.take)
            self.destroyed.connect(self._popup.deleteLater)  # it is the window's child, not the line's
        chosen = self._popup.chosen() if keeps_choice else None
        at = found.index(chosen) if chosen in found else (0 if choose_first else -1)
        self._popup.show_offers(found, self, chosen=at)

    def _matches(self, offer: Offer, wanted: str) -> bool:
        if not wanted or wanted in offer.label.casefold():
            return True
        return wanted.isascii() and wanted in self._initials.get(offer.label, "")

    def _move(self, step: int) -> None:
        if not self.is_open:
            if step > 0:
                self.open_offers()
                self._choose(1)
            return
        self._choose(step)

    def _choose(self, step: int) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.move_choice(step)

    def _take_chosen(self) -> bool:
        offer = self._popup.chosen() if self._popup is not None and self.is_open else None
        if offer is None:
            return False
        self.take(offer)
        return True


class OfferList(QFrame):
    """The offers below a line. It never takes the focus, so that typing goes on."""

    taken = Signal(object)  # Offer

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window_below = window
        self.setProperty("look", "floating")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_OfferDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_item_clicked)
        column.addWidget(self.list)
        self.hide()

    def show_offers(self, offers: Sequence[Offer], edit: QWidget, *, chosen: int) -> None:
        self.list.clear()
        for offer in offers:
            item = QListWidgetItem(offer.label)
            item.setData(Qt.ItemDataRole.UserRole, offer)
            self.list.addItem(item)
        self.list.setCurrentRow(chosen)
        self.place(edit)
        self.show()
        self.raise_()

    def chosen(self) -> Offer | None:
        item = self.list.currentItem()
        offer = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return offer if isinstance(offer, Offer) else None

    def move_choice(self, step: int) -> None:
        count = self.list.count()
        row = self.list.currentRow()
        self.list.setCurrentRow((row + step) % count if row >= 0 else (0 if step > 0 else count - 1))

    def place(self, edit: QWidget) -> None:
        """Below the line, or above it where there is more room."""
        height = min(self.list.count(), _MOST_SHOWN) * theme.current().target + Space.XS  # its edges
        window = self.window_below
        below = edit.mapTo(window, QPoint(0, edit.height() + Space.XS))
        room = window.height() - below.y() - Space.S
        top = edit.mapTo(window, QPoint(0, 0)).y() - Space.XS
        if room < height and top > room:
            height = min(height, top - Space.S)
            self.setGeometry(QRect(below.x(), top - height, edit.width(), height))
        else:
            height = min(height, max(room, theme.current().target))
            self.setGeometry(QRect(below.x(), below.y(), edit.width(), height))

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self.taken.emit(item.data(Qt.ItemDataRole.UserRole))


class _OfferDelegate(QStyledItemDelegate):
    """The words, and in grey which field they are for."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.current().target)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        area = option.rect
        state = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.fillRect(area, theme.colour(Colour.ACCENT_SOFT if chosen else Colour.HOVER))
        inner = area.adjusted(Space.S, 0, -Space.S, 0)
        painter.setFont(theme.font(Type.NOTE))
        painter.setPen(theme.colour(Colour.MUTED))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, offer.group)
        taken = painter.fontMetrics().horizontalAdvance(offer.group) + Space.M if offer.group else 0
        painter.setFont(theme.font(Type.TEXT))
        painter.setPen(theme.colour(Colour.TEXT))
        room = inner.adjusted(0, 0, -taken, 0)
        text = painter.fontMetrics().elidedText(offer.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
