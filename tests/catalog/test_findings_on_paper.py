"""Every finding of the shipped checklists as it will stand on an official notice."""

from __future__ import annotations

import itertools
import re

import pytest

from safetydesk.catalog.checklists import shipped_checklists
from safetydesk.domain.checklist import ChecklistItem
from safetydesk.domain.finding_text import HERE, MEASURED, PLACE, finding_text, gaps, needs_bare

ITEMS = [item for checklist in shipped_checklists().values() for item in checklist.items]
POND = "污水站调节池"
READINGS = ("氧 18.2 %VOL，低于下限", "可燃气体（爆炸下限低于 4%）0.8 %VOL，超过上限")
NOTE = "现场有2人作业，已叫停"
PLACES = (None, POND)
MEASURED_OR_NOT: tuple[tuple[str, ...], ...] = ((), READINGS[:1], READINGS)
NOTES = (None, NOTE, f"{NOTE}。", f"{NOTE}；")
FILLED_HOW = ("nothing", "first", "all", "all with full stops")
DOUBLED = re.compile(r"[，。；：、（]{2}|[，；：、]）|（）|，。|的的|或者或者")
# Words of the questions that the officer reads; on paper they would sound like talk.
COLLOQUIAL = re.compile(r"没有|有没有|是不是|干活|下去|咋|换人|口子|弄|搞|吗|呢|吧|[?？!！]|里头|顶替|懂不懂")


def _filled(item: ChecklistItem, how: str) -> dict[str, str]:
    names = [name for name in gaps(item.finding) if name != PLACE]
    names = names[: {"nothing": 0, "first": 1}.get(how, len(names))]
    return dict.fromkeys(names, "三号" + ("。" if "full stops" in how else ""))


def _printed(item: ChecklistItem, **how: object) -> str:
    asked: dict[str, object] = {"filled": {}, "bare": item.bare, **how}
    return finding_text(item.finding, item.text, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_whatever_the_officer_filled_in_the_notice_reads_as_sentences(item: ChecklistItem) -> None:
    for how, place, measured, note in itertools.product(FILLED_HOW, PLACES, MEASURED_OR_NOT, NOTES):
        text = _printed(item, filled=_filled(item, how), place=place, measured=measured, note=note)
        assert not set(text) & set("〔〕{}\n"), text
        assert text.endswith("。"), text
        assert not DOUBLED.search(text), text
        assert "经查" not in text, text
        assert _depth(text) <= 2, text


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_fail_alone_is_one_formal_sentence(item: ChecklistItem) -> None:
    text = _printed(item)
    assert text.count("。") == 1, text
    assert text in (item.bare, item.finding.replace(f"〔{PLACE}〕", HERE))
    assert not COLLOQUIAL.search(text), text
    assert "（" not in text or text.startswith("未制定动火（用火）"), text


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_sentences_and_measures_are_in_the_language_of_papers(item: ChecklistItem) -> None:
    for text in (item.finding, item.bare or item.finding, item.measure):
        assert text.endswith("。"), text
        assert not COLLOQUIAL.search(text), text
        assert not set(text) & set(",;:() "), f"half-width punctuation or a blank: {text}"


@pytest.mark.parametrize("item", [item for item in ITEMS if item.bare], ids=lambda item: item.id)
def test_a_bare_sentence_is_short_whole_and_says_nothing_of_its_own(item: ChecklistItem) -> None:
    assert item.bare is not None
    assert len(item.bare) <= 45
    assert item.bare.count("。") == 1
    assert item.bare.endswith("。")
    assert not set(item.bare) & set("〔〕")
    numbers = re.findall(r"\d+", item.bare)
    assert set(numbers) <= set(re.findall(r"\d+", item.text + item.finding + item.look)), "an invented figure"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_no_two_gaps_of_a_sentence_have_one_name(item: ChecklistItem) -> None:
    named = re.findall(r"〔([^〔〕]*)〕", item.finding)
    assert len(named) == len(set(named)), "the form could fill them only alike"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_typed_fact_is_on_the_paper_even_when_another_gap_stayed_open(item: ChecklistItem) -> None:
    for name in gaps(item.finding):
        assert "仅此一处" in _printed(item, filled={name: "仅此一处"}), name


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_sentence_that_opens_with_its_place_names_it(item: ChecklistItem) -> None:
    if item.finding.startswith(f"〔{PLACE}〕") and not needs_bare(item.finding):
        assert _printed(item, place=POND).startswith(POND)


def test_no_two_items_of_a_checklist_print_one_sentence() -> None:
    for checklist in shipped_checklists().values():
        printed = [_printed(item) for item in checklist.items]
        assert len(printed) == len(set(printed))


def test_the_gas_item_without_anything_filled_names_what_is_missing() -> None:
    item = shipped_checklists()["confined-space"].item("CS-30")
    assert _printed(item) == "有限空间作业前未按规定检测气体。"
    assert _printed(item, note="仪器放在办公室。") == "有限空间作业前未按规定检测气体。仪器放在办公室。"


def test_a_reading_out_of_its_limits_stands_in_the_brackets_of_the_result() -> None:
    item = shipped_checklists()["confined-space"].item("CS-33")
    assert MEASURED in gaps(item.finding)
    text = _printed(item, place=POND, measured=READINGS[:1])
    assert text == f"{POND}气体检测结果不合格（氧 18.2 %VOL，低于下限），未按要求停止作业并通风至合格。"
    within = _printed(item, place=POND, measured=("氧 20.9 %VOL",), breached=False)
    assert within.startswith("未经气体检测合格即进入")
    assert within.endswith("。实测：氧 20.9 %VOL。")


def test_a_distance_is_a_sentence_of_its_own_never_a_number_in_a_gap() -> None:
    item = shipped_checklists()["hot-work"].item("HW-21")
    text = _printed(item, measured=("氧气瓶与乙炔瓶间距 3 m，低于下限",))
    assert text.endswith("。实测：氧气瓶与乙炔瓶间距 3 m，低于下限。")
    assert "米" not in text


def _depth(text: str) -> int:
    """How deep the brackets lie in one another; fails where they are not paired."""
    depth = deepest = 0
    for character in text:
        depth += (character == "（") - (character == "）")
        assert depth >= 0, text
        deepest = max(deepest, depth)
    assert depth == 0, text
    return deepest
