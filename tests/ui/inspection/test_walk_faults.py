"""A save that fails leaves the item, everything typed, and what was saved before; keys meant for others are dropped."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Result
from safetydesk.models.errors import DiskFull
from safetydesk.ui.shell import Shell
from safetydesk.workflows import walking

from .walk_hands import Hands, Held, new_visit, stored


class FullDisk:
    """Every answer fails until there is room again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        self._put = walking.put
        monkeypatch.setattr(walking, "put", self)

    def __call__(self, *arguments: Any) -> Any:
        if self.is_full:
            raise DiskFull(folder="台账")
        return self._put(*arguments)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    return FullDisk(monkeypatch)


@pytest.fixture
def hands(qtbot: QtBot, shell: Shell, disk: FullDisk) -> Hands:
    return Hands(qtbot, shell).open(new_visit(shell.desk))


def results(hands: Hands) -> dict[str, Result]:
    return {item: one.result for item, one in stored(hands.shell.desk, hands.model.walk.inspection_id).items()}


def test_an_answer_that_is_not_saved_keeps_the_item_and_says_what_is_safe(hands: Hands, disk: FullDisk) -> None:
    hands.press("1")
    hands.settle()
    disk.is_full = True
    hands.press("1")
    hands.settle()
    assert (hands.current, results(hands)) == ("CS-01", {"CS-49": Result.PASS})
    assert hands.item.trouble.message.text() == "磁盘满了，这一步没有完成：台账。"
    assert "已经保存的答案都在" in hands.item.trouble.hint.text()
    assert not hands.item.answers.buttons[Result.PASS].isChecked()
    disk.is_full = False
    hands.click(hands.item.trouble.retry_button)
    hands.settle()
    assert (hands.current, results(hands)["CS-01"]) == ("CS-02", Result.PASS)
    assert not hands.item.trouble.is_shown


def test_keys_behind_a_refused_answer_touch_no_other_item_and_are_told(hands: Hands, disk: FullDisk) -> None:
    disk.is_full = True
    lane = Held(hands.shell)
    hands.press("1", "3", "1")
    lane.let_go()
    hands.settle()
    assert (hands.current, results(hands)) == ("CS-49", {})
    assert "后面按的 2 个键没有采用。" in hands.item.trouble.hint.text()


def test_what_was_typed_stays_and_is_saved_when_there_is_room(hands: Hands, disk: FullDisk) -> None:
    hands.go("CS-03")
    hands.press("2")
    hands.settle()
    disk.is_full = True
    hands.type("ab")
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    assert (hands.current, hands.item.finding.place_edit.text()) == ("CS-03", "ab")
    assert hands.item.trouble.is_shown
    assert not hands.view.may_leave()
    hands.settle()
    disk.is_full = False
    hands.view.focus_first()
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    assert hands.current == "CS-04"
    assert stored(hands.shell.desk, hands.model.walk.inspection_id)["CS-03"].place == "ab"
    assert hands.view.may_leave()


def test_a_fail_that_is_not_saved_keeps_its_form_open(hands: Hands, disk: FullDisk) -> None:
    disk.is_full = True
    hands.go("CS-03")
    hands.press("2")
    hands.type("ab")
    hands.settle()
    assert not hands.item.finding.isHidden()
    assert hands.item.finding.place_edit.text() == "ab"
    disk.is_full = False
    hands.click(hands.item.trouble.retry_button)
    hands.settle()
    kept = stored(hands.shell.desk, hands.model.walk.inspection_id)["CS-03"]
    assert (kept.result, kept.place) == (Result.FAIL, "ab")


def test_one_may_go_back_to_what_is_saved_and_then_leave(hands: Hands, disk: FullDisk) -> None:
    hands.go("CS-03")
    hands.press("2")
    hands.settle()
    disk.is_full = True
    hands.type("ab")
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    hands.click(hands.item.trouble.drop_button)
    hands.settle()
    assert hands.item.finding.place_edit.text() == ""
    assert hands.view.may_leave()
    hands.press(Qt.Key.Key_Down)
    hands.settle()
    assert hands.current == "CS-04"


def test_a_refused_answer_with_nothing_typed_beside_it_holds_nobody(hands: Hands, disk: FullDisk) -> None:
    disk.is_full = True
    hands.press("1")
    hands.settle()
    assert hands.item.trouble.is_shown
    assert hands.view.may_leave()
    hands.press("N")
    hands.type("门锁着")
    assert not hands.view.may_leave()
    hands.settle()


def test_going_back_to_what_is_saved_waits_for_the_save_that_the_click_itself_began(
    hands: Hands, disk: FullDisk
) -> None:
    hands.go("CS-03")
    hands.press("2")
    hands.settle()
    disk.is_full = True
    hands.type("ab")
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    hands.item.finding.place_edit.setFocus()
    hands.type("c")
    lane = Held(hands.shell)
    hands.item.trouble.drop_button.setFocus()  # as a click does: the field is left, and sent
    hands.click(hands.item.trouble.drop_button)
    lane.let_go()
    hands.settle()
    assert hands.item.finding.place_edit.text() == ""
    assert not hands.item.trouble.is_shown
    assert hands.view.may_leave()


def test_a_text_that_cannot_be_printed_is_refused_in_place(hands: Hands) -> None:
    hands.go("CS-03")
    hands.press("2")
    hands.type("池口😀")
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    assert hands.current == "CS-03"
    assert "印不出来" in hands.item.trouble.message.text()
    assert hands.item.finding.place_edit.text() == "池口😀"


def test_a_check_that_was_ended_elsewhere_takes_nothing_and_says_so(hands: Hands) -> None:
    from office_steps import answer, finish, passed

    inspection_id = hands.model.walk.inspection_id
    answer(hands.shell.desk, inspection_id, passed("CS-01"))
    finish(hands.shell.desk, inspection_id)
    hands.press("1")
    hands.settle()
    assert hands.current == "CS-49"
    assert "已经结束" in hands.item.trouble.message.text()


def test_an_undo_that_fails_is_told_and_changes_nothing(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.press("1")
    hands.settle()

    def full(*_arguments: Any) -> Any:
        raise DiskFull(folder="台账")

    monkeypatch.setattr(walking, "take_back", full)
    hands.view.undo()
    hands.settle()
    assert hands.said == ["磁盘满了，这一步没有完成：台账。"]
    assert (results(hands), hands.current) == ({"CS-49": Result.PASS}, "CS-01")
    monkeypatch.undo()
    assert hands.view.undo()
    hands.settle()
    assert results(hands) == {}


def test_photos_that_cannot_be_kept_are_told_at_the_item(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    from safetydesk.workflows import walking_photos

    from .walk_hands import PHOTO

    def full(*_arguments: Any) -> Any:
        raise DiskFull(folder="台账")

    monkeypatch.setattr(walking_photos, "add_photos", full)
    hands.shell.files.files = [PHOTO]
    hands.press("P")
    hands.settle()
    assert hands.item.photo_note.text().startswith("磁盘满了")
    assert not hands.model.is_saving
