"""A checklist is kept whole with the inspection that used it: through JSON and back, with a digest."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safetydesk.catalog.checklists import (
    checklist_digest,
    checklist_from_plain,
    checklist_ids,
    checklist_to_plain,
    shipped_checklist,
)
from safetydesk.catalog.errors import BadTemplate, Fault
from safetydesk.domain.checklist import (
    Checklist,
    ChecklistItem,
    Concerns,
    How,
    LegalReference,
    Limit,
    MajorRule,
    OtherMajor,
    Role,
    Section,
    When,
)

words = st.text(alphabet="看记空间气体abc0〔〕。，", min_size=1, max_size=12)
numbers = st.one_of(st.none(), st.floats(0, 1e6, allow_nan=False))
references = st.builds(
    LegalReference,
    law=st.sampled_from(["mem-13", "gb-46768-2025"]),
    article=st.one_of(st.none(), words),
    verified=st.booleans(),
    role=st.sampled_from(Role),
    note=st.one_of(st.none(), words),
)
rules = st.builds(
    MajorRule,
    criterion=st.sampled_from(["MH-13-01", "MH-14-00"]),
    when=st.sampled_from(When),
    with_items=st.lists(st.sampled_from(["ZZ-01", "ZZ-02"]), max_size=2).map(tuple),
    premise=st.one_of(st.none(), words),
    verified=st.booleans(),
)
limits = st.builds(
    Limit,
    gas=st.just("co"),
    name=words,
    unit=st.just("mg/m3"),
    minimum=numbers,
    maximum=numbers,
    verified=st.booleans(),
)
items = st.builds(
    ChecklistItem,
    id=st.sampled_from(["ZZ-01", "ZZ-02", "ZZ-03"]),
    section=st.just("a"),
    text=words,
    look=words,
    how=st.lists(st.sampled_from(How), min_size=1, max_size=4).map(tuple),
    basis=st.lists(references, min_size=1, max_size=3).map(tuple),
    finding=words,
    measure=words,
    days=st.integers(0, 365),
    verified=st.booleans(),
    major=st.lists(rules, max_size=2).map(tuple),
    other_major=st.one_of(st.none(), st.sampled_from(OtherMajor)),
    limits=st.lists(limits, max_size=2).map(tuple),
    caveat=st.one_of(st.none(), words),
    concerns=st.sampled_from(Concerns),
    bare=st.one_of(st.none(), words),
)
checklists = st.builds(
    Checklist,
    id=st.just("own"),
    title=words,
    version=st.just("1.0"),
    flags=st.lists(words, max_size=2).map(tuple),
    sections=st.just((Section("a", "甲"),)),
    items=st.lists(items, min_size=1, max_size=3).map(tuple),
    note=st.one_of(st.none(), words),
)


@settings(deadline=None)
@given(checklists)
def test_through_json_and_back_nothing_is_lost(checklist: Checklist) -> None:
    stored = json.loads(json.dumps(checklist_to_plain(checklist)))
    again = checklist_from_plain(stored)
    assert again == checklist
    assert checklist_digest(again) == checklist_digest(checklist)


@pytest.mark.parametrize("name", checklist_ids())
def test_a_shipped_checklist_is_rebuilt_from_the_database_as_it_was(name: str) -> None:
    checklist = shipped_checklist(name)
    stored = json.loads(json.dumps(checklist_to_plain(checklist), ensure_ascii=False))
    assert checklist_from_plain(stored) == checklist
    shuffled = json.loads(json.dumps(stored, sort_keys=True))
    assert checklist_digest(checklist_from_plain(shuffled)) == checklist_digest(checklist)


def test_the_digest_follows_the_content_and_nothing_else() -> None:
    checklist = shipped_checklist("confined-space")
    first, *rest = checklist.items
    other = replace(checklist, items=(replace(first, days=first.days + 1), *rest))
    assert checklist_digest(other) != checklist_digest(checklist)
    assert checklist_digest(replace(checklist)) == checklist_digest(checklist)
    assert checklist_digest(replace(checklist, items=(*rest, first))) != checklist_digest(checklist)
    assert len(checklist_digest(checklist)) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"version": ""},
        {"items": []},
        {"extra": 1},
        {"title": 5},
        {"note": None, "sections": "a"},
        {"flags": ["有限\u202e空间"]},
        {"note": "第一行\n第二行"},
    ],
)
def test_tampered_json_is_refused(change: dict[str, object]) -> None:
    plain = checklist_to_plain(shipped_checklist("confined-space")) | change
    with pytest.raises(BadTemplate):
        checklist_from_plain(plain)


def test_an_infinite_limit_is_refused_on_the_way_back_too() -> None:
    plain = checklist_to_plain(shipped_checklist("confined-space"))
    item = next(item for item in plain["items"] if item.get("limits"))
    item["limits"][0]["max"] = float("inf")
    with pytest.raises(BadTemplate) as refused:
        checklist_from_plain(plain)
    assert refused.value.what is Fault.NOT_FINITE
