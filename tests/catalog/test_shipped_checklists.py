"""Everything that the shipped checklists refer to exists, and says what the standard of major hazards says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from safetydesk.catalog.checklists import (
    checklist_ids,
    proposed_for,
    shipped_checklist,
    shipped_checklists,
    validate_checklist,
)
from safetydesk.catalog.checks import out_of_force
from safetydesk.catalog.criteria import criteria
from safetydesk.catalog.errors import UnknownChecklist
from safetydesk.catalog.law import UNVERIFIED_MARK, law_index
from safetydesk.catalog.reader import is_clean
from safetydesk.catalog.resources import resource
from safetydesk.catalog.schema import schema_text
from safetydesk.domain.checklist import Checklist, Concerns, How, LegalReference, Role, When
from safetydesk.domain.limits import is_known_unit
from safetydesk.domain.major_hazard import suspected

TODAY = date(2026, 11, 21)
SIZES = {"confined-space": ("CS", 50), "dust-explosion": ("DE", 53), "hot-work": ("HW", 39)}
EXPECTED = [name for name in SIZES if resource("checklists", f"{name}.yaml").exists()]

# Which item points at which criterion, for these three checklists.
CROSS_INDEX = {
    "MH-03-01": {"CS-13", "CS-14", "DE-46", "HW-36"},
    "MH-03-02": {"DE-43", "HW-09", "HW-10", "HW-36"},
    "MH-06-02": {"CS-50"},
    "MH-06-04": {"CS-26", "CS-50"},
    "MH-11-01": {"DE-11", "DE-12"},
    "MH-11-02": {"DE-17", "DE-18"},
    "MH-11-03": {"DE-19", "DE-20"},
    "MH-11-04": {"DE-22"},
    "MH-11-05": {"DE-23"},
    "MH-11-06": {"DE-24"},
    "MH-11-07": {"DE-25"},
    "MH-11-08": {"DE-27", "DE-28"},
    "MH-11-09": {"DE-29", "DE-31", "DE-49"},
    "MH-11-10": {"DE-33"},
    "MH-13-01": {"CS-01", "CS-02", "CS-03"},
    "MH-13-02": {"CS-10", "CS-12", "CS-28", "CS-30", "CS-33", "CS-36", "CS-38", "CS-40"},
    "MH-14-00": {"DE-21", "DE-30", "DE-47"},
}


def test_the_three_checklists_come_first_in_the_list() -> None:
    assert list(checklist_ids())[: len(EXPECTED)] == EXPECTED


@pytest.mark.parametrize("name", EXPECTED)
def test_a_shipped_checklist_has_no_problem_and_no_basis_that_is_out_of_force(name: str) -> None:
    validation = validate_checklist(resource("checklists", f"{name}.yaml"), TODAY)
    assert validation.problems == ()
    assert validation.warnings == ()
    assert validation.checklist == shipped_checklist(name)


@pytest.mark.parametrize("name", EXPECTED)
def test_ids_run_without_gap_and_the_file_is_named_after_its_checklist(name: str) -> None:
    checklist = shipped_checklist(name)
    prefix, size = SIZES[name]
    assert checklist.id == name
    assert sorted(item.id for item in checklist.items) == [f"{prefix}-{number:02d}" for number in range(1, size + 1)]


@pytest.mark.parametrize("name", EXPECTED)
def test_items_stand_in_the_order_of_their_sections_and_no_section_is_empty(name: str) -> None:
    checklist = shipped_checklist(name)
    walked = [item.section for item in checklist.items]
    assert list(dict.fromkeys(walked)) == [section.key for section in checklist.sections]
    assert [item for section in checklist.sections for item in checklist.items_of(section.key)] == list(checklist.items)


@pytest.mark.parametrize("name", EXPECTED)
def test_whatever_is_not_verified_says_what_is_to_be_checked(name: str) -> None:
    silent = [item.id for item in shipped_checklist(name).items if not item.verified and not item.caveat]
    assert silent == []


@pytest.mark.parametrize("name", EXPECTED)
def test_every_law_article_and_unit_is_known(name: str) -> None:
    laws = law_index()
    for item in shipped_checklist(name).items:
        for reference in item.basis:
            assert laws.cite(reference).startswith(("《", "参考《"))
            assert laws.gist(reference) or reference.article in (None, "相关条款"), (item.id, reference)
        for limit in item.limits:
            assert limit.law in laws or (limit.law is None and not limit.verified)
            assert is_known_unit(limit.unit)
        assert item.days == 0 or not any(limit.gas == "o2" for limit in item.limits)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_standard_that_binds_others_only_is_cited_as_reference(name: str) -> None:
    others = {"gb-30871-2022", "gb-50484-2008", "jgj-33-2012"}
    wrong = [item.id for item in shipped_checklist(name).items if {b.law for b in item.binding_basis} & others]
    assert wrong == []


@pytest.mark.parametrize("name", EXPECTED)
def test_a_verified_reference_never_names_an_article_known_from_hearsay(name: str) -> None:
    laws = law_index()
    for item in shipped_checklist(name).items:
        for reference in item.basis:
            gist = laws.gist(reference)
            assert not reference.verified or (gist is not None and gist.verified), (item.id, reference)


@pytest.mark.parametrize("name", EXPECTED)
def test_sentences_for_the_notice_are_clean_and_end_like_sentences(name: str) -> None:
    for item in shipped_checklist(name).items:
        assert item.finding.endswith("。"), item.id
        assert item.measure.endswith("。"), item.id
        assert item.finding.count("〔") == item.finding.count("〕")
        assert "《" not in item.finding, "the basis is printed beside the finding, not in it"
        for text in (item.text, item.look, item.finding, item.measure):
            assert is_clean(text)
            assert "  " not in text


def test_items_point_at_exactly_the_criteria_of_the_cross_index() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for checklist in shipped_checklists().values():
        for item in checklist.items:
            for criterion in item.criteria:
                found[criterion].add(item.id)
    present = {SIZES[name][0] for name in EXPECTED}
    expected = {key: {i for i in items if i[:2] in present} for key, items in CROSS_INDEX.items()}
    assert {key: items for key, items in found.items() if items} == {k: v for k, v in expected.items() if v}
    assert set(found) <= set(criteria())


def test_gaps_in_ledger_and_signs_are_a_major_hazard_only_together() -> None:
    checklist = shipped_checklist("confined-space")
    for alone in ({"CS-01"}, {"CS-02"}, {"CS-03"}, {"CS-01", "CS-02"}):
        assert suspected(checklist, alone) == []
    for both in ({"CS-01", "CS-03"}, {"CS-02", "CS-03"}, {"CS-01", "CS-02", "CS-03"}):
        suspicions = suspected(checklist, both)
        assert {s.item for s in suspicions} == both
        assert {s.criterion for s in suspicions} == {"MH-13-01"}
        assert all(s.premise and "中毒" in s.premise for s in suspicions)


def test_every_poisoning_criterion_names_poisoning_as_its_premise() -> None:
    for item in shipped_checklist("confined-space").items:
        for rule in item.major:
            if rule.criterion.startswith("MH-13-"):
                assert rule.premise is not None
                assert "中毒风险" in rule.premise


def test_only_the_reminder_to_the_officer_is_not_about_the_enterprise() -> None:
    about_us = [i.id for c in shipped_checklists().values() for i in c.items if i.concerns is not Concerns.ENTERPRISE]
    assert about_us == ["CS-49"]
    assert shipped_checklist("confined-space").item("CS-49").major == ()


def test_classifications_of_our_own_are_marked() -> None:
    checklist = shipped_checklist("confined-space")
    ours = {item.id for item in checklist.items for rule in item.major if not rule.verified}
    assert ours == {"CS-33", "CS-36", "CS-38"}


@pytest.mark.parametrize("item_id", ["CS-30", "CS-33"])
def test_both_gas_items_carry_the_same_eleven_limits(item_id: str) -> None:
    item = shipped_checklist("confined-space").item(item_id)
    assert [limit.gas for limit in item.limits] == [
        "o2", "lel", "h2s", "co", "co2", "nh3", "cl2", "so2", "hcn", "toluene", "benzene",
    ]  # fmt: skip
    assert item.limits == shipped_checklist("confined-space").item("CS-30").limits
    assert How.MEASURE in item.how


def test_what_is_measured_is_marked_as_measured() -> None:
    checklist = shipped_checklist("confined-space")
    assert {item.id for item in checklist.items if item.limits} == {
        item.id for item in checklist.items if How.MEASURE in item.how
    }
    assert {item.id for item in checklist.items if item.limits} == {
        "CS-30",
        "CS-31",
        "CS-33",
        "CS-35",
        "CS-37",
        "CS-44",
    }


def test_depends_rules_say_on_what() -> None:
    for checklist in shipped_checklists().values():
        for item in checklist.items:
            for rule in item.major:
                assert rule.when is not When.DEPENDS or rule.premise


def test_a_repealed_law_cited_as_binding_is_flagged_and_as_reference_is_not() -> None:
    checklist = shipped_checklist("confined-space")
    item = checklist.items[0]
    for role, expected in ((Role.BINDING, 1), (Role.REFERENCE, 0)):
        cited = _with_basis(checklist, item.id, LegalReference("saws-59", "第五条", True, role))
        assert len(list(out_of_force(cited, TODAY))) == expected


def test_the_day_before_it_came_into_force_the_standard_is_flagged() -> None:
    checklist = shipped_checklist("confined-space")
    flagged = {warning.facts["law"] for warning in out_of_force(checklist, date(2026, 4, 30))}
    assert flagged == {"《有限空间作业安全技术规范》（GB 46768-2025）"}


def test_checklists_are_proposed_by_the_flags_of_the_enterprise() -> None:
    assert "confined-space" in [checklist.id for checklist in proposed_for({"有限空间", "劳动密集"})]
    assert proposed_for({"没有这个标记"}) == ()


def test_an_unknown_checklist_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownChecklist) as refused:
        shipped_checklist("../law/laws")
    assert refused.value.facts["known"] == checklist_ids()


def test_the_schema_for_editors_is_up_to_date() -> None:
    written = resource("checklists", "schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "run: python -m safetydesk.catalog.schema > resources/checklists/schema.json"


def test_unverified_bases_get_the_mark_and_verified_ones_do_not() -> None:
    laws = law_index()
    item = shipped_checklist("confined-space").item("CS-01")
    assert [laws.mark(reference) for reference in item.basis] == ["", UNVERIFIED_MARK]


def _with_basis(checklist: Checklist, item_id: str, reference: LegalReference) -> Checklist:
    items = tuple(replace(i, basis=(reference,)) if i.id == item_id else i for i in checklist.items)
    return replace(checklist, items=items)
