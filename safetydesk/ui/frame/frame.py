"""Everything around the screens, and the way between them."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui import theme, trace
from safetydesk.ui.frame.foot import Foot
from safetydesk.ui.frame.message_bar import MessageBar
from safetydesk.ui.frame.rail import Rail, stops
from safetydesk.ui.frame.renewal import Renewal
from safetydesk.ui.frame.search_box import SearchBox
from safetydesk.ui.frame.task_line import TaskLine
from safetydesk.ui.places import OpenPlace, Place, Target
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import icon_button
from safetydesk.ui.widgets.labels import muted_label
from safetydesk.workflows import folders
from safetydesk.workflows.changes import Changes

_SCREENS = {
    Place.TODAY: "today.screen:TodayScreen",
    Place.ENTERPRISES: "enterprises.screen:EnterprisesScreen",
    Place.INSPECTION: "inspection.screen:InspectionScreen",
    Place.HAZARDS: "hazards.screen:HazardsScreen",
    Place.PAPERS: "papers.screen:PapersScreen",
    Place.SETTINGS: "settings.screen:SettingsScreen",
}


_EVERYTHING = Changes(**{one.name: True for one in fields(Changes)})
_MINUTE = 60_000  # ms

_ROOM_FOR_HELP = 1300  # logical px of the window


class Frame(QWidget):
    """Rail, top line, the screen, message bar. Screens are made when they are first gone to."""

    def __init__(self, shell: Shell, place: folders.Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self._place = place
        self._screens: dict[Place, Screen] = {}
        self._behind: dict[Place, list[Changes]] = {}
        self._help: Any = None
        self._day = shell.desk.today()
        self._minute = QTimer(self)
        self._minute.timeout.connect(self._on_minute_timeout)
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(stops(), is_folded=shell.config.now.rail_folded, parent=self)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row.addLayout(column, 1)
        column.addWidget(self._make_top_line())
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        column.addWidget(self._make_foot())
        self._side = row
        self._renewal = Renewal(self.shell, self)
        self._connect()
        self._add_keys()

    # --- what the app asks

    def begin(self) -> None:
        """Show 今日 with what is due."""
        self.go(OpenPlace(Place.TODAY))
        self._ask_unsent()
        self._minute.start(_MINUTE)
        self._renewal.look()

    def come_back(self) -> None:
        """The lock was opened again: the keyboard is where it was, and the day may be another."""
        screen = self.current_screen()
        if screen is not None and not self.isAncestorOf(QApplication.focusWidget() or self):
            screen.focus_first()
        self._on_minute_timeout()

    def leave(self) -> None:
        """The window goes: nothing more is asked."""
        self._minute.stop()
        self.message_bar.hide()

    def may_close(self) -> bool:
        """Whether every screen lets go; the first that does not is shown, and says why."""
        for place, screen in self._screens.items():
            if not screen.may_leave():
                self._show(place)
                return False
        return True

    def current_screen(self) -> Screen | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def screen_of(self, place: Place) -> Screen:
        """The screen of a place, made now if nobody was there yet."""
        if place not in self._screens:
            module, _, name = _SCREENS[place].partition(":")
            made = getattr(import_module(f"safetydesk.ui.{module}"), name)(self.shell, self)
            self._screens[place] = made
            self._stack.addWidget(made)
        return self._screens[place]

    @Slot(object)
    def go(self, target: Target) -> None:
        """Go where the target is, unless what is typed here would be lost."""
        here = self.current_screen()
        if here is not None and here.place is not target.place and not here.may_leave():
            return
        screen = self.screen_of(target.place)
        self._show(target.place)
        screen.arrive(target)
        for changes in self._behind.pop(target.place, []):
            screen.refresh(changes)
        if here is not screen or not screen.isAncestorOf(QApplication.focusWidget() or self):
            screen.focus_first()

    # --- inside

    def _make_top_line(self) -> QWidget:
        top = QFrame(self)
        top.setProperty("look", "bar")
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # the same above every screen
        row = QHBoxLayout(top)
        row.setContentsMargins(Space.XL, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        self.search_box = SearchBox(self.shell, top)
        row.addWidget(self.search_box, 1)
        row.addStretch()
        self.sample_label = QLabel("", top)
        self.sample_label.setProperty("look", "general")
        if (self._place.folder / "sample.json").exists():
            self.sample_label.setText(tr("样例数据，随便试"))
        row.addWidget(self.sample_label)
        self.unsent_label = muted_label("", top)
        self.unsent_label.setToolTip(tr("还没有交换出去的改动。都已经保存在这台电脑里，不会丢。"))
        row.addWidget(self.unsent_label)
        self.help_button = icon_button("circle-help", tr("帮助 F1"), top)
        self.help_button.clicked.connect(self.show_help)
        row.addWidget(self.help_button)
        self.lock_button = icon_button("lock", tr("锁定 Ctrl+L"), top)
        self.lock_button.clicked.connect(self.shell.lock_requested)
        row.addWidget(self.lock_button)
        return top

    def _make_foot(self) -> QWidget:
        foot = Foot(self)
        self.task_line = TaskLine(self.shell.runner, foot)
        self.message_bar = MessageBar(foot)
        foot.add(self.task_line)
        foot.add(self.message_bar)
        return foot

    def _connect(self) -> None:
        self.rail.place_requested.connect(self._on_rail_place_requested)
        self.rail.folded.connect(self._on_rail_folded)
        self.shell.go_requested.connect(self.go)
        self.shell.messages.said.connect(self.message_bar.show_message)
        self.message_bar.undo_requested.connect(self.undo_message)
        self.task_line.stopped.connect(self._on_task_line_stopped)
        self.shell.runner.changed.connect(self._on_runner_changed)

    def _add_keys(self) -> None:
        for keys, slot in (
            ("Ctrl+K", self.search_box.begin),
            ("Ctrl+L", self.shell.lock_requested),
            ("Ctrl+Z", self.undo),
            ("F1", self.show_help),
            ("?", self.show_keys),
            ("Shift+?", self.show_keys),  # what some systems make of the same key
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody wanted goes one step back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        if self._help is not None and self._help.isVisible():
            self._help.close_pane()
            return
        screen = self.current_screen()
        if screen is not None and not screen.go_back():
            self.message_bar.put_away()

    @Slot()
    def _make_room(self) -> None:
        """Help stands beside the screen where both have room, else over it."""
        self.rail.make_room(self.width())
        shown = self._help is not None and self._help.isVisible()
        beside = shown and self.width() >= theme.scaled(_ROOM_FOR_HELP)
        self._side.setContentsMargins(0, 0, self._help.width() if beside else 0, 0)
        if shown:
            self._help.setGeometry(self.width() - self._help.width(), 0, self._help.width(), self.height())

    @Slot()
    def undo(self) -> None:
        """Take back the last thing: the screen's own first, such as the last answer of a check."""
        here = self.current_screen()
        if here is not None and here.undo():
            return
        self.undo_message()

    @Slot()
    def undo_message(self) -> None:
        """Take back what the message bar says, whatever screen is in view."""
        if self.shell.undo():
            self.message_bar.put_away()

    @Slot()
    def show_help(self) -> None:
        """The page of docs/guide for this screen, beside it."""
        from safetydesk.ui.help.pane import HelpPane

        if self._help is None:
            self._help = HelpPane(self)
            self._help.closed.connect(self._make_room)
        screen = self.current_screen()
        self._help.show_page(screen.help_page if screen is not None else "")
        self._help.show()
        self._help.raise_()
        self._make_room()

    @Slot()
    def show_keys(self) -> None:
        from safetydesk.ui.help.keys_sheet import KeysSheet

        screen = self.current_screen()
        sheet = KeysSheet(screen.keys() if screen is not None else [], self.window())
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _show(self, place: Place) -> None:
        self._stack.setCurrentWidget(self.screen_of(place))
        self.rail.show_place(place)

    def _ask_unsent(self) -> None:
        self.shell.read(_unsent, self._on_unsent_read)

    @Slot(object)
    def _on_unsent_read(self, count: int) -> None:
        self.unsent_label.setText(tr("待交换 {count} 项", count=f"{count:,}") if count else "")
        trace.moment("frame_told")

    @Slot(object)
    def _on_rail_place_requested(self, place: Place) -> None:
        self.go(OpenPlace(place))
        here = self.current_screen()
        if here is not None:
            self.rail.show_place(here.place)

    @Slot()
    def _on_minute_timeout(self) -> None:
        """Past midnight what was due tomorrow is due today: everything is asked again."""
        day = self.shell.desk.today()
        if day != self._day:
            self._day = day
            self._on_runner_changed(_EVERYTHING)

    @Slot()
    def _on_task_line_stopped(self) -> None:
        self.shell.messages.tell(tr("已停止，恢复到开始前的样子。"))

    @Slot(bool)
    def _on_rail_folded(self, folded: bool) -> None:
        self.shell.config.change(rail_folded=folded)

    @Slot(object)
    def _on_runner_changed(self, changes: Changes) -> None:
        """The screen in view asks again now, the others when somebody comes."""
        here = self.current_screen()
        for place, screen in self._screens.items():
            if screen is here:
                screen.refresh(changes)
            else:
                self._behind.setdefault(place, []).append(changes)
        self._ask_unsent()


def _unsent(session: Any, _progress: object) -> int:
    from safetydesk.workflows.today import unsent

    return unsent(session)
