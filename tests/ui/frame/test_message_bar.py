"""What is said at the foot of the window, how long it stays, and the line of long work above it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.models.errors import DiskFull
from safetydesk.ui.frame.message_bar import MessageBar
from safetydesk.ui.frame.task_line import TaskLine
from safetydesk.ui.shell import Message, Shell
from safetydesk.workflows.changes import Changes

TOLD = Message("已复制 3 行。")
TROUBLE = Message("没有保存：磁盘满了。", "请腾出一些空间。", "trouble", error=DiskFull(folder="x"))
OTHER_TROUBLE = Message("没有读出来。", "", "trouble")
LONG = 20_000  # ms


def undo(_session: object, _progress: object) -> Changes:
    return Changes()


UNDOABLE = Message("已销号。", kind="undoable", undo=undo)


@pytest.fixture
def window(qtbot: QtBot, shell: Shell) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addStretch()
    made.resize(900, 300)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def bar(qtbot: QtBot, window: QWidget) -> MessageBar:
    made = MessageBar(window)
    window.layout().addWidget(made)  # type: ignore[union-attr]
    window.show()
    qtbot.waitExposed(window)
    return made


def pass_time(bar: MessageBar) -> None:
    """As if its time were up."""
    assert bar._timer.isActive()
    bar._timer.stop()
    bar._timer.timeout.emit()


def test_it_is_not_there_until_something_was_said(bar: MessageBar) -> None:
    assert not bar.isVisible()


def test_what_was_done_is_said_and_goes_by_itself(bar: MessageBar) -> None:
    bar.show_message(TOLD)
    assert bar.isVisible()
    assert bar.text_label.text() == TOLD.text
    assert not bar.undo_button.isVisible()
    assert bar.accessibleName() == TOLD.text
    pass_time(bar)
    assert not bar.isVisible()


def test_what_can_be_undone_has_a_button_for_it(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(UNDOABLE)
    assert bar.undo_button.text() == "撤销"
    with qtbot.waitSignal(bar.undo_requested):
        qtbot.mouseClick(bar.undo_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_there_is_more_time_to_undo_than_to_read(bar: MessageBar) -> None:
    bar.show_message(TOLD)
    read = bar._timer.interval()
    bar.show_message(UNDOABLE)
    assert bar._timer.interval() >= 2 * read


def test_trouble_stays_until_it_was_read(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(TROUBLE)
    assert not bar._timer.isActive()
    assert bar.hint_label.text() == TROUBLE.hint
    assert bar.property("look") == "trouble"
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_trouble_comes_back_after_good_news_that_came_over_it(bar: MessageBar) -> None:
    bar.show_message(TROUBLE)
    bar.show_message(TOLD)
    bar.show_message(UNDOABLE)
    assert bar.text_label.text() == UNDOABLE.text
    assert bar.property("look") == "good"
    pass_time(bar)
    assert bar.text_label.text() == TROUBLE.text
    assert bar.property("look") == "trouble"
    assert not bar.undo_button.isVisible()
    bar.put_away()
    assert not bar.isVisible()


def test_newer_trouble_takes_the_place_of_older(bar: MessageBar) -> None:
    bar.show_message(TROUBLE)
    bar.show_message(TOLD)
    bar.show_message(OTHER_TROUBLE)
    assert bar.text_label.text() == OTHER_TROUBLE.text
    assert not bar.hint_label.isVisible()
    bar.put_away()
    assert not bar.isVisible()


def test_trouble_that_was_read_does_not_come_back(bar: MessageBar) -> None:
    bar.show_message(TROUBLE)
    bar.put_away()
    bar.show_message(TOLD)
    pass_time(bar)
    assert not bar.isVisible()


def test_what_people_typed_is_no_markup_here_either(bar: MessageBar) -> None:
    bar.show_message(Message("已登记：<b>样溪</b>厂。"))
    assert bar.text_label.textFormat() is Qt.TextFormat.PlainText
    assert bar.hint_label.textFormat() is Qt.TextFormat.PlainText


def test_long_words_are_shown_whole(qtbot: QtBot, window: QWidget, bar: MessageBar) -> None:
    bar.show_message(Message("没有保存。" * 40, "请腾出一些空间，再试一次。" * 20, "trouble"))
    qtbot.waitUntil(lambda: bar.text_label.height() >= bar.text_label.heightForWidth(bar.text_label.width()))
    qtbot.waitUntil(lambda: bar.hint_label.height() >= bar.hint_label.heightForWidth(bar.hint_label.width()))
    assert window.rect().contains(bar.geometry())


def test_its_buttons_are_reached_by_the_keyboard(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(UNDOABLE)
    bar.undo_button.setFocus()
    qtbot.keyClick(bar.undo_button, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bar.close_button
    assert bar.close_button.accessibleName()


# --- long work


class Work:
    """Goes on when the test says so, and looks whether it shall stop."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.begun = threading.Event()

    def __call__(self, *given: Any) -> object:
        progress = given[-1]
        self.begun.set()
        progress.report(1, 10, "样溪甲厂")
        assert self.may_go_on.wait(20)
        progress.check_cancelled()
        return Changes()


