"""From the door into the frame and back: what is seen, what is kept, and what is left running."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import PASSPHRASE, Office
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from safetydesk.models import keys
from safetydesk.ui.app import App
from safetydesk.ui.frame.frame import Frame
from safetydesk.ui.lock.screen import LockScreen
from safetydesk.ui.places import OpenPlace, Place
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.folders import state_folder

from ..pretend import Pretend, put_in_place

LONG = 20_000  # ms


@pytest.fixture
def program(
    qtbot: QtBot, file_office: Office, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[App]:
    """The program at its door, over a real store."""
    put_in_place(monkeypatch)
    file_office.set_up().store.close()
    yield from running(qtbot, App(file_office.place(), None, own_face=True))


def running(qtbot: QtBot, made: App) -> Iterator[App]:
    made.open()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    yield made
    made.shut_down()
    made.window.deleteLater()
    made.deleteLater()


def door(program: App) -> LockScreen:
    assert program.lock_screen is not None
    return program.lock_screen


def press(program: App, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """As the system sends it: to the window, which knows who has the focus and what is a shortcut."""
    QTest.keyClick(program.window.windowHandle(), key, modifier)


def give(qtbot: QtBot, program: App, passphrase: str) -> None:
    screen = door(program)
    qtbot.waitUntil(screen.passphrase_edit.hasFocus)
    screen.passphrase_edit.setText(passphrase)
    press(program, Qt.Key.Key_Return)


def unlock(qtbot: QtBot, program: App) -> Frame:
    give(qtbot, program, PASSPHRASE)
    qtbot.waitUntil(lambda: program.lock_screen is None, timeout=LONG)
    assert program.frame is not None
    return program.frame


def here(program: App) -> Pretend:
    assert program.frame is not None
    screen = program.frame.current_screen()
    assert isinstance(screen, Pretend)
    return screen


def test_the_right_passphrase_leads_to_what_is_due_today(qtbot: QtBot, program: App) -> None:
    frame = unlock(qtbot, program)
    assert program.window.current_page() is frame
    assert here(program).place is Place.TODAY
    assert here(program).arrived == [OpenPlace(Place.TODAY)]
    assert here(program).edit.hasFocus()


def test_the_wrong_one_does_not_and_the_right_one_does_after_it(qtbot: QtBot, program: App) -> None:
    for n in range(3):
        give(qtbot, program, f"wrong {n}")
        qtbot.waitUntil(lambda: door(program).said.text().startswith("口令不对"), timeout=LONG)
        assert program.frame is None
        assert program.desk is None
        assert door(program).passphrase_edit.selectedText() == f"wrong {n}"
    unlock(qtbot, program)


def test_a_damaged_key_file_is_said_at_the_door(qtbot: QtBot, program: App) -> None:
    file = program.place.folder / keys.KEY_FILE
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    give(qtbot, program, PASSPHRASE)
    qtbot.waitUntil(lambda: door(program).said.text() not in ("", "正在打开……"), timeout=LONG)
    assert not door(program).said.text().startswith("口令不对")
    file.write_bytes(whole)
    unlock(qtbot, program)


def test_locking_covers_everything_and_half_typed_words_survive(qtbot: QtBot, program: App) -> None:
    frame = unlock(qtbot, program)
    screen = here(program)
    QTest.keyClicks(screen.edit, "half typed")
    screen.edit.setCursorPosition(4)
    press(program, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.window.current_page() is door(program)
    assert not frame.isVisible()
    assert door(program).passphrase_edit.hasFocus()
    unlock(qtbot, program)
    assert program.frame is frame
    assert screen.edit.text() == "half typed"
    assert screen.edit.hasFocus()
    assert screen.edit.cursorPosition() == 4


def test_the_wrong_passphrase_does_not_open_what_was_locked(qtbot: QtBot, program: App) -> None:
    frame = unlock(qtbot, program)
    program.lock()
    give(qtbot, program, "wrong")
    qtbot.waitUntil(lambda: door(program).said.text().startswith("口令不对"), timeout=LONG)
    assert not frame.isVisible()
    unlock(qtbot, program)


def test_behind_the_lock_no_key_of_the_frame_works(qtbot: QtBot, program: App) -> None:
    frame = unlock(qtbot, program)
    screen = here(program)
    screen.can_undo, screen.steps_back = True, 1
    program.lock()
    qtbot.waitUntil(door(program).passphrase_edit.hasFocus)
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    door(program).unlock_button.setFocus()
    for key, modifier in ((Qt.Key.Key_Z, control), (Qt.Key.Key_K, control), (Qt.Key.Key_2, alt)):
        press(program, key, modifier)
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Question, Qt.Key.Key_Escape):
        press(program, key)
    assert frame.current_screen() is screen
    assert (screen.undone, screen.steps_back) == (0, 1)
    assert program.window.current_page() is door(program)


def test_dialogs_and_menus_close_when_it_locks(qtbot: QtBot, program: App) -> None:
    unlock(qtbot, program)
    answers: list[str] = []
    shell = here(program).shell
    shell.asker.ask(
        "签发？", "签发后不能改。", "签发并取号", lambda: answers.append("yes"), on_no=lambda: answers.append("no")
    )
    menu = QMenu(program.window)
    menu.addAction("x")
    menu.popup(program.window.mapToGlobal(program.window.rect().center()))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    program.lock()
    assert answers == ["no"]
    assert QApplication.activePopupWidget() is None
    assert QApplication.activeModalWidget() is None
    unlock(qtbot, program)


def test_nobody_there_locks_it(qtbot: QtBot, program: App) -> None:
    unlock(qtbot, program)
    idle = program.window._idle
    assert idle is not None
    idle._timer.setInterval(30)
    idle._timer.start()
    qtbot.waitUntil(lambda: program.lock_screen is not None)
    unlock(qtbot, program)
    assert idle._timer.isActive(), "it counts again"
    assert idle._timer.interval() == 10 * 60_000


def test_every_key_and_every_click_begins_to_count_again(qtbot: QtBot, program: App) -> None:
    unlock(qtbot, program)
    idle = program.window._idle
    assert idle is not None
    timer = idle._timer
    edit = here(program).edit
    for act in (
        lambda: press(program, Qt.Key.Key_A),
        lambda: QTest.mouseClick(program.window.windowHandle(), Qt.MouseButton.LeftButton),
        lambda: QTest.mouseMove(program.window.windowHandle(), edit.mapTo(program.window, edit.rect().center())),
    ):
        timer.start(5_000_000)
        act()
        qtbot.waitUntil(lambda: timer.interval() == 10 * 60_000)


def test_who_switched_it_off_is_never_locked_out(qtbot: QtBot, program: App) -> None:
    program.config.change(idle_minutes=0)
    unlock(qtbot, program)
    idle = program.window._idle
    assert idle is not None
    press(program, Qt.Key.Key_A)
    assert not idle._timer.isActive()


def test_a_write_that_runs_while_it_locks_is_carried_out(qtbot: QtBot, program: App) -> None:
    unlock(qtbot, program)
    may_go_on = threading.Event()

    def write(_session: Any, _progress: object) -> Any:
        assert may_go_on.wait(20)
        return Changes(hazards=True)

    screen = here(program)
    screen.shell.write(write)
    program.lock()
    may_go_on.set()
    qtbot.waitUntil(lambda: screen.refreshed == [Changes(hazards=True)], timeout=LONG)
    unlock(qtbot, program)


def test_who_comes_back_on_another_day_sees_that_day(
    qtbot: QtBot, program: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = unlock(qtbot, program)
    program.lock()
    day = frame.shell.desk.today()
    monkeypatch.setattr(type(frame.shell.desk), "today", lambda _desk: day + timedelta(days=1))
    unlock(qtbot, program)
    (changes,) = here(program).refreshed
    assert changes.hazards
    assert changes.ledger


def test_who_comes_back_on_the_same_day_waits_for_nothing(qtbot: QtBot, program: App) -> None:
    unlock(qtbot, program)
    program.lock()
    unlock(qtbot, program)
    assert here(program).refreshed == []


def test_locking_again_and_again_leaves_nothing_behind(qtbot: QtBot, program: App) -> None:
    unlock(qtbot, program)
    for _ in range(5):
        program.lock()
        program.lock()
        unlock(qtbot, program)
    qtbot.waitUntil(lambda: not program.window.findChildren(LockScreen))


def test_closing_at_the_door_leaves_nothing_running(qtbot: QtBot, program: App) -> None:
    program.window.close()
    program.shut_down()


def test_closing_while_it_opens_opens_nothing(qtbot: QtBot, program: App) -> None:
    give(qtbot, program, PASSPHRASE)
    program.window.close()
    program.shut_down()
    assert program.frame is None
    assert program.desk is None


def test_a_screen_that_does_not_let_go_keeps_the_window_open(qtbot: QtBot, program: App) -> None:
    frame = unlock(qtbot, program)
    here(program).lets_go = False
    today = here(program)
    frame._show(Place.PAPERS)
    assert not program.window.close()
    assert frame.current_screen() is today
    today.lets_go = True
    assert program.window.close()


def test_the_window_is_as_large_as_it_was_left(qtbot: QtBot, program: App) -> None:
    program.window.resize(1111, 666)
    qtbot.waitUntil(lambda: program.window.width() == 1111)
    program.window.close()
    assert program.config.now.size == (1111, 666)
    again = App(program.place, None, own_face=True)
    assert (again.window.width(), again.window.height()) == (1111, 666)
    again.window.deleteLater()


def test_sample_data_lead_back_to_ones_own(qtbot: QtBot, file_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the frame of the sample data, over its lock, to the door of one's own data; both stores are let go."""
    put_in_place(monkeypatch)
    file_office.set_up("自己的").store.close()
    file_office.set_up("样例").store.close()
    own, sample = file_office.place("自己的"), file_office.place("样例")
    plain = {"format": 1, "home": str(own.folder), "passphrase": PASSPHRASE, "ready": True}
    (sample.folder / "sample.json").write_text(json.dumps(plain), "utf-8")
    for program in running(qtbot, App(sample, None, own_face=True)):
        monkeypatch.setattr("safetydesk.ui.first_start.sample.own_place", lambda _place: own)
        frame = unlock(qtbot, program)
        store = frame.shell.desk.store
        program.lock()
        assert program.window.windowTitle() == "样例数据"
        with qtbot.waitSignal(frame.destroyed, timeout=LONG):
            program._on_other_place_requested()
        assert program.place == own
        assert program.window.windowTitle() == ""
        assert door(program).passphrase_edit.text() == ""
        other = unlock(qtbot, program)
        assert other is not frame
        assert other.shell.desk.store is not store
        assert other.shell.desk.store.folder == own.folder
        assert len(program.window.findChildren(Frame)) == 1


