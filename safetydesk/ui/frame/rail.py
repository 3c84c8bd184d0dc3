"""The rail at the left: where one can go, what the role needs and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.icons import icon
from safetydesk.ui.places import Place
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import ToolButton

_NARROW = 1100  # logical px of the window: below this the words of the rail are in the way


@dataclass(frozen=True)
class Stop:
    """One entry of the rail."""

    place: Place
    word: str
    icon_name: str


def stops() -> list[Stop]:
    """The places that there are, in their order. Further ones come with the screens they lead to."""
    return [
        Stop(Place.TODAY, tr("今日"), "calendar-check"),
        Stop(Place.ENTERPRISES, tr("企业"), "factory"),
        Stop(Place.INSPECTION, tr("检查"), "clipboard-check"),
        Stop(Place.HAZARDS, tr("隐患"), "triangle-alert"),
        Stop(Place.PAPERS, tr("文书"), "file-text"),
        Stop(Place.SETTINGS, tr("设置"), "settings"),
    ]


class Rail(QFrame):
    """Words with icons, or icons alone when folded."""

    place_requested = Signal(object)  # Place
    folded = Signal(bool)

    def __init__(self, listed: Sequence[Stop], *, is_folded: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "rail")
        self.setAccessibleName(tr("导航"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, Space.S, 0, Space.S)
        self._column.setSpacing(Space.XS)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[Place, QToolButton] = {}
        for number, stop in enumerate(listed, 1):
            if stop.place is Place.SETTINGS:
                self._column.addStretch()
            self._add(stop, number)
        self._fold_button = self._make_button(tr("收起"), "chevrons-left")
        self._fold_button.clicked.connect(self._on_fold_clicked)
        self._column.addWidget(self._fold_button)
        self._folded = is_folded
        self._narrow = False
        self._show_folded()

    def make_room(self, width: int) -> None:
        """Fold by itself where the window is narrow; unfold again only if the person had it so."""
        narrow = width < theme.scaled(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_folded()

    def show_place(self, place: Place) -> None:
        button = self.buttons.get(place)
        if button is not None:
            button.setChecked(True)

    def _add(self, stop: Stop, number: int) -> None:
        button = self._make_button(stop.word, stop.icon_name)
        button.setCheckable(True)
        shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)  # the button's own would wait for its animation
        shortcut.activated.connect(button.click)
        button.setToolTip(f"{stop.word}  Alt+{number}")
        button.setProperty("place", str(stop.place))
        button.clicked.connect(self._on_stop_clicked)
        self._group.addButton(button)
        self._column.addWidget(button)
        self.buttons[stop.place] = button

    def _make_button(self, word: str, icon_name: str) -> QToolButton:
        button = ToolButton(self)
        button.setProperty("look", "rail")
        button.setText(word)
        button.setAccessibleName(word)
        button.setIcon(icon(icon_name, Colour.MUTED, on=Colour.ACCENT))
        button.setIconSize(QSize(theme.ICON, theme.ICON))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button

    def _show_folded(self) -> None:
        folded = self._folded or self._narrow
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if folded else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (*self.buttons.values(), self._fold_button):
            theme.look(button, "rail_folded" if folded else "rail")
            button.setToolButtonStyle(style)
            button.setIconSize(QSize(theme.ICON + (0 if folded else Space.S), theme.ICON))
        self.setFixedWidth(theme.RAIL_FOLDED if folded else theme.scaled(theme.RAIL_WIDTH))
        self._fold_button.setVisible(not self._narrow)
        said = tr("展开") if folded else tr("收起")
        self._fold_button.setText(said)
        self._fold_button.setAccessibleName(said)
        self._fold_button.setToolTip(said)
        self._fold_button.setIcon(icon("chevrons-right" if folded else "chevrons-left"))

    @Slot()
    def _on_stop_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.place_requested.emit(Place(sender.property("place")))

    @Slot()
    def _on_fold_clicked(self) -> None:
        self._folded = not self._folded
        self._show_folded()
        self.folded.emit(self._folded)
