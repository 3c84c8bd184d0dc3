"""Ctrl+Z takes back the last thing exactly, Ctrl+Y does it again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Result
from safetydesk.ui.shell import Shell

from .walk_hands import PHOTO, Hands, Held, new_visit, stored, walked

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hands(qtbot: QtBot, shell: Shell) -> Hands:
    return Hands(qtbot, shell).open(new_visit(shell.desk))


def kept(hands: Hands):  # type: ignore[no-untyped-def]
    return stored(hands.shell.desk, hands.model.walk.inspection_id)


def undo(hands: Hands) -> None:
    assert hands.view.undo()  # the window's shortcut asks the screen in view
    hands.settle()


def test_undo_goes_back_to_the_item_and_leaves_it_as_nobody_answered_it(hands: Hands) -> None:
    hands.press("13")
    hands.settle()
    undo(hands)
    assert hands.model.at == 1
    assert set(kept(hands)) == {"CS-49"}
    assert hands.item._tick_word.text() == "已撤回：第 2 项“不涉及”"
    assert hands.view.head.count.text() == "已查 1/50"
    undo(hands)
    assert (kept(hands), hands.model.at) == ({}, 0)
    assert not hands.view.undo()


def test_undo_of_a_changed_answer_brings_the_earlier_one_with_all_it_said(hands: Hands) -> None:
    hands.go("CS-33")
    hands.press("G")
    hands.type("18.2")
    hands.press(Qt.Key.Key_Return, "2")
    hands.type("一号池")
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    before = kept(hands)["CS-33"]
    hands.press(Qt.Key.Key_Up, "3")
    hands.settle()
    assert kept(hands)["CS-33"].result is Result.NOT_APPLICABLE
    undo(hands)
    assert kept(hands)["CS-33"] == before
    assert hands.item.finding.place_edit.text() == "一号池"
    assert hands.item.readings.row(0).value_edit.text() == "18.2"


def test_each_field_is_a_step_and_typing_on_in_one_is_one_step(hands: Hands) -> None:
    hands.go("CS-03")
    hands.press("2")
    hands.type("ab")
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    hands.item.finding.place_edit.setFocus()
    hands.type("c")
    hands.press(Qt.Key.Key_Escape, "N")
    hands.type("n")
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    assert (kept(hands)["CS-03"].place, kept(hands)["CS-03"].note) == ("abc", "n")
    undo(hands)
    assert (kept(hands)["CS-03"].place, kept(hands)["CS-03"].note) == ("abc", "")
    undo(hands)
    assert (kept(hands)["CS-03"].place, kept(hands)["CS-03"].result) == ("", Result.FAIL)
    undo(hands)
    assert kept(hands) == {}
    assert hands.item.finding.isHidden()


def test_what_is_being_typed_is_stored_first_and_goes_back_first(hands: Hands) -> None:
    hands.go("CS-03")
    hands.press("2")
    hands.type("ab")
    hands.click(hands.view.foot.buttons["undo"])
    hands.settle()
    assert (kept(hands)["CS-03"].result, kept(hands)["CS-03"].place) == (Result.FAIL, "")
    assert hands.item.finding.place_edit.text() == ""


def test_redo_does_it_again(hands: Hands) -> None:
    hands.press("11")
    hands.settle()
    before = kept(hands)
    undo(hands)
    undo(hands)
    hands.press(Qt.Key.Key_Y, Qt.Key.Key_Y, modifiers=CONTROL)
    hands.settle()
    assert kept(hands) == before
    hands.press(Qt.Key.Key_Y, modifiers=CONTROL)
    hands.settle()
    assert not hands.model.is_busy


def test_an_answer_after_undo_makes_the_undone_ones_past(hands: Hands) -> None:
    hands.press("11")
    hands.settle()
    undo(hands)
    hands.press("3")
    hands.settle()
    hands.press(Qt.Key.Key_Y, modifiers=CONTROL)
    hands.settle()
    assert [state.result for state in kept(hands).values()] == [Result.PASS, Result.NOT_APPLICABLE]


def test_undo_asked_while_a_save_is_on_its_way_comes_in_its_turn(hands: Hands) -> None:
    lane = Held(hands.shell)
    hands.press("1", "1")
    assert hands.view.undo()
    hands.press("3")
    lane.let_go()
    hands.settle()
    assert [state.result for state in kept(hands).values()] == [Result.PASS, Result.NOT_APPLICABLE]
    assert hands.model.at == 2


def test_an_added_and_a_removed_photo_come_and_go(hands: Hands) -> None:
    hands.shell.files.files = [PHOTO]
    hands.press("P")
    hands.settle()

    def count() -> int:
        return len(walked(hands.shell.desk, hands.model.walk.inspection_id).photos)

    assert count() == 1
    undo(hands)
    assert count() == 0
    hands.press(Qt.Key.Key_Y, modifiers=CONTROL)
    hands.settle()
    assert (count(), len(hands.item.tray.tiles)) == (1, 1)
    hands.item.tray.tiles[0].setFocus()
    hands.press(Qt.Key.Key_Delete)
    hands.settle()
    assert (count(), hands.item.tray.tiles) == (0, [])
    undo(hands)
    assert count() == 1


def test_what_was_changed_elsewhere_is_not_overwritten_by_a_step_back(hands: Hands) -> None:
    from office_steps import answer, failed

    hands.press("1")
    hands.settle()
    inspection_id = hands.model.walk.inspection_id
    answer(hands.shell.desk, inspection_id, failed("CS-49", note="在别处改的"))
    hands.open(inspection_id)
    assert not hands.view.undo()
    assert kept(hands)["CS-49"].note == "在别处改的"
