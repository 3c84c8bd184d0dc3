"""What a sentence leaves to choose: one fault where it names several, examples of gaps, own words."""

from __future__ import annotations

import pytest

from safetydesk.catalog.checklists import shipped_checklists
from safetydesk.domain.finding_choices import alternatives, choices, is_open, own_sentence, still_to_name
from safetydesk.domain.finding_text import gaps

ITEMS = [pytest.param(item, id=item.id) for checklist in shipped_checklists().values() for item in checklist.items]


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        (
            "〔部位〕的有限空间作业未经审批，或者存在先作业后补票、他人代签的情形。",
            {
                "未经审批": "〔部位〕的有限空间作业未经审批。",
                "存在先作业后补票的情形": "〔部位〕的有限空间作业存在先作业后补票的情形。",
                "存在他人代签的情形": "〔部位〕的有限空间作业存在他人代签的情形。",
            },
        ),
        (
            "〔部位〕作业时无监护人员，或者监护人员未在外全程监护。",
            {
                "无监护人员": "〔部位〕作业时无监护人员。",
                "监护人员未在外全程监护": "〔部位〕作业时监护人员未在外全程监护。",
            },
        ),
        (
            "未制定现场处置方案，或者方案与现场实际不符。",
            {"未制定现场处置方案": "未制定现场处置方案。", "方案与现场实际不符": "现场处置方案与现场实际不符。"},
        ),
        ("〔部位〕不符合要求：〔未检测，或者漏测等具体情形〕。", {}),
        ("〔部位〕未设置标志。", {}),
    ],
)
def test_a_sentence_of_several_faults_offers_each_as_a_sentence(sentence: str, offered: dict[str, str]) -> None:
    assert {one.label: one.sentence for one in alternatives(sentence)} == offered


@pytest.mark.parametrize("item", ITEMS)
def test_every_offer_of_a_shipped_item_is_one_sentence_with_gaps_of_the_item(item) -> None:  # type: ignore[no-untyped-def]
    for one in alternatives(item.finding):
        assert one.sentence.endswith("。")
        assert "，或者" not in one.sentence
        assert set(gaps(one.sentence)) <= set(gaps(item.finding))
        assert one.sentence.rstrip("。").endswith(one.label)


@pytest.mark.parametrize(
    ("gap", "offered"),
    [
        ("未检测、漏测何种气体、检测方式不当等具体情形", ("未检测", "漏测何种气体", "检测方式不当")),
        ("未制定，未明确办票区域、审批人等具体情形", ("未制定", "未明确办票区域、审批人")),
        ("周围、下方", ("周围", "下方")),
        ("管道、设备等", ("管道", "设备")),
        ("设备、管道名称", ()),
        ("屋面、泄压墙、窗的具体情形", ()),
        ("姓名", ()),
        ("部位", ()),
        ("作业或者监护人员", ()),
    ],
)
def test_the_words_of_a_gap_give_examples_only_where_they_are_some(gap: str, offered: tuple[str, ...]) -> None:
    assert choices(gap) == offered


def test_an_example_that_wants_a_fact_says_where_and_is_not_filled_until_it_is_there() -> None:
    gap = "未检测、漏测何种气体、检测方式不当等具体情形"
    assert still_to_name("漏测何种气体") == (2, 4)
    assert still_to_name("未检测") is None
    assert is_open(gap, "漏测何种气体")
    assert is_open(gap, "  ")
    assert not is_open(gap, "漏测硫化氢")
    assert not is_open(gap, "未检测")


def test_brackets_that_are_no_gap_of_the_item_are_ordinary_ones() -> None:
    assert own_sentence("〔部位〕〔东侧〕无标志", "〔部位〕未设置标志。") == "〔部位〕（东侧）无标志"
