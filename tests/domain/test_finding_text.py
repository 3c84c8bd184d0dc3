"""The sentence of a finding: a gap is never printed, a typed fact never lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.finding_text import HERE, PLACE, finding_text, gaps

QUESTION = "气瓶与明火的距离是否足够？"
SENTENCE = "〔部位〕气瓶距明火〔距离〕米，〔气瓶种类〕未固定。"
NOTES = st.text("离墙近，用绳子0123456789.\\", max_size=12)
WORDS = st.text("甲乙丙丁车间一二三ABC019.\\$", min_size=1, max_size=12).map(lambda text: f"{text}号")
FILLED = st.dictionaries(st.sampled_from(["距离", "气瓶种类", PLACE, "别的"]), WORDS)


@given(FILLED, st.none() | WORDS, st.lists(WORDS, max_size=2), NOTES)
def test_no_gap_is_ever_printed_and_every_sentence_is_closed_once(
    filled: Mapping[str, str], place: str | None, measured: list[str], note: str
) -> None:
    said = finding_text(SENTENCE, QUESTION, filled=filled, place=place, measured=measured, note=note)
    assert not {"〔", "〕"} & set(said)
    assert said.endswith("。")
    assert "。。" not in said


@given(FILLED, st.lists(WORDS, max_size=2), WORDS)
def test_what_was_filled_measured_or_noted_stands_in_the_text(
    filled: Mapping[str, str], measured: list[str], note: str
) -> None:
    said = finding_text(SENTENCE, QUESTION, filled=filled, measured=measured, note=note)
    for gap, text in filled.items():
        assert gap not in gaps(SENTENCE) or text in said
    assert all(reading in said for reading in measured)
    assert note in said


def test_a_sentence_whose_gaps_are_all_filled_stands_as_it_is() -> None:
    said = finding_text(SENTENCE, QUESTION, filled={"距离": "3", "气瓶种类": "乙炔瓶"}, place="二车间")
    assert said == "二车间气瓶距明火3米，乙炔瓶未固定。"


def test_an_unknown_place_at_the_head_is_the_site() -> None:
    assert finding_text("〔部位〕气瓶未固定。", QUESTION, filled={}) == f"{HERE}气瓶未固定。"


def test_a_gap_that_nobody_filled_gives_the_item_as_not_met_instead_of_a_guess() -> None:
    said = finding_text(SENTENCE, QUESTION, filled={})
    assert QUESTION.rstrip("？") in said
    assert "米" not in said


@pytest.mark.parametrize("place", [r"D:\车间\1号", r"\g<0>", "二车间〔东〕", "$1"])
def test_typed_text_is_only_ever_text(place: str) -> None:
    assert finding_text("〔部位〕气瓶未固定。", QUESTION, filled={}, place=place) == f"{place}气瓶未固定。"


def test_a_place_of_blanks_is_no_place() -> None:
    assert finding_text("〔部位〕气瓶未固定。", QUESTION, filled={}, place=" 　") == f"{HERE}气瓶未固定。"


def test_lines_of_a_note_become_one_line() -> None:
    assert "靠墙 未固定。" in finding_text("气瓶未固定。", QUESTION, filled={}, note="靠墙\n未固定。")


def test_the_gaps_are_listed_once_in_their_order() -> None:
    assert gaps("〔部位〕的〔距离〕和〔部位〕") == ("部位", "距离")
