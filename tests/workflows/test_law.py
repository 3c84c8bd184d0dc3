"""Legal facts that shipped as 待核, and the office that checked them."""

from __future__ import annotations

import pytest
from conftest import Office

from safetydesk.catalog.checklists import shipped_checklist
from safetydesk.catalog.errors import UnknownLaw
from safetydesk.catalog.law import law_index
from safetydesk.domain.checklist import LegalReference
from safetydesk.domain.kinds import Role
from safetydesk.workflows import law_view
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.setting_up import Person

UNSEEN = LegalReference("gb-46768-2025", "4.1.1", verified=False)


def test_what_shipped_unverified_shows_so_until_the_office_has_seen_it(desk: Desk) -> None:
    with desk.store.reading() as session:
        assert not law_view.is_verified(UNSEEN, law_view.corrections(session))
    with desk.store.writing() as session:
        law_view.correct(session, desk, UNSEEN.law, "4.1.1", verified=True, fields={"note": "对照原文核实"})
    with desk.store.reading() as session:
        assert law_view.is_verified(UNSEEN, law_view.corrections(session))


def test_a_law_found_wrong_makes_all_its_articles_unverified(desk: Desk) -> None:
    seen = next(
        reference
        for item in shipped_checklist("confined-space").items
        for reference in item.basis
        if reference.verified and law_index()[reference.law].verified
    )
    with desk.store.writing() as session:
        law_view.correct(session, desk, seen.law, "", verified=False, fields={"note": "听说有新令"})
    with desk.store.reading() as session:
        known = law_view.corrections(session)
        assert not law_view.is_verified(seen, known)
        assert law_view.law_value(law_index()[seen.law], known)["caveat"] == "听说有新令"


def test_a_corrected_title_and_number_are_what_papers_cite(desk: Desk) -> None:
    fields = {"title": "有限空间作业新规范", "number": "GB 99999-2030"}
    with desk.store.writing() as session:
        law_view.correct(session, desk, UNSEEN.law, "", verified=True, fields=fields)
    with desk.store.reading() as session:
        value = law_view.basis_value(UNSEEN, law_view.corrections(session))
    assert value["text"] == "《有限空间作业新规范》（GB 99999-2030）第4.1.1条"


def test_correcting_twice_keeps_one_row_with_the_last_word(desk: Desk) -> None:
    for verified in (True, False):
        with desk.store.writing() as session:
            law_view.correct(session, desk, UNSEEN.law, "4.1.1", verified=verified, fields={})
    with desk.store.reading() as session:
        (row,) = law_view.corrections(session).values()
    assert row.verified is False


def test_an_unknown_law_is_named(desk: Desk) -> None:
    with pytest.raises(UnknownLaw), desk.store.writing() as session:
        law_view.correct(session, desk, "no-such-law", "", verified=True, fields={})


def test_an_officer_leaves_the_law_to_the_office(file_office: Office) -> None:
    officer = file_office.set_up(person=Person(Role.OFFICER, "云溪镇应急管理办公室", "张示例"))
    with pytest.raises(law_view.OfficeOnly), officer.store.writing() as session:
        law_view.correct(session, officer, UNSEEN.law, "", verified=True, fields={})
