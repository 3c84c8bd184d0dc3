"""The composition root of the window: lock screen first, everything else while the person types."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog

from safetydesk.ui import theme, trace
from safetydesk.ui.config import Config
from safetydesk.ui.lock.screen import LockScreen
from safetydesk.ui.main_window import MainWindow
from safetydesk.ui.no_display import DisplayWatch
from safetydesk.ui.text import tr
from safetydesk.workflows.folders import Place

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtCore import QTranslator
    from PySide6.QtWidgets import QWidget

    from safetydesk.ui.frame.frame import Frame
    from safetydesk.ui.garbage import WindowGarbage
    from safetydesk.ui.tasks import TaskRunner
    from safetydesk.workflows.desk import Desk

NAME = "SafetyDesk"


def run(place: Place, now: str | None) -> int:
    """Open the window on this installation, and return when it was closed. `now` sets the clock by hand."""
    with DisplayWatch():
        app = QApplication(sys.argv[:1])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName(tr("网格安全员工作台"))
    app.setDesktopFileName("safetydesk")
    window_app = App(place, now)
    sys.excepthook = window_app.on_bug
    QTimer.singleShot(0, window_app.listen_to_signals)
    try:
        window_app.open()
        return app.exec()
    finally:
        window_app.shut_down()


class App(QObject):
    """Goes from lock screen or first start to the frame and back."""

    frame_opened = Signal(object)

    def __init__(self, place: Place, now: str | None, *, own_face: bool = False) -> None:
        super().__init__()
        self.place = place
        self.now = now
        self.config = Config(place.state)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._own_face = own_face
        theme.apply(app, self.config.now.appearance, own_face=own_face)
        self.runner: TaskRunner | None = None
        self.desk: Desk | None = None
        self.frame: Frame | None = None
        self.lock_screen: LockScreen | None = None
        self.window = MainWindow(self.config, self._may_close)
        self._first_start: QWidget | None = None
        self._garbage: WindowGarbage | None = None
        self._words_of_qt: QTranslator | None = None
        self._is_leaving = False

    def open(self) -> None:
        """Show the first thing, and begin to load the rest once it was painted."""
        if self.place.is_set_up:
            self._show_lock()
            self.window.show_first()
        else:
            self._warm_up()
            self._show_first_start()
            self.window.show_first()

    @Slot()
    def listen_to_signals(self) -> None:
        """Loaded when the first thing is on its way to the screen."""
        from safetydesk.ui.stop_signals import StopSignals

        StopSignals(self).asked_to_stop.connect(QApplication.quit)

    def shut_down(self) -> None:
        """Cancel, wait, close the store."""
        self._is_leaving = True
        if self.frame is not None:
            self.frame.leave()
        if self.runner is not None:
            self.runner.shut_down()
            self.runner = None
        if self.desk is not None:
            self.desk.store.close()
            self.desk = None
        if self._garbage is not None:
            self._garbage.stop()
        if self._words_of_qt is not None:
            QApplication.removeTranslator(self._words_of_qt)
        self.window.hide()

    def on_bug(self, kind: type[BaseException], error: BaseException, trace_of: TracebackType | None) -> None:
        """Something that no line of the program expected: it goes to the log and is said, and the window stays."""
        if not isinstance(error, Exception) or os.environ.get("SAFETYDESK_DEBUG"):
            sys.__excepthook__(kind, error, trace_of)
        if not isinstance(error, Exception):
            return
        from safetydesk.ui.shell import trouble_message

        if self.lock_screen is not None:
            said = trouble_message(error)
            self.lock_screen.say_trouble(said.text, said.hint)
        elif self.frame is not None:
            self.frame.shell.messages.trouble(error)

    def _show_lock(self) -> None:
        self._drop_lock()
        screen = LockScreen()
        self.lock_screen = screen
        screen.painted.connect(self._on_lock_painted)
        screen.unlock_requested.connect(self._on_unlock_requested)
        self._say_sample(screen)
        self.window.show_page(screen)
        screen.passphrase_edit.setFocus()

    def _say_sample(self, screen: LockScreen) -> None:
        if not (self.place.folder / "sample.json").exists():
            self.window.setWindowTitle("")  # the system shows the name of the program
            return
        from safetydesk.ui.first_start import sample

        self.window.setWindowTitle(sample.title_of(self.place))
        sample.mark_lock_screen(screen, self.place)
        screen.other_place_requested.connect(self._on_other_place_requested)

    def _show_first_start(self) -> None:
        from safetydesk.ui.first_start.first_start import FirstStart

        assert self.runner is not None
        page = FirstStart(self.place, self.now, self.runner, self.config)
        page.ready.connect(self._on_first_start_ready)
        self._first_start = page
        self.window.show_page(page)
        page.focus_first()

    def _warm_up(self) -> None:
        """Start the threads, and load in one of them what the first screen will need."""
        if self.runner is not None:
            return
        from safetydesk.ui.garbage import WindowGarbage
        from safetydesk.ui.tasks import TaskRunner

        theme.add_rare_face()
        self._words_of_qt = _words_of_qt(self)
        self._garbage = WindowGarbage(self)
        self.runner = TaskRunner(self)
        self.runner.pool(_import_what_is_needed).start()

    @Slot()
    def _on_lock_painted(self) -> None:
        trace.moment("lock_painted")
        QTimer.singleShot(0, self._warm_up)

    @Slot(str)
    def _on_unlock_requested(self, passphrase: str) -> None:
        self._warm_up()
        assert self.runner is not None
        assert self.lock_screen is not None
        self.lock_screen.set_busy(tr("正在打开……"))
        trace.moment("passphrase_given")
        if self.desk is None:
            self._begin(_Opening(self.place, passphrase, self.now), self._on_desk_opened)
        else:
            self._begin(_Verifying(self.place, passphrase), self._on_passphrase_verified)

    def _begin(self, work: Any, on_done: Any) -> None:
        assert self.runner is not None
        task = self.runner.pool(work)
        task.succeeded.connect(on_done)
        task.failed.connect(self._on_opening_failed)
        task.start()

    @Slot(object)
    def _on_desk_opened(self, desk: Desk) -> None:
        trace.moment("unlocked")
        self.desk = desk
        if self._is_leaving:
            return  # the window was closed meanwhile
        assert self.runner is not None
        self.runner.desk = desk
        self._show_frame()

    def _show_frame(self) -> None:
        from safetydesk.ui.dialogs import DialogAsker, DialogFileChooser
        from safetydesk.ui.frame.frame import Frame
        from safetydesk.ui.printing import PaperPrinter
        from safetydesk.ui.shell import Shell

        assert self.desk is not None
        assert self.runner is not None
        asker, files = DialogAsker(self.window), DialogFileChooser(self.window, self.config)
        shell = Shell(self.desk, self.runner, self.config, asker, files, None)
        shell.printer = PaperPrinter(shell, self.window)
        shell.lock_requested.connect(self.lock)
        shell.appearance_changed.connect(self._on_appearance_changed)
        self.frame = Frame(shell, self.place)
        shell.setParent(self.frame)
        self.window.show_page(self.frame)
        self.frame.begin()
        self.window.watch_idle(self.lock)
        self._drop_lock()
        self.frame_opened.emit(self.frame)

    @Slot(object)
    def _on_passphrase_verified(self, _nothing: object) -> None:
        if self.frame is None or self._is_leaving:
            return
        self.window.show_page(self.frame)
        self.frame.come_back()
        self._drop_lock()

    @Slot(object)
    def _on_opening_failed(self, error: Exception) -> None:
        from safetydesk.ui.shell import trouble_message

        if self.lock_screen is None:
            return
        if getattr(error, "code", "") == "wrong_passphrase":
            self.lock_screen.say_wrong()
        else:
            said = trouble_message(error)
            self.lock_screen.say_trouble(said.text, said.hint)

    @Slot()
    def lock(self) -> None:
        """Cover everything until the passphrase was typed again. What was being typed stays as it is."""
        if self.frame is None or self.lock_screen is not None:
            return
        while (menu := QApplication.activePopupWidget()) is not None and menu.close():
            pass
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        self._show_lock()

    def _drop_lock(self) -> None:
        if self.lock_screen is not None:
            self.lock_screen.clear()
            self.window.drop_page(self.lock_screen)
            self.lock_screen = None

    @Slot(object, str)
    def _on_first_start_ready(self, place: Place, passphrase: str) -> None:
        page = self.window.current_page()
        self._go_to(place)
        if page is not None:
            self.window.drop_page(page)
        self._on_unlock_requested(passphrase)

    @Slot()
    def _on_other_place_requested(self) -> None:
        from safetydesk.ui.first_start import sample

        self._go_to(sample.own_place(self.place))

    def _go_to(self, place: Place) -> None:
        """Close what is open, and show the door of another installation."""
        assert self.runner is not None
        self.runner.stop_all()
        if self.desk is not None:
            self.runner.lane(_Closing(self.desk)).start()  # behind what is still in line
            self.desk = self.runner.desk = None
        for page in (self.frame, self._first_start):
            if page is not None:
                self.window.drop_page(page)
        self.frame = self._first_start = None
        self.place = place
        if place.is_set_up:
            self._show_lock()
        else:
            self._show_first_start()

    @Slot(object)
    def _on_appearance_changed(self, appearance: Any) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, appearance, own_face=self._own_face)

    def _may_close(self) -> bool:
        """Whether every screen lets go. A running write is waited for after the window is gone."""
        return self.frame is None or self.frame.may_close()


class _Opening:
    """In the pool: the key, then the store."""

    def __init__(self, place: Place, passphrase: str, now: str | None) -> None:
        self._place = place
        self._passphrase = passphrase
        self._now = now

    def __call__(self, _progress: object) -> Any:
        from safetydesk.workflows.loading import load

        load()
        from safetydesk.workflows.opening import unlock
        from safetydesk.workflows.wall_clock import wall_clock

        return unlock(self._place, self._passphrase, wall_clock(self._now))


class _Closing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, _progress: object) -> None:
        self._desk.store.close()


class _Verifying:
    def __init__(self, place: Place, passphrase: str) -> None:
        self._place = place
        self._passphrase = passphrase

    def __call__(self, _progress: object) -> None:
        from safetydesk.workflows.opening import verify

        verify(self._place, self._passphrase)


def _words_of_qt(parent: QObject) -> QTranslator:
    """What Qt itself says, in Chinese too: the menus of edits, the file dialog, the calendar."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    words = QTranslator(parent)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QApplication.installTranslator(words)
    return words


_NEEDED = (  # by name: an import that nothing in this module uses would be taken for one too many
    "safetydesk.workflows.today",
    "safetydesk.ui.frame.frame",
    "safetydesk.ui.dialogs",
    "safetydesk.ui.printing",
    "safetydesk.ui.idle",
    "safetydesk.ui.today.screen",
)
_NEXT = ("safetydesk.workflows.global_search", "safetydesk.ui.frame.search_results")
"""What the first key after that may need."""


def _import_what_is_needed(_progress: object) -> None:
    """What opening and the first screen need, loaded while the passphrase is typed."""
    from importlib import import_module

    from safetydesk.workflows.loading import load

    load()
    for name in _NEEDED:
        import_module(name)
    trace.moment("warmed")
    for name in _NEXT:
        import_module(name)