def test_what_the_program_did_not_expect_is_said_and_noted_and_it_goes_on(qtbot: QtBot, program: App) -> None:
    frame = unlock(qtbot, program)
    try:
        raise KeyError("李某某")
    except KeyError as error:
        program.on_bug(type(error), error, error.__traceback__)
    assert "出错" in frame.message_bar.text_label.text()
    assert "KeyError" in (state_folder() / "log" / "safetydesk.log").read_text("utf-8")
    assert "李某某" not in frame.message_bar.text_label.text() + frame.message_bar.hint_label.text()


def test_at_the_door_too(program: App) -> None:
    program.on_bug(ZeroDivisionError, ZeroDivisionError(), None)
    assert "出错" in door(program).said.text()


def test_an_interrupt_is_no_bug(program: App, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *what: seen.append(what))
    program.on_bug(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(seen) == 1
    assert door(program).said.text() == ""


def test_qt_speaks_chinese_as_well(qtbot: QtBot, program: App) -> None:
    """The menu of an edit, the buttons of the file dialog."""
    unlock(qtbot, program)
    menu = here(program).edit.createStandardContextMenu()
    texts = [action.text() for action in menu.actions() if action.text()]
    menu.deleteLater()
    assert any("复制" in text for text in texts), texts


def test_nothing_of_the_data_is_loaded_before_the_lock_is_painted(tmp_path: Path) -> None:
    """The database layer waits until the door stands."""
    import subprocess

    code = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
from safetydesk.ui.app import App
from safetydesk.workflows.folders import Place
folder = Path(sys.argv[1]); folder.mkdir(); (folder / "key.json").write_text("{}")
application = QApplication([])
program = App(Place(folder, folder / "state"), None)
program.open()
seen = []
program.lock_screen.painted.connect(lambda: seen.extend(sys.modules))
while not seen:
    application.processEvents()
heavy = {"sqlalchemy", "alembic", "argon2", "cryptography", "reportlab", "PIL", "pypinyin"}
print(*sorted(heavy & set(seen)))
program.shut_down()
"""
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "data")], capture_output=True, text=True, timeout=60
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout.split() == []
