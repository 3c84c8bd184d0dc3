"""The door: asks for the passphrase, and says plainly what is wrong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui import theme
from safetydesk.ui.config import Appearance
from safetydesk.ui.lock.screen import LockScreen


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication) -> LockScreen:
    theme.apply(qapp, Appearance(), own_face=True)
    made = LockScreen()
    qtbot.addWidget(made)
    made.resize(1366, 728)
    with qtbot.waitSignal(made.painted):
        made.show()
    made.activateWindow()
    made.passphrase_edit.setFocus()
    qtbot.waitUntil(made.passphrase_edit.hasFocus)
    return made


def type_in(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def test_enter_asks_to_unlock_with_what_was_typed(qtbot: QtBot, door: LockScreen) -> None:
    type_in(qtbot, "open sesame 9")
    with qtbot.waitSignal(door.unlock_requested) as asked:
        qtbot.keyClick(door.passphrase_edit, Qt.Key.Key_Return)
    assert asked.args == ["open sesame 9"]
    assert door.passphrase_edit.text() == "open sesame 9"


def test_the_button_does_the_same(qtbot: QtBot, door: LockScreen) -> None:
    type_in(qtbot, "open sesame 9")
    with qtbot.waitSignal(door.unlock_requested) as asked:
        qtbot.mouseClick(door.unlock_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["open sesame 9"]


@pytest.mark.parametrize("by", ["enter", "button"])
def test_with_nothing_typed_it_says_so_and_asks_nobody(qtbot: QtBot, door: LockScreen, by: str) -> None:
    with qtbot.assertNotEmitted(door.unlock_requested):
        if by == "enter":
            qtbot.keyClick(door.passphrase_edit, Qt.Key.Key_Return)
        else:
            qtbot.mouseClick(door.unlock_button, Qt.MouseButton.LeftButton)
    assert door.said.text() == "请先输入口令。"
    assert door.passphrase_edit.hasFocus()


def test_nothing_is_asked_twice_while_it_is_being_opened(qtbot: QtBot, door: LockScreen) -> None:
    type_in(qtbot, "open sesame 9")
    door.set_busy("正在打开……")
    with qtbot.assertNotEmitted(door.unlock_requested):
        qtbot.keyClick(door.passphrase_edit, Qt.Key.Key_Return)
        qtbot.mouseClick(door.unlock_button, Qt.MouseButton.LeftButton)
    type_in(qtbot, "more")
    assert door.passphrase_edit.text() == "open sesame 9"
    assert door.said.text() == "正在打开……"


def test_a_wrong_passphrase_is_said_and_marked_so_that_typing_replaces_it(qtbot: QtBot, door: LockScreen) -> None:
    type_in(qtbot, "wrong")
    door.set_busy("正在打开……")
    door.say_wrong()
    assert door.said.text().startswith("口令不对，没有打开。")
    assert door.said.property("look") == "error"
    assert door.passphrase_edit.hasFocus()
    assert door.passphrase_edit.selectedText() == "wrong"
    type_in(qtbot, "right")
    assert door.passphrase_edit.text() == "right"
    assert door.said.text() == "", "what was wrong is past as soon as one types"


def test_after_three_wrong_ones_it_says_what_can_be_done(door: LockScreen) -> None:
    for _ in range(2):
        door.say_wrong()
        assert "备份" not in door.said.text()
    door.say_wrong()
    assert "备份" in door.said.text()


def test_other_trouble_is_said_with_its_way_out(qtbot: QtBot, door: LockScreen) -> None:
    type_in(qtbot, "right")
    door.set_busy("正在打开……")
    door.say_trouble("磁盘满了。", "请腾出一些空间。")
    assert door.said.text() == "磁盘满了。\n请腾出一些空间。"
    assert door.passphrase_edit.text() == "right"
    with qtbot.waitSignal(door.unlock_requested):
        qtbot.keyClick(door.passphrase_edit, Qt.Key.Key_Return)


def test_what_is_typed_is_covered_until_one_wants_to_see_it(qtbot: QtBot, door: LockScreen) -> None:
    type_in(qtbot, "open sesame 9")
    assert door.passphrase_edit.displayText() == "●" * 13 or "o" not in door.passphrase_edit.displayText()
    qtbot.mouseClick(door.show_button, Qt.MouseButton.LeftButton)
    assert door.passphrase_edit.displayText() == "open sesame 9"
    assert door.show_button.text() == "隐藏口令"
    door.clear()
    assert door.passphrase_edit.echoMode() is QLineEdit.EchoMode.Password


def test_when_it_is_left_nothing_of_the_passphrase_stays(qtbot: QtBot, door: LockScreen) -> None:
    type_in(qtbot, "open sesame 9")
    door.clear()
    assert door.passphrase_edit.text() == ""
    qtbot.keyClick(door.passphrase_edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert door.passphrase_edit.text() == ""


def test_tab_walks_over_everything_and_comes_back(qtbot: QtBot, door: LockScreen) -> None:
    door.offer_other("用我自己的数据")
    walked: list[QWidget | None] = []
    for _ in range(4):
        walked.append(QApplication.focusWidget())
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert walked == [door.passphrase_edit, door.unlock_button, door.show_button, door.other_button]
    assert QApplication.focusWidget() is door.passphrase_edit
    assert all(widget is not None and (widget.accessibleName() or widget.text()) for widget in walked)  # type: ignore[attr-defined]


def test_a_button_in_focus_is_pressed_by_the_space_bar(qtbot: QtBot, door: LockScreen) -> None:
    door.offer_other("用我自己的数据")
    door.other_button.setFocus()
    with qtbot.waitSignal(door.other_place_requested):
        qtbot.keyClick(door.other_button, Qt.Key.Key_Space)


def test_sample_data_say_that_they_are(door: LockScreen) -> None:
    assert not door.band.isVisible()
    assert not door.other_button.isVisible()
    door.say_where("这是样例数据")
    door.offer_other("用我自己的数据")
    assert door.band.isVisible()
    assert door.other_button.isVisible()


def test_long_words_stay_on_the_card(qtbot: QtBot, door: LockScreen) -> None:
    door.say_trouble("数据文件夹 /home/某某/某某镇应急管理办公室/台账/二〇二六年 现在打不开。" * 2, "请检查磁盘。" * 6)
    qtbot.waitUntil(lambda: door.said.height() > 60)
    card = door.said.parentWidget()
    assert card is not None
    for label in (door.title, door.subtitle, door.said):
        assert card.rect().contains(label.geometry())
        assert label.height() >= label.heightForWidth(label.width())
