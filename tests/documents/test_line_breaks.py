"""Where lines end, judged by the Unicode algorithm run on the whole text and by the office's table."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notice_samples import rectification
from uniseg.linebreak import line_break_breakables

from safetydesk.documents.typeset.breaks import Break, break_levels
from safetydesk.documents.typeset.lines import RAGGED_STRETCH, Line, Setting, Span, blank
from safetydesk.documents.typeset.tailoring import GLUE, GLUED, NO_END, NO_START
from safetydesk.documents.typeset.truetype import UNITS

WIDTHS = range(12, 36)  # ems: 24 columns
MORE = (
    "依据GB 15577-2018第8.2.1条、AQ/T 3067-2022和《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十一条第（二）项，"
    "限于2026年12月15日16时30分前整改，罚款20000元至50000元，联系人买买提·吐尔逊（0575-00001234）。",
    "现场实测：氧含量18.2%，可燃气体12 %LEL，一氧化碳≥ 30 mg/m³；规定为19.5%～23.5%、≤10%LEL。“已通风30分钟”——记录不实……",
    "文号（越）应急责改〔2026〕123号；统一社会信用代码91330699MA0000000X；设备型号MFZ/ABC4、DN 100、No. 5；面积300㎡，温度35 ℃。",
)


def paragraphs() -> list[str]:
    found = rectification(10).findings
    return [*MORE, *(f"{finding.ordinal}．{finding.place}：{finding.text}" for finding in found)]


def lines_of(text: str, ems: int, *, ragged: bool = False) -> tuple[Setting, list[Line]]:
    setting = Setting((Span(text),))
    return setting, setting.lines(ems * UNITS, ragged=ragged)


def test_more_than_six_hundred_lines_break_only_where_unicode_and_the_office_allow():
    seen = 0
    for text in paragraphs():
        oracle = list(line_break_breakables(text))
        for ems in WIDTHS:
            _setting, lines = lines_of(text, ems)
            seen += len(lines)
            for line in lines[:-1]:
                where = f"{ems} em: {text[line.start : line.end]}|{text[line.next : line.next + 6]}"
                assert oracle[line.next] == 1, where
                assert text[line.next] not in NO_START, where
                assert text[line.end - 1] not in NO_END, where
    assert seen > 600


def test_no_number_is_torn_from_its_unit_and_no_code_in_two():
    for text in paragraphs():
        whole = [match.span() for pattern in GLUED for match in pattern.finditer(text)]
        for ems in WIDTHS:
            for line in lines_of(text, ems)[1][:-1]:
                torn = [text[start:end] for start, end in whole if start < line.next < end]
                assert not torn, f"{ems} em: {torn}"


def test_no_line_is_wider_than_its_column_and_stretched_ones_fill_it():
    for text in paragraphs():
        for ems in WIDTHS:
            setting, lines = lines_of(text, ems)
            for line in lines:
                squeezed = line.squeeze * sum(setting.squeezes(index) for index in range(line.start, line.end - 1))
                places = sum(setting.stretch_before(index) for index in range(line.start + 1, line.end))
                width = line.width - squeezed + line.stretch * places
                assert width <= ems * UNITS + 1
                assert line.stretch <= RAGGED_STRETCH
                assert not line.stretch or width == pytest.approx(ems * UNITS, abs=1)


def test_the_lines_of_a_paragraph_are_its_text_and_nothing_else():
    for text in paragraphs():
        for ems in (3, 12, 20, 35):
            lines = lines_of(text, ems)[1]
            assert "".join(text[line.start : line.next] for line in lines) == text


def test_ragged_lines_are_never_stretched():
    for text in paragraphs():
        assert all(line.stretch == 0 for line in lines_of(text, 14, ragged=True)[1])


def test_no_paragraph_ends_in_a_line_of_one_character():
    alone = []
    for text in paragraphs():
        for ems in range(20, 36):
            lines = lines_of(text, ems)[1]
            last = text[lines[-1].start : lines[-1].end]
            if len(lines) > 1 and len(last.strip("，。、；：”）")) < 2:
                alone.append((ems, last))
    assert alone == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("罚款20000元整", "20000元"),
        ("定于2026年以前", "2026年"),
        ("截至12月15日止", "12月15日"),
        ("按GB 15577-2018执行", "GB 15577-2018"),
        ("浓度为13.5%以上", "13.5%"),
        ("浓度不高于10 mg/m³时", "10 mg/m³"),
        ("应为19.5%～23.5%之间", "19.5%～23.5%"),
        ("等等……完", "……"),
        ("说明——如下", "——"),
        ("请买提·艾山签字", "提·艾"),
        ("见〔2026〕12号文", "〔2026〕12号"),
        ("违反第四十一条规定", "第四十一条"),
        ("面积300㎡以上", "300㎡"),
    ],
)
def test_what_belongs_together_has_no_break_inside(text: str, whole: str):
    levels = break_levels(text)
    start = text.index(whole)
    assert all(levels[index] < Break.ALLOWED for index in range(start + 1, start + len(whole)))


def test_every_entry_of_the_tailoring_has_a_reason():
    reasons = [*NO_START.values(), *NO_END.values(), *(reason for _pattern, reason in GLUE)]
    assert all(len(reason) >= 4 for reason in reasons)


ALPHABET = "安全检查，。、；：？！（）《》“”‘’—…·～%％℃/-.,:;()\"' 0123456789AbzMPaμ㎡³〔〕①①喆㛃\u00a0×±≥"


@given(st.text(ALPHABET, max_size=24))
def test_the_shortened_algorithm_agrees_with_unicode_on_the_whole_text(text: str):
    levels = break_levels(text)
    oracle = list(line_break_breakables(text))
    assert [level >= Break.RELAXED for level in levels] == [bool(value) for value in oracle]


@given(st.text(max_size=60), st.integers(1, 40))
def test_any_text_is_cut_into_lines_that_add_up(text: str, ems: int):
    setting = Setting((Span(text),))
    lines = setting.lines(ems * UNITS)
    assert "".join(text[line.start : line.next] for line in lines) == text
    assert all(line.next > line.start for line in lines)


def test_a_string_without_any_break_is_cut_in_an_emergency_but_never_before_an_accent():
    text = "e\u0301" * 200
    lines = lines_of(text, 12)[1]
    assert len(lines) > 5
    assert all(unicodedata.category(text[line.start]) != "Mn" for line in lines)


def test_a_blank_to_fill_in_keeps_its_width_and_may_go_on_in_the_next_line():
    setting = Setting((Span("向"), blank(10), Span("申请行政复议")))
    lines = setting.lines(8 * UNITS)
    assert len(lines) > 1
    assert (
        sum(width for width, underlined in zip(setting.advances, setting.underlined, strict=True) if underlined)
        == 10 * UNITS
    )


def test_hostile_punctuation_takes_no_quadratic_time():
    setting = Setting((Span("“ " * 5000 + "((((" * 2000),))
    assert len(setting.lines(20 * UNITS)) > 100
