"""Readings are judged while they are typed; a breach offers the fail and refuses the pass."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Result
from safetydesk.domain.limits import Verdict
from safetydesk.ui.shell import Shell

from .walk_hands import Hands, new_visit, stored

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


@pytest.fixture
def hands(qtbot: QtBot, shell: Shell) -> Hands:
    made = Hands(qtbot, shell).open(new_visit(shell.desk))
    made.go("CS-33")
    return made


def state(hands: Hands, item: str = "CS-33"):  # type: ignore[no-untyped-def]
    return stored(hands.shell.desk, hands.model.walk.inspection_id)[item]


def test_an_item_with_limits_shows_a_row_for_each_of_the_first_with_limit_and_source(hands: Hands) -> None:
    rows = hands.item.readings._rows
    assert len(rows) == 4
    assert rows[0].limit_label.whole == "19.5～23.5 %VOL · GB 46768第5.9.1条a)项"
    assert rows[0].verdict.isHidden()
    assert [hands.item.readings.row(2).unit_box.itemText(n) for n in range(2)] == ["mg/m³", "ppm"]


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("19.5", "合格"),
        ("19.4", "低于下限"),
        ("23.6", "超过上限"),
        ("-1", "读数不可能为负，请核对仪器"),
        ("abc", "不是一个数"),
    ],
)
def test_the_verdict_stands_beside_the_number_while_it_is_typed(hands: Hands, typed: str, verdict: str) -> None:
    hands.press("G")
    hands.type(typed)
    assert hands.item.readings.row(0).verdict.whole == verdict
    assert hands.focused == "氧的读数"


def test_full_width_digits_and_a_chinese_full_stop_are_meant_as_a_number(hands: Hands) -> None:
    hands.press("G")
    hands.type("２０。９")
    assert hands.item.readings.row(0).verdict.whole == "合格"
    assert hands.item.readings.readings()[0].value == 20.9


def test_a_unit_that_is_converted_says_so(hands: Hands) -> None:
    row = hands.item.readings.row(3)
    row.value_edit.setFocus()
    hands.type("20")
    row.unit_box.setCurrentIndex(row.unit_box.findData("ppm"))
    assert row.verdict.whole == "合格（换算值，接近限值时再核）"


def test_values_come_first_in_the_tab_order_and_enter_leads_to_the_answer(hands: Hands) -> None:
    hands.press("G")
    hands.type("20.9")
    hands.press(TAB)
    assert hands.focused == "可燃气的读数"
    hands.type("3")
    hands.press(ENTER)
    hands.settle()
    assert hands.item.hasFocus()
    assert [(one.gas, one.value, one.verdict) for one in state(hands).readings] == [
        ("o2", 20.9, Verdict.WITHIN), ("lel", 3.0, Verdict.WITHIN),
    ]  # fmt: skip
    hands.press("1")
    hands.settle()
    assert (state(hands).result, len(state(hands).readings)) == (Result.PASS, 2)
    assert hands.current == "CS-34"


def test_a_breach_says_what_and_offers_the_fail(hands: Hands) -> None:
    hands.press("G")
    hands.type("18.2")
    assert hands.item._breach_word.text() == "氧 18.2 %VOL 低于下限（19.5～23.5 %VOL）"
    assert not hands.item._breach.isHidden()
    hands.click(hands.item.fail_button)
    hands.settle()
    assert state(hands).result is Result.FAIL
    assert hands.item._breach.isHidden()
    assert "氧 18.2 %VOL，低于下限" in hands.item.finding.preview.said


def test_a_pass_against_a_breach_is_refused_in_place_and_nothing_is_lost(hands: Hands) -> None:
    hands.press("G")
    hands.type("18.2")
    hands.press(ENTER, "1", "1", "1")
    hands.settle()
    assert hands.current == "CS-33"
    assert state(hands).result is Result.UNCHECKED
    assert hands.item.trouble.message.text().startswith("CS-33：")
    assert "不能判“符合”" in hands.item.trouble.message.text()
    assert hands.item.readings.row(0).value_edit.text() == "18.2"
    assert set(stored(hands.shell.desk, hands.model.walk.inspection_id)) == {"CS-33"}
    hands.click(hands.item.trouble.retry_button)
    hands.settle()
    assert state(hands).result is Result.FAIL
    assert not hands.item.trouble.is_shown


def test_a_pass_beside_a_reading_that_cannot_be_judged_is_refused_too(hands: Hands) -> None:
    hands.press("G")
    hands.type("-3")
    hands.press(ENTER, "1")
    hands.settle()
    assert hands.current == "CS-33"
    assert "说不清" in hands.item.trouble.message.text()


def test_a_number_that_is_none_stops_the_answer_and_stays(hands: Hands) -> None:
    hands.press("G")
    hands.type("1x")
    hands.press(Qt.Key.Key_Escape, "1")
    hands.settle()
    assert (hands.current, hands.focused) == ("CS-33", "氧的读数")
    assert hands.item.readings.row(0).value_edit.text() == "1x"
    assert stored(hands.shell.desk, hands.model.walk.inspection_id) == {}


def test_a_mended_reading_lets_the_pass_through(hands: Hands) -> None:
    hands.press("G")
    hands.type("18.2")
    hands.press(ENTER, "1")
    hands.settle()
    hands.press("G")
    hands.item.readings.row(0).value_edit.setFocus()
    hands.item.readings.row(0).value_edit.selectAll()
    hands.type("20.8")
    hands.press(ENTER, "1")
    hands.settle()
    assert hands.current == "CS-34"
    assert [one.value for one in state(hands).readings] == [20.8]


def test_a_cleared_reading_is_gone(hands: Hands) -> None:
    hands.press("G")
    hands.type("18.2")
    hands.press(ENTER)
    hands.settle()
    hands.item.readings.row(0).value_edit.clear()
    hands.press("1")
    hands.settle()
    assert state(hands).readings == ()


def test_the_point_of_a_reading_and_a_second_reading_of_one_gas_are_kept(hands: Hands) -> None:
    form = hands.item.readings
    hands.press("G")
    hands.type("20.9")
    form.row(0).point_edit.setFocus()
    hands.type("口部")
    form._add_and_focus(hands.model.current.item.limits[0])
    hands.type("20.1")
    form.row(4).point_edit.setFocus()
    hands.type("池底")
    hands.press(ENTER)
    hands.settle()
    assert [(one.gas, one.value, one.point) for one in state(hands).readings] == [
        ("o2", 20.9, "口部"), ("o2", 20.1, "池底"),
    ]  # fmt: skip
    hands.go("CS-34")
    hands.go("CS-33")
    assert [one.value for one in form.readings()] == [20.9, 20.1]
    assert form.row(4).point_edit.text() == "池底"


def test_an_unchanged_reading_keeps_the_time_it_was_taken(hands: Hands) -> None:
    hands.press("G")
    hands.type("18.2")
    hands.press(ENTER, "2")
    hands.settle()
    before = state(hands).readings
    hands.type("一号池")
    hands.press(ENTER)
    hands.settle()
    assert state(hands).place == "一号池"
    assert state(hands).readings == before


def test_any_item_takes_a_reading_by_g(hands: Hands) -> None:
    hands.go("CS-03")
    assert hands.item._readings_block.isHidden()
    hands.press("G")
    row = hands.item.readings.row(0)
    hands.wait(row.isVisible)
    assert row.name_edit.hasFocus()  # nothing says yet what the number would be of
    hands.type("标志数量")
    hands.press(TAB)
    hands.type("3")
    hands.press(TAB)
    hands.type("块")
    hands.press(ENTER)
    hands.settle()
    (reading,) = state(hands, "CS-03").readings
    assert (reading.value, reading.unit, reading.gas, reading.verdict) == (3.0, "块", "标志数量", Verdict.UNJUDGED)
    assert row.verdict.whole == "没有限值，只作记录"


def test_an_item_of_one_limit_has_one_row(hands: Hands) -> None:
    hands.go("CS-35")
    row = hands.item.readings.row(0)
    hands.press("G")
    hands.type("31")
    assert (row.verdict.whole, row.limit_label.whole) == ("超过上限", "不超过 30 分钟 · GB 30871第6.3条a)项")
