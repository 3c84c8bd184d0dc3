"""Around the screens: the rail, the keys that work everywhere, and the way from place to place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui import theme
from safetydesk.ui.config import Appearance
from safetydesk.ui.frame.frame import Frame
from safetydesk.ui.main_window import MainWindow
from safetydesk.ui.places import ListHazards, OpenPlace, Place
from safetydesk.ui.shell import Shell
from safetydesk.ui.tasks import Task
from safetydesk.workflows import folders
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk

from ..pretend import Pretend, put_in_place

NO = Qt.KeyboardModifier.NoModifier
ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def always() -> bool:
    return True


@pytest.fixture
def frame(qtbot: QtBot, shell: Shell, file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Frame]:
    put_in_place(monkeypatch)
    window = MainWindow(shell.config, always)
    qtbot.addWidget(window)
    made = Frame(shell, folders.Place(file_desk.store.folder, file_desk.store.folder))
    window.show_page(made)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.begin()
    qtbot.waitUntil(lambda: not shell.runner.findChildren(Task))
    yield made
    made.leave()


def press(frame: Frame, key: Qt.Key, modifier: Qt.KeyboardModifier = NO) -> None:
    QTest.keyClick(frame.window().windowHandle(), key, modifier)


def here(frame: Frame) -> Pretend:
    screen = frame.current_screen()
    assert isinstance(screen, Pretend)
    return screen


def test_it_begins_with_today(frame: Frame) -> None:
    assert here(frame).place is Place.TODAY
    assert frame.rail.buttons[Place.TODAY].isChecked()
    assert here(frame).edit.hasFocus()
    assert len(frame._screens) == 1, "the others are made when somebody goes there"


@pytest.mark.parametrize(("number", "place"), list(enumerate(Place, 1)))
def test_alt_and_a_number_go_to_a_place_at_once(frame: Frame, number: int, place: Place) -> None:
    press(frame, Qt.Key(Qt.Key.Key_0 + number), ALT)
    assert here(frame).place is place
    assert frame.rail.buttons[place].isChecked()
    assert here(frame).edit.hasFocus()


def test_a_click_on_the_rail_goes_there(qtbot: QtBot, frame: Frame) -> None:
    qtbot.mouseClick(frame.rail.buttons[Place.PAPERS], Qt.MouseButton.LeftButton)
    assert here(frame).arrived == [OpenPlace(Place.PAPERS)]


def test_a_screen_can_send_one_elsewhere(frame: Frame) -> None:
    frame.shell.go(ListHazards("overdue"))
    assert here(frame).arrived == [ListHazards("overdue")]
    assert frame.rail.buttons[Place.HAZARDS].isChecked()


def test_a_screen_keeps_what_was_typed_in_it(frame: Frame) -> None:
    here(frame).edit.setText("half typed")
    press(frame, Qt.Key.Key_2, ALT)
    press(frame, Qt.Key.Key_1, ALT)
    assert here(frame).edit.text() == "half typed"
    assert len(here(frame).arrived) == 2


def test_a_screen_that_does_not_let_go_stays(frame: Frame) -> None:
    here(frame).lets_go = False
    press(frame, Qt.Key.Key_2, ALT)
    assert here(frame).place is Place.TODAY
    assert frame.rail.buttons[Place.TODAY].isChecked()
    assert not frame.may_close()


def test_who_types_and_is_sent_to_where_he_is_keeps_the_keyboard(frame: Frame) -> None:
    other = QWidget(here(frame))
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.show()
    other.setFocus()
    frame.go(OpenPlace(Place.TODAY))
    assert other.hasFocus()


def test_what_changed_reaches_the_screen_in_view_at_once_and_the_others_when_one_comes(
    qtbot: QtBot, frame: Frame
) -> None:
    today = here(frame)
    press(frame, Qt.Key.Key_2, ALT)
    enterprises = here(frame)
    frame.shell.write(lambda _session, _progress: Changes(hazards=True))
    qtbot.waitUntil(lambda: enterprises.refreshed == [Changes(hazards=True)])
    assert today.refreshed == []
    press(frame, Qt.Key.Key_1, ALT)
    assert today.refreshed == [Changes(hazards=True)]
    press(frame, Qt.Key.Key_2, ALT)
    assert len(enterprises.refreshed) == 1


def test_esc_goes_one_step_back_in_the_screen_and_then_puts_the_message_away(frame: Frame) -> None:
    here(frame).steps_back = 1
    frame.shell.messages.tell("已复制。")
    press(frame, Qt.Key.Key_Escape)
    assert frame.message_bar.isVisible()
    assert here(frame).steps_back == 0
    press(frame, Qt.Key.Key_Escape)
    assert not frame.message_bar.isVisible()


def test_ctrl_z_takes_back_what_the_screen_did_last(frame: Frame) -> None:
    here(frame).edit.clearFocus()
    frame.setFocus()
    here(frame).can_undo = True
    undone: list[int] = []
    frame.shell.messages.undoable("已销号。", lambda _session, _progress: undone.append(1))
    press(frame, Qt.Key.Key_Z, CONTROL)
    assert here(frame).undone == 1
    assert frame.message_bar.isVisible(), "what the message says was not taken back"
    assert undone == []


def test_ctrl_z_takes_back_what_the_message_says_where_the_screen_has_nothing(qtbot: QtBot, frame: Frame) -> None:
    here(frame).edit.clearFocus()
    undone: list[int] = []
    frame.shell.messages.undoable("已销号。", lambda _session, _progress: undone.append(1))
    press(frame, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: undone == [1])
    qtbot.waitUntil(lambda: frame.message_bar.text_label.text().startswith("已撤销"))


def test_the_button_of_the_message_takes_back_what_the_message_says(qtbot: QtBot, frame: Frame) -> None:
    """Also where the screen would have something of its own."""
    here(frame).can_undo = True
    undone: list[int] = []
    frame.shell.messages.undoable("已销号。", lambda _session, _progress: undone.append(1))
    qtbot.mouseClick(frame.message_bar.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: undone == [1])
    assert here(frame).undone == 0


def test_ctrl_z_in_an_edit_takes_back_what_was_typed_there(frame: Frame) -> None:
    here(frame).can_undo = True
    QTest.keyClicks(here(frame).edit, "abc")
    press(frame, Qt.Key.Key_Z, CONTROL)
    assert here(frame).edit.text() == ""
    assert here(frame).undone == 0


def test_ctrl_k_goes_to_the_search_box(frame: Frame) -> None:
    press(frame, Qt.Key.Key_K, CONTROL)
    assert frame.search_box.edit.hasFocus()


def test_ctrl_l_and_the_button_ask_to_lock(qtbot: QtBot, frame: Frame) -> None:
    with qtbot.waitSignal(frame.shell.lock_requested):
        press(frame, Qt.Key.Key_L, CONTROL)
    with qtbot.waitSignal(frame.shell.lock_requested):
        qtbot.mouseClick(frame.lock_button, Qt.MouseButton.LeftButton)


def test_a_question_mark_shows_the_keys_unless_one_is_typing(qtbot: QtBot, frame: Frame) -> None:
    press(frame, Qt.Key.Key_Question, SHIFT)
    assert here(frame).edit.text() == "?"
    assert frame.window().findChild(QDialog) is None
    here(frame).edit.clearFocus()
    press(frame, Qt.Key.Key_Question, SHIFT)
    qtbot.waitUntil(lambda: frame.window().findChild(QDialog) is not None)
    sheet = frame.window().findChild(QDialog)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: frame.window().findChild(QDialog) is None)


def test_f1_shows_the_page_of_the_screen_and_esc_puts_it_away(qtbot: QtBot, frame: Frame) -> None:
    press(frame, Qt.Key.Key_F1)
    assert frame._help is not None
    assert frame._help.isVisible()
    press(frame, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not frame._help.isVisible())


def test_the_rail_folds_to_icons_and_stays_folded(qtbot: QtBot, frame: Frame) -> None:
    wide = frame.rail.width()
    qtbot.mouseClick(frame.rail._fold_button, Qt.MouseButton.LeftButton)
    assert frame.rail.width() < wide
    assert frame.shell.config.now.rail_folded
    assert frame.rail.buttons[Place.PAPERS].toolTip().startswith("文书")
    press(frame, Qt.Key.Key_5, ALT)
    assert here(frame).place is Place.PAPERS
    qtbot.mouseClick(frame.rail._fold_button, Qt.MouseButton.LeftButton)
    assert frame.rail.width() == wide


def test_a_narrow_window_folds_the_rail_by_itself(qtbot: QtBot, frame: Frame) -> None:
    wide = frame.rail.width()
    frame.window().resize(1000, 600)
    qtbot.waitUntil(lambda: frame.rail.width() < wide)
    assert not frame.shell.config.now.rail_folded
    frame.window().resize(1366, 728)
    qtbot.waitUntil(lambda: frame.rail.width() == wide)


def test_after_midnight_everything_is_asked_again(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    day = frame.shell.desk.today()
    frame._minute.timeout.emit()
    assert here(frame).refreshed == []
    monkeypatch.setattr(type(frame.shell.desk), "today", lambda _desk: day + timedelta(days=1))
    frame._minute.timeout.emit()
    (changes,) = here(frame).refreshed
    assert all(vars(changes).values())
    frame._minute.timeout.emit()
    assert len(here(frame).refreshed) == 1


def test_what_waits_to_be_handed_over_is_counted(qtbot: QtBot, frame: Frame, file_desk: Desk) -> None:
    from safetydesk.workflows import enterprises, today

    def write(session: object, _progress: object) -> Changes:
        enterprises.add(session, file_desk, {"name": "样溪甲厂", "address": "样溪路1号"})  # type: ignore[arg-type]
        return Changes(ledger=True)

    frame.shell.write(write)
    with file_desk.store.reading() as session:
        before = today.unsent(session)
    qtbot.waitUntil(lambda: frame.unsent_label.text() not in ("", f"待交换 {before:,} 项"))


@pytest.mark.parametrize("look", [Appearance(), Appearance("dark", large=True, touch=True)], ids=str)
def test_everything_around_the_screens_has_a_name_and_is_reached_by_tab(
    qtbot: QtBot, qapp: QApplication, frame: Frame, look: Appearance
) -> None:
    theme.apply(qapp, look, own_face=True)
    walked: set[QWidget] = set()
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        walked.add(focused)
        press(frame, Qt.Key.Key_Tab)
    found = frame.findChildren(QToolButton)
    buttons = {one for one in found if one.isVisible() and not isinstance(one.parentWidget(), QLineEdit)}
    for widget in (frame.search_box.edit, frame.help_button, frame.lock_button, here(frame).edit):
        assert widget in walked
    assert any(button in walked for button in frame.rail.buttons.values())
    for widget in (*walked, *buttons):
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget
        if isinstance(widget, QToolButton):
            least = theme.current().target
            assert min(widget.width(), widget.height()) >= least, (widget.accessibleName(), widget.size(), least)
    theme.apply(qapp, Appearance(), own_face=True)


def test_enter_presses_the_button_that_has_the_keyboard_once(qtbot: QtBot, frame: Frame) -> None:
    pressed: list[str] = []
    frame.shell.lock_requested.connect(lambda: pressed.append("lock"))
    frame.lock_button.setFocus()
    press(frame, Qt.Key.Key_Return)
    press(frame, Qt.Key.Key_Return, CONTROL)  # this one is the screen's
    assert pressed == ["lock"]
    frame.rail.buttons[Place.HAZARDS].setFocus()
    press(frame, Qt.Key.Key_Enter)
    assert here(frame).place is Place.HAZARDS