@pytest.fixture
def line(qtbot: QtBot, shell: Shell, window: QWidget) -> TaskLine:
    made = TaskLine(shell.runner, window)
    window.layout().addWidget(made)  # type: ignore[union-attr]
    window.show()
    qtbot.waitExposed(window)
    return made


def test_long_work_says_what_it_is_at_and_can_be_stopped(qtbot: QtBot, shell: Shell, line: TaskLine) -> None:
    work = Work()
    task = shell.write(work, title="导入企业")
    qtbot.waitUntil(line.isVisible)
    qtbot.waitUntil(lambda: line.what.whole == "导入企业 样溪甲厂")
    with qtbot.waitSignals([task.stopped, line.stopped, task.finished], timeout=LONG):
        qtbot.mouseClick(line.stop_button, Qt.MouseButton.LeftButton)
        assert line.what.whole.startswith("正在停止")
        assert not line.stop_button.isEnabled()
        work.may_go_on.set()
    qtbot.waitUntil(lambda: not line.isVisible())


def test_short_work_is_not_worth_a_line(qtbot: QtBot, shell: Shell, line: TaskLine) -> None:
    shell.pool(lambda progress: progress.report(1, 1), title="导出")
    qtbot.waitUntil(lambda: line._task is None)
    assert not line._later.isActive()
    assert not line.isVisible()


def test_work_without_a_name_is_not_shown(shell: Shell, line: TaskLine) -> None:
    work = Work()
    shell.pool(work)
    assert work.begun.wait(20)
    assert not line._later.isActive()
    work.may_go_on.set()


def test_one_after_the_other_is_shown(qtbot: QtBot, shell: Shell, line: TaskLine) -> None:
    first, second = Work(), Work()
    shell.pool(first, title="导出照片")
    shell.pool(second, title="打印")
    qtbot.waitUntil(line.isVisible)
    assert line.what.whole.startswith("导出照片")
    first.may_go_on.set()
    qtbot.waitUntil(lambda: line.what.whole.startswith("打印"))
    assert line.isVisible()
    assert line.stop_button.isEnabled()
    second.may_go_on.set()
    qtbot.waitUntil(lambda: not line.isVisible())


def test_stopping_stops_only_what_is_shown(qtbot: QtBot, shell: Shell, line: TaskLine) -> None:
    first, second = Work(), Work()
    shown, other = shell.pool(first, title="导出照片"), shell.pool(second, title="打印")
    qtbot.waitUntil(line.isVisible)
    qtbot.mouseClick(line.stop_button, Qt.MouseButton.LeftButton)
    assert shown.is_cancelled
    assert not other.is_cancelled
    with qtbot.waitSignals([shown.stopped, other.succeeded], timeout=LONG):
        first.may_go_on.set()
        second.may_go_on.set()


def test_it_says_how_long_yet_when_it_can(line: TaskLine) -> None:
    import time

    line._began = time.monotonic() - 10
    assert line._how_long(1, 100) == "1/100"
    assert line._how_long(0, 0) == ""
    assert line._how_long(50, 100) == "约 10 秒"
    line._began = time.monotonic() - 600
    assert line._how_long(50, 100) == "约 10 分钟"
