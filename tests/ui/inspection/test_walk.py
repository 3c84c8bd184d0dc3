"""Walking a checklist by keys, mouse and touch: every answer on disk before the next item shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Result
from safetydesk.ui.inspection.strip import StripItem
from safetydesk.ui.inspection.walk_model import END
from safetydesk.ui.shell import Shell

from .walk_hands import Hands, Held, new_visit, stored, walked

FIRST, SECOND, THIRD = "CS-49", "CS-01", "CS-02"


@pytest.fixture
def hands(qtbot: QtBot, shell: Shell) -> Hands:
    return Hands(qtbot, shell).open(new_visit(shell.desk))


def visit_of(hands: Hands):  # type: ignore[no-untyped-def]
    return hands.model.walk.inspection_id


def on_disk(hands: Hands) -> dict[str, Result]:
    return {item: state.result for item, state in stored(hands.shell.desk, visit_of(hands)).items()}


def test_a_check_opens_at_its_first_item_with_question_and_enterprise_in_view(hands: Hands) -> None:
    assert hands.current == FIRST
    assert hands.item.question.text() == hands.model.items[0].item.text
    assert (hands.view.head.title.text(), hands.view.head.enterprise.whole) == ("有限空间作业", "样溪木器厂（示例）")
    assert hands.view.head.count.text() == "已查 0/50"
    assert hands.view.head.minutes.text() == "现场 0 分"
    assert hands.item.hasFocus()


def test_one_key_answers_saves_and_goes_on(hands: Hands) -> None:
    hands.press("1")
    hands.settle()
    assert on_disk(hands) == {FIRST: Result.PASS}
    assert hands.current == SECOND
    assert not hands.item._tick.isHidden()
    assert hands.item._tick_word.text() == "第 1 项已保存"
    hands.press("3")
    hands.settle()
    assert (on_disk(hands)[SECOND], hands.current) == (Result.NOT_APPLICABLE, THIRD)
    assert hands.view.head.count.text() == "已查 2/50"


def test_the_next_item_does_not_show_before_the_answer_is_on_disk(hands: Hands) -> None:
    lane = Held(hands.shell)
    hands.press("1")
    assert (hands.current, hands.model.is_busy) == (FIRST, True)
    lane.let_go()
    hands.settle()
    assert (hands.current, on_disk(hands)) == (SECOND, {FIRST: Result.PASS})


def test_keys_pressed_while_a_save_is_on_its_way_are_taken_in_their_order(hands: Hands) -> None:
    lane = Held(hands.shell)
    hands.press("1", "3", "1", Qt.Key.Key_Down, "1", Qt.Key.Key_Up, Qt.Key.Key_Up, "3")
    assert on_disk(hands) == {}
    lane.let_go()
    hands.settle()
    ids = [item.id for item in hands.model.items]
    assert on_disk(hands) == {
        ids[0]: Result.PASS,
        ids[1]: Result.NOT_APPLICABLE,
        ids[2]: Result.PASS,
        ids[3]: Result.NOT_APPLICABLE,
        ids[4]: Result.PASS,
    }
    assert hands.current == ids[4]


def test_text_typed_behind_a_waiting_fail_goes_into_its_field(hands: Hands) -> None:
    lane = Held(hands.shell)
    hands.press("1", "2")
    hands.type("p1j")
    lane.let_go()
    hands.settle()
    assert hands.current == SECOND
    assert hands.item.finding.place_edit.text() == "p1j"
    assert on_disk(hands) == {FIRST: Result.PASS, SECOND: Result.FAIL}


def test_a_hundred_quick_keys_reach_their_items(hands: Hands) -> None:
    hands.press("13" * 24)
    hands.settle()
    results = list(on_disk(hands).values())
    assert (len(results), hands.model.at) == (48, 48)
    assert [on_disk(hands)[item.id] for item in hands.model.items[:48]] == [Result.PASS, Result.NOT_APPLICABLE] * 24


def test_the_numeric_keypad_answers_too(hands: Hands) -> None:
    hands.press("1", modifiers=Qt.KeyboardModifier.KeypadModifier)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Enter, modifiers=Qt.KeyboardModifier.KeypadModifier)
    hands.settle()
    assert (hands.model.at, on_disk(hands)) == (3, {FIRST: Result.PASS})


def test_enter_pressed_behind_an_answer_skips_nothing_and_explains_itself_once(hands: Hands) -> None:
    hands.press("1", Qt.Key.Key_Return, "1", Qt.Key.Key_Return, "3", Qt.Key.Key_Return)
    hands.settle()
    assert on_disk(hands) == {FIRST: Result.PASS, SECOND: Result.PASS, THIRD: Result.NOT_APPLICABLE}
    assert (hands.model.at, hands.said) == (3, ["答完自动到下一项，不用按 Enter。要跳过这一项，再按一次。"])
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    assert hands.model.at == 4


def test_the_buttons_answer_by_touch(hands: Hands) -> None:
    hands.click(hands.item.answers.buttons[Result.PASS])
    hands.settle()
    hands.click(hands.item.answers.buttons[Result.FAIL])
    hands.settle()
    assert on_disk(hands) == {FIRST: Result.PASS, SECOND: Result.FAIL}
    hands.click(hands.view.foot.buttons["next"])
    hands.settle()
    assert hands.current == THIRD
    hands.click(hands.view.foot.buttons["previous"])
    hands.settle()
    assert hands.current == SECOND


def test_keys_go_up_and_down_and_to_the_next_open_item(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    hands.settle()
    assert hands.current == THIRD
    hands.press(Qt.Key.Key_Backspace)
    hands.press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ShiftModifier)
    hands.settle()
    assert hands.current == FIRST
    hands.press("111", Qt.Key.Key_Up, Qt.Key.Key_Up, "J")
    hands.settle()
    assert hands.model.at == 3


def test_zero_makes_an_item_open_again_and_goes_on(hands: Hands) -> None:
    hands.press("1", Qt.Key.Key_Up, "0")
    hands.settle()
    assert (on_disk(hands), hands.current) == ({}, SECOND)
    assert hands.view.head.count.text() == "已查 0/50"


def test_the_number_keys_are_text_while_a_field_is_filled_in(hands: Hands) -> None:
    hands.press("2")
    hands.type("1230")
    hands.settle()
    assert hands.current == FIRST
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    assert hands.item.hasFocus()
    assert stored(hands.shell.desk, visit_of(hands))[FIRST].note == "1230"


def test_the_strip_jumps_by_click_and_by_keys(hands: Hands) -> None:
    strip = hands.view.strip
    from PySide6.QtTest import QTest

    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect_of(9).center())
    hands.settle()
    assert hands.model.at == 9
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    hands.settle()
    assert hands.model.at == 11
    assert hands.item.hasFocus()


def test_the_strip_tells_each_state_apart(hands: Hands) -> None:
    hands.press("13")
    hands.settle()
    hands.press("2", Qt.Key.Key_Escape)
    hands.settle()
    marks = [item for section in hands.view.strip._sections for item in section.items]
    assert [(one.position, one.result) for one in marks[:4]] == [
        (0, Result.PASS), (1, Result.NOT_APPLICABLE), (2, Result.FAIL), (3, Result.UNCHECKED),
    ]  # fmt: skip
    assert marks[2] == StripItem(2, hands.model.items[2].item.text, Result.FAIL, is_major=False)


def test_a_click_on_a_section_goes_to_its_first_open_item(hands: Hands) -> None:
    from PySide6.QtCore import QPoint
    from PySide6.QtTest import QTest

    hands.press("11")
    hands.settle()
    area = hands.view.strip.area_of(1)
    QTest.mouseClick(hands.view.strip, Qt.MouseButton.LeftButton, pos=QPoint(area.left() + 12, area.top() + 8))
    hands.settle()
    assert hands.model.at == 2


def test_behind_the_last_item_it_says_what_is_open_and_enter_goes_there(hands: Hands) -> None:
    hands.press("1")
    hands.go(hands.model.items[-1].id)
    hands.press("1")
    hands.settle()
    assert hands.model.at == END
    assert hands.view._end.title.text() == "还有 48 项没有查"
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    assert hands.current == SECOND


def test_when_everything_is_answered_enter_ends_the_check(hands: Hands) -> None:
    hands.press("1" * 50)
    hands.settle()
    assert hands.view._end.title.text() == "50 项都查过了"
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    assert hands.finished == [visit_of(hands)]


def test_ending_waits_until_what_was_typed_is_on_disk(hands: Hands) -> None:
    hands.press("1", "2")
    hands.settle()
    hands.type("x")
    lane = Held(hands.shell)
    hands.press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hands.finished == []
    lane.let_go()
    hands.settle()
    assert hands.finished == [visit_of(hands)]
    assert stored(hands.shell.desk, visit_of(hands))[SECOND].place == "x"


def test_leaving_keeps_the_draft_and_opening_comes_back_to_the_next_open_item(hands: Hands) -> None:
    hands.press("111")
    hands.go("CS-03")
    hands.press("2")
    hands.type("调节池")
    hands.click(hands.view.head.leave_button)
    hands.settle()
    assert hands.left == 1
    again = Hands(hands.qtbot, hands.shell).open(visit_of(hands))
    assert again.current == "CS-04"
    again.press(Qt.Key.Key_Up)
    again.settle()
    assert again.item.finding.place_edit.text() == "调节池"
    assert not again.item.finding.isHidden()


def test_another_program_finds_exactly_what_the_screen_said_was_saved(hands: Hands, file_office) -> None:  # type: ignore[no-untyped-def]
    hands.press("1", "3", "2")
    hands.type("一号池")
    hands.press(Qt.Key.Key_Tab)
    hands.settle()
    other = file_office.open()
    assert walked(other, visit_of(hands)).answers == hands.model.walk.answers


def test_explanations_open_on_demand_and_stay_as_they_were_left(hands: Hands) -> None:
    explain = hands.item.explain
    assert (explain._look.isHidden(), explain._basis.isHidden()) == (False, True)
    hands.click(explain.basis_button)
    hands.press("1")
    hands.settle()
    assert not explain._basis.isHidden()
    texts = [explain._lines.itemAt(n).widget().text() for n in range(explain._lines.count())]
    assert any("应急管理部令第13号" in text for text in texts)
    assert any(text.startswith("要点：") for text in texts)
    assert any("〔待核〕" in text for text in texts)
    assert explain._unverified.text() == "有〔待核〕的依据"
    assert hands.shell.config.recall("walk.basis") is True


def test_what_the_last_visit_gave_stands_below_the_answers(qtbot: QtBot, shell: Shell) -> None:
    from office_steps import failed, passed, visit

    from .walk_hands import add, start

    enterprise_id = add(shell.desk)
    visit(shell.desk, enterprise_id, failed("CS-49"), failed("CS-01"), passed("CS-02"))
    hands = Hands(qtbot, shell).open(start(shell.desk, enterprise_id))
    hands.press("1")
    hands.settle()
    assert hands.item._last.text() == "上次 11 月 21 日（周六）：不符合，待下文书"
    hands.press("1")
    hands.settle()
    assert hands.item._last.text() == "上次 11 月 21 日（周六）：符合"
    hands.press("1")
    hands.settle()
    assert hands.item._last.isHidden()


def test_an_ended_check_is_only_looked_at(qtbot: QtBot, shell: Shell) -> None:
    from office_steps import answer, finish, passed

    inspection_id = new_visit(shell.desk)
    answer(shell.desk, inspection_id, passed(FIRST))
    finish(shell.desk, inspection_id)
    hands = Hands(qtbot, shell).open(inspection_id)
    hands.press("2", "N", "G", "P", "/")
    hands.settle()
    assert on_disk(hands) == {FIRST: Result.PASS}
    assert hands.view.head.finish_button.isHidden()
    hands.press(Qt.Key.Key_Down)
    hands.settle()
    assert hands.current == THIRD


def test_a_check_that_cannot_be_opened_says_so(qtbot: QtBot, shell: Shell) -> None:
    from uuid import UUID

    hands = Hands(qtbot, shell)
    hands.view.open(UUID(int=3))
    hands.settle()
    assert hands.view._stack.currentWidget() is hands.view._empty
    assert "没有这次检查" in hands.view._empty._text.text()
    hands.click(hands.view._empty.button)
    assert hands.left == 1


def test_every_editor_and_button_has_a_name(hands: Hands) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

    hands.go("CS-33")
    hands.press("2")
    hands.settle()
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox):
        for widget in hands.view.findChildren(kind):
            if not widget.objectName().startswith("qt_") and widget.isVisibleTo(hands.view):
                name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
                assert name, (kind.__name__, widget)
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    assert isinstance(widget, QWidget)


def test_every_field_is_reached_by_tab(hands: Hands) -> None:
    hands.go("CS-12")
    hands.press("2")
    hands.settle()
    names = [hands.focused]
    for _ in range(5):
        hands.press(Qt.Key.Key_Tab)
        names.append(hands.focused)
    assert names == [
        "问题：选一种情形，或自己写",
        "部位",
        "隐患级别",
        "整改期限，天数或日期",
        "整改措施",
        "备注，印在问题后面",
    ]


def test_the_keys_are_told(hands: Hands) -> None:
    told = dict(hands.view.keys())
    assert told["2"] == "判为“不符合”"
    assert {"J", "/", "P", "N", "G", "Ctrl+Z", "Ctrl+Enter"} <= set(told)


def test_the_focus_stays_elsewhere_when_another_screen_is_in_use(hands: Hands) -> None:
    from PySide6.QtWidgets import QLineEdit

    outside = QLineEdit(hands.window)
    outside.show()
    lane = Held(hands.shell)
    hands.press("1")
    outside.setFocus()
    lane.let_go()
    hands.settle()
    assert QApplication.focusWidget() is outside
