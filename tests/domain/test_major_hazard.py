"""From failed items to suspected major hazards, whatever order they were found in."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.checklist import Checklist, ChecklistItem, How, LegalReference, MajorRule, Section, When
from safetydesk.domain.major_hazard import Suspicion, suspected, suspected_criteria

POISON = "存在中毒风险"


def item(item_id: str, *major: MajorRule) -> ChecklistItem:
    return ChecklistItem(
        id=item_id,
        section="a",
        text="看",
        look="看",
        how=(How.SEE,),
        basis=(LegalReference("mem-13", "第六条", True),),
        finding="不符合。",
        measure="改正。",
        days=0,
        verified=True,
        major=major,
    )


def checklist(*items: ChecklistItem) -> Checklist:
    return Checklist("own", "自编", "1", (), (Section("a", "甲"),), items)


LEDGER = item("ZZ-01", MajorRule("MH-13-01", When.TOGETHER, ("ZZ-03",), POISON, True))
UPDATES = item("ZZ-02", MajorRule("MH-13-01", When.TOGETHER, ("ZZ-03",), POISON, True))
SIGNS = item("ZZ-03", MajorRule("MH-13-01", When.TOGETHER, ("ZZ-01", "ZZ-02"), POISON, True))
PERMIT = item("ZZ-04", MajorRule("MH-13-02", When.ALONE, (), POISON, True))
SILO = item(
    "ZZ-05",
    MajorRule("MH-06-02", When.DEPENDS, (), "人工清库", True),
    MajorRule("MH-06-04", When.ALONE, (), None, False),
)
PLAIN = item("ZZ-06")
WALK = checklist(LEDGER, UPDATES, SIGNS, PERMIT, SILO, PLAIN)
IDS = [i.id for i in WALK.items]


def test_nothing_failed_nothing_suspected() -> None:
    assert suspected(WALK, []) == []
    assert suspected(WALK, ["ZZ-06"]) == []


def test_one_half_of_an_and_is_no_suspicion() -> None:
    assert suspected(WALK, ["ZZ-01", "ZZ-02"]) == []
    assert suspected(WALK, ["ZZ-03"]) == []


def test_both_halves_of_an_and_suspect_each_other() -> None:
    assert suspected(WALK, ["ZZ-03", "ZZ-02"]) == [
        Suspicion("ZZ-02", "MH-13-01", When.TOGETHER, ("ZZ-03",), POISON, True),
        Suspicion("ZZ-03", "MH-13-01", When.TOGETHER, ("ZZ-02",), POISON, True),
    ]


def test_alone_and_depending_rules_are_told_apart() -> None:
    depending, alone = suspected(WALK, ["ZZ-05"])
    assert (depending.when, depending.premise, depending.needs_confirmation) == (When.DEPENDS, "人工清库", True)
    assert (alone.when, alone.premise, alone.needs_confirmation) == (When.ALONE, None, False)
    assert not alone.verified


def test_an_item_never_completes_itself() -> None:
    own = item("ZZ-09", MajorRule("MH-13-01", When.TOGETHER, ("ZZ-09",)))
    assert suspected(checklist(own), ["ZZ-09"]) == []


def test_items_of_another_version_are_passed_over() -> None:
    assert suspected(WALK, ["QQ-77", ""]) == []


def test_one_criterion_gathers_all_items_that_point_at_it() -> None:
    grouped = suspected_criteria(suspected(WALK, IDS))
    assert list(grouped) == ["MH-06-02", "MH-06-04", "MH-13-01", "MH-13-02"]
    assert [s.item for s in grouped["MH-13-01"]] == ["ZZ-01", "ZZ-02", "ZZ-03"]


@given(st.lists(st.sampled_from([*IDS, "QQ-77"])), st.randoms())
def test_neither_order_nor_repetition_matters(failed: list[str], shuffler: random.Random) -> None:
    shuffled = shuffler.sample(failed, len(failed))
    assert suspected(WALK, shuffled) == suspected(WALK, failed) == suspected(WALK, set(failed))


@given(st.sets(st.sampled_from(IDS)), st.sampled_from(IDS))
def test_a_further_fail_never_takes_a_suspicion_back(failed: set[str], further: str) -> None:
    before = {(s.item, s.criterion) for s in suspected(WALK, failed)}
    after = {(s.item, s.criterion) for s in suspected(WALK, failed | {further})}
    assert before <= after


@given(st.sets(st.sampled_from(IDS)))
def test_the_and_holds_exactly_when_both_kinds_failed(failed: set[str]) -> None:
    both = "ZZ-03" in failed and bool(failed & {"ZZ-01", "ZZ-02"})
    assert ("MH-13-01" in suspected_criteria(suspected(WALK, failed))) == both
