"""A fail opens the finding in place: which fault, gaps, place, level, deadline, measure, note; the sentence live."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from safetydesk.domain.finding_choices import MEASURE, SENTENCE
from safetydesk.domain.kinds import Level, Result
from safetydesk.ui.inspection.deadline_edit import DeadlineEdit
from safetydesk.ui.shell import Shell

from .walk_hands import Hands, Held, add, new_visit, start, stored

TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down
GAP = "未检测、漏测何种气体、检测方式不当等具体情形"


@pytest.fixture
def hands(qtbot: QtBot, shell: Shell) -> Hands:
    return Hands(qtbot, shell).open(new_visit(shell.desk, places=("污水站调节池", "一号厌氧池")))


def state(hands: Hands, item: str):  # type: ignore[no-untyped-def]
    return stored(hands.shell.desk, hands.model.walk.inspection_id)[item]


def fail(hands: Hands, item: str):  # type: ignore[no-untyped-def]
    hands.go(item)
    hands.press("2")
    hands.settle()
    return hands.item.finding


def test_two_stores_the_fail_at_once_and_asks_which_fault_it_was(hands: Hands) -> None:
    form = fail(hands, "CS-12")
    assert state(hands, "CS-12").result is Result.FAIL
    assert hands.focused == "问题：选一种情形，或自己写"
    assert "或者" in form.preview.said
    assert hands.current == "CS-12"


def test_the_chosen_fault_and_place_stand_alone_in_the_sentence(hands: Hands) -> None:
    form = fail(hands, "CS-12")
    hands.press(DOWN, ENTER, TAB)
    assert hands.focused == "部位"
    hands.press(DOWN, DOWN, ENTER)
    assert form.preview.said == "污水站调节池的有限空间作业未经审批。"
    hands.press(ENTER)
    hands.settle()
    assert hands.model.at == hands.model.items.index(hands.model.items[14])
    kept = state(hands, "CS-12")
    assert (kept.place, kept.filled[SENTENCE]) == ("污水站调节池", "〔部位〕的有限空间作业未经审批。")
    assert hands.view.pane.rows[0].line.text == "污水站调节池的有限空间作业未经审批。"


def test_words_are_found_by_their_pinyin_initials(hands: Hands) -> None:
    form = fail(hands, "CS-12")
    hands.type("trdq")
    hands.press(ENTER)
    assert form.sentence_edit.text() == "存在他人代签的情形"
    hands.press(TAB)
    hands.type("wsz")
    hands.press(TAB)
    assert form.place_edit.text() == "污水站调节池"
    assert form.preview.said == "污水站调节池的有限空间作业存在他人代签的情形。"


def test_letters_typed_before_the_initials_are_known_find_their_words_as_soon_as_they_are(hands: Hands) -> None:
    hands.go("CS-03")
    lane = Held(hands.shell)
    hands.press("2")
    hands.type("wsz")
    edit = hands.item.finding.place_edit
    assert not edit.is_open
    lane.let_go()
    hands.settle()
    assert edit.is_open
    hands.press(ENTER)
    assert edit.text() == "污水站调节池"


def test_words_of_earlier_visits_that_arrive_late_do_not_take_the_choice_away(qtbot: QtBot, shell: Shell) -> None:
    from office_steps import failed, visit

    enterprise_id = add(shell.desk)
    visit(shell.desk, enterprise_id, failed("CS-12", note="当场叫停。"))
    hands = Hands(qtbot, shell).open(start(shell.desk, enterprise_id))
    hands.go("CS-12")
    lane = Held(shell)
    hands.press("2", DOWN, DOWN)
    lane.let_go()
    hands.settle()
    edit = hands.item.finding.sentence_edit
    assert "当场叫停。" in [offer.label for offer in edit.offers]
    assert edit.is_open
    hands.press(ENTER)
    assert edit.text() == "存在先作业后补票的情形"


def test_enter_behind_chinese_text_goes_on_and_takes_no_offer(hands: Hands) -> None:
    form = fail(hands, "CS-03")
    hands.type("一号")
    assert form.place_edit.is_open
    hands.press(ENTER)
    hands.settle()
    assert state(hands, "CS-03").place == "一号"
    assert hands.current == "CS-04"


def test_own_words_take_the_place_of_the_sentence_and_may_start_from_it(hands: Hands) -> None:
    form = fail(hands, "CS-12")
    hands.press(Qt.Key.Key_F2)
    assert form.sentence_edit.text() == form.preview.said.rstrip("。")
    form.sentence_edit.clear()
    hands.type("三张票都是事后补的")
    hands.press(TAB)
    hands.settle()
    assert form.preview.said == "三张票都是事后补的。"
    assert state(hands, "CS-12").filled[SENTENCE] == "三张票都是事后补的"


def test_a_chip_takes_and_gives_back_by_touch(hands: Hands) -> None:
    form = fail(hands, "CS-12")
    hands.click(form._sentence_chips.button("〔部位〕的有限空间作业未经审批。"))
    hands.click(form._place_chips.button("一号厌氧池"))
    hands.settle()
    kept = state(hands, "CS-12")
    assert (kept.place, form.sentence_edit.text()) == ("一号厌氧池", "未经审批")
    hands.click(form._place_chips.button("一号厌氧池"))
    hands.settle()
    assert state(hands, "CS-12").place == ""


def test_each_gap_is_a_field_and_an_example_that_wants_a_fact_marks_where_it_goes(hands: Hands) -> None:
    form = fail(hands, "CS-30")
    gap = form._gaps[GAP]
    hands.click(form._gap_chips[GAP].button("漏测何种气体"))
    assert (gap.text(), gap.selectedText()) == ("漏测何种气体", "何种气体")
    assert form._gap_rows[0].below.text() == "还要写明具体是什么。"
    assert "何种气体" not in form.preview.said
    assert "还没有写明" in form.preview.missing
    hands.type("硫化氢")
    assert form._gap_rows[0].below.isHidden()
    hands.click(form._gap_chips[GAP].button("检测方式不当"))
    hands.settle()
    assert state(hands, "CS-30").filled[GAP] == "漏测硫化氢、检测方式不当"
    assert form.preview.missing == ""


def test_slash_shows_everything_that_can_be_taken_and_puts_it_where_it_belongs(qtbot: QtBot, shell: Shell) -> None:
    from office_steps import failed, visit

    enterprise_id = add(shell.desk)
    visit(shell.desk, enterprise_id, failed("CS-30", filled={GAP: "漏测一氧化碳"}, note="当场叫停作业。"))
    hands = Hands(qtbot, shell).open(start(shell.desk, enterprise_id))
    hands.go("CS-30")
    hands.press("/")
    hands.settle()
    form = hands.item.finding
    labels = [offer.label for offer in form.sentence_edit.offers]
    assert labels == ["未检测", "漏测何种气体", "检测方式不当", "漏测一氧化碳", "当场叫停作业。"]
    hands.type("lcyyht")
    hands.press(ENTER)
    hands.settle()
    assert (form._gaps[GAP].text(), form.sentence_edit.text()) == ("漏测一氧化碳", "")
    form.focus_phrases()
    hands.type("dcjt")
    hands.press(ENTER)
    hands.settle()
    kept = state(hands, "CS-30")
    assert (kept.filled, kept.note) == ({GAP: "漏测一氧化碳"}, "当场叫停作业。")


def test_slash_on_an_item_that_passed_only_says_where_phrases_are(hands: Hands) -> None:
    hands.press("1", Qt.Key.Key_Up, "/")
    hands.settle()
    assert hands.said == ["常用语写在“不符合”下面，先按 2。"]
    assert state(hands, "CS-49").result is Result.PASS


def test_the_level_follows_what_failed_together_with_the_criterion_in_view(hands: Hands) -> None:
    form = fail(hands, "CS-01")
    assert form.level_choice.buttons[Level.GENERAL].isChecked()
    assert "CS-03 也不符合时，疑似重大" in form._criteria.text()
    fail(hands, "CS-03")
    assert form.level_choice.buttons[Level.MAJOR].isChecked()
    assert form._criteria.text().startswith("疑似重大：")
    assert "须先确认：" in form._criteria.text()
    assert [row.line.level for row in hands.view.pane.rows] == [Level.MAJOR, Level.MAJOR]


def test_the_inspector_decides_the_level_and_may_leave_it_to_the_criteria_again(hands: Hands) -> None:
    form = fail(hands, "CS-30")
    assert form.level_choice.said.text() == "按判定标准"
    form.level_choice.setFocus()
    hands.press(Qt.Key.Key_Left)
    hands.settle()
    assert (state(hands, "CS-30").level, form.level_choice.said.text()) == (Level.GENERAL, "检查人员判定")
    hands.press(Qt.Key.Key_Backspace)
    hands.settle()
    assert state(hands, "CS-30").level is None
    hands.click(form.level_choice.buttons[Level.GENERAL])
    hands.click(form.level_choice.rule_button)  # before the first is on disk
    hands.settle()
    assert state(hands, "CS-30").level is None
    assert form.level_choice.buttons[Level.MAJOR].isChecked()


def test_the_deadline_is_days_a_date_or_a_chip_and_the_usual_one_needs_no_word(hands: Hands) -> None:
    form = fail(hands, "CS-05")
    edit = form.deadline_edit
    assert (edit.edit.text(), edit.due, edit.said.text()) == ("3", None, "11 月 24 日（周二） 3 天后到期")
    hands.click(edit.chips.button("7"))
    hands.settle()
    assert state(hands, "CS-05").deadline == date(2026, 11, 28)
    edit.edit.setFocus()
    hands.press(Qt.Key.Key_Up)
    assert edit.due == date(2026, 12, 6)
    hands.press(DOWN, DOWN, DOWN)
    assert (edit.edit.text(), edit.said.text()) == ("0", "11 月 21 日（周六） 当场整改或立即停止")


@pytest.mark.parametrize(
    ("typed", "due", "problem"),
    [
        ("10", date(2026, 12, 1), ""),
        ("10天", date(2026, 12, 1), ""),
        ("12-05", date(2026, 12, 5), ""),
        ("12.5", date(2026, 12, 5), ""),
        ("1月5日", date(2027, 1, 5), ""),
        ("2027-01-05", date(2027, 1, 5), ""),
        ("11-20", date(2026, 11, 20), "早于检查日。"),
        ("31.2", None, "请写天数（例如 7），或日期（例如 11-28）。"),
        ("下周", None, "请写天数（例如 7），或日期（例如 11-28）。"),
        ("99999", None, "请写天数（例如 7），或日期（例如 11-28）。"),
        ("", None, ""),
    ],
)
def test_a_deadline_as_it_is_typed(qtbot: QtBot, typed: str, due: date | None, problem: str) -> None:
    edit = DeadlineEdit()
    qtbot.addWidget(edit)
    edit.show_deadline(date(2026, 11, 21), 3, None)
    edit.edit.setText(typed)
    assert (edit.due, edit.problem) == (due, problem)


def test_a_long_deadline_is_said_and_taken(hands: Hands) -> None:
    form = fail(hands, "CS-05")
    form.deadline_edit.edit.setFocus()
    hands.type("45")
    hands.press(TAB)
    hands.settle()
    assert form._deadline_row.below.text() == "超过 30 天，请确认。"
    assert state(hands, "CS-05").deadline == date(2027, 1, 5)


def test_a_deadline_that_makes_no_sense_stops_where_it_is_and_the_rest_is_kept(hands: Hands) -> None:
    form = fail(hands, "CS-05")
    form.place_edit.setFocus()
    hands.type("一号池")
    form.deadline_edit.edit.setFocus()
    hands.type("11-20")
    hands.press(ENTER)
    hands.settle()
    assert hands.current == "CS-05"
    assert QApplication.focusWidget() is form.deadline_edit.edit
    assert state(hands, "CS-05").place == "一号池"
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    assert form._deadline_row.below.text() == "早于检查日。"
    hands.press("1")
    hands.settle()
    assert (hands.current, form.deadline_edit.edit.text()) == ("CS-05", "11-20")


def test_an_own_measure_is_kept_and_the_checklists_own_is_not_repeated(hands: Hands) -> None:
    form = fail(hands, "CS-05")
    assert form.measure_edit.text() == hands.model.current.item.measure
    form.measure_edit.set_text("立即上锁")
    form.measure_edit.setFocus()
    hands.press(ENTER)
    hands.settle()
    assert state(hands, "CS-05").filled == {MEASURE: "立即上锁"}
    hands.press(Qt.Key.Key_Up)
    hands.settle()
    form.measure_edit.set_text("")
    form.measure_edit.setFocus()
    hands.press(ENTER)
    hands.settle()
    assert state(hands, "CS-05").filled == {}


def test_a_note_breaks_the_line_with_shift_and_goes_on_with_enter(hands: Hands) -> None:
    fail(hands, "CS-05")
    hands.press(Qt.Key.Key_Escape, "N")
    hands.type("a")
    hands.press(ENTER, modifiers=Qt.KeyboardModifier.ShiftModifier)
    hands.type("b")
    hands.press(ENTER)
    hands.settle()
    assert state(hands, "CS-05").note == "a\nb"
    assert hands.current == "CS-06"


def test_every_field_is_on_disk_as_soon_as_it_is_left(hands: Hands) -> None:
    form = fail(hands, "CS-12")
    hands.press(DOWN, ENTER)
    hands.settle()
    assert SENTENCE in state(hands, "CS-12").filled
    hands.press(TAB)
    hands.type("ab")
    assert state(hands, "CS-12").place == ""
    hands.press(TAB)
    hands.settle()
    assert state(hands, "CS-12").place == "ab"
    form.note_edit.setFocus()
    hands.type("n")
    hands.view.focus_first()
    hands.settle()
    assert state(hands, "CS-12").note == "n"


def test_what_is_cleared_is_gone(hands: Hands) -> None:
    form = fail(hands, "CS-05")
    hands.type("ab")
    form.note_edit.setFocus()
    hands.type("n")
    hands.press(ENTER, Qt.Key.Key_Up)
    hands.settle()
    form.place_edit.clear()
    form.note_edit.clear()
    hands.press(DOWN)
    hands.settle()
    kept = state(hands, "CS-05")
    assert (kept.place, kept.note, kept.result) == ("", "", Result.FAIL)


def test_a_note_may_stand_beside_any_answer(hands: Hands) -> None:
    hands.press("N")
    hands.type("门锁着")
    hands.press(ENTER, Qt.Key.Key_Up)
    hands.settle()
    assert state(hands, "CS-49").note == "门锁着"
    assert hands.item.note_edit.text() == "门锁着"
    hands.press("3")
    hands.settle()
    kept = state(hands, "CS-49")
    assert (kept.result, kept.note) == (Result.NOT_APPLICABLE, "门锁着")


def test_from_fail_to_pass_and_back_nothing_that_was_written_is_lost(hands: Hands) -> None:
    fail(hands, "CS-03")
    hands.type("ab")
    hands.press(Qt.Key.Key_Escape, "1", Qt.Key.Key_Up)
    hands.settle()
    assert state(hands, "CS-03").result is Result.PASS
    assert hands.item.finding.isHidden()
    hands.press("2")
    hands.settle()
    assert hands.item.finding.place_edit.text() == "ab"
    assert state(hands, "CS-03").place == "ab"


def test_the_officers_own_item_asks_for_a_note_only_and_is_no_finding(hands: Hands) -> None:
    hands.press("2")
    hands.settle()
    form = hands.item.finding
    assert hands.focused == "备注，印在问题后面"
    assert form._sentence_row.isHidden()
    assert not form._own_note.isHidden()
    assert hands.view.pane.rows == []
    assert hands.view.head.count.text() == "已查 1/50"


def test_the_list_of_findings_jumps_and_shows_level_and_deadline(hands: Hands) -> None:
    fail(hands, "CS-05")
    fail(hands, "CS-30")
    rows = hands.view.pane.rows
    assert [(row.line.number, row.line.level, row.line.due) for row in rows] == [
        (7, Level.GENERAL, "3 天，11 月 24 日"),
        (32, Level.MAJOR, "立即"),
    ]
    assert [row.isChecked() for row in rows] == [False, True]
    hands.click(rows[0])
    hands.settle()
    assert hands.current == "CS-05"
    assert [row.isChecked() for row in hands.view.pane.rows] == [True, False]


def test_places_of_this_visit_are_offered_first(hands: Hands) -> None:
    fail(hands, "CS-03")
    hands.type("化粪池")
    fail(hands, "CS-05")
    assert [offer.label for offer in hands.item.finding.place_edit.offers] == ["化粪池", "一号厌氧池", "污水站调节池"]
