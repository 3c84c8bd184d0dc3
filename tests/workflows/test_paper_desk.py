"""The paper screen's verbs: drafts that take no number, corrections until sealing, service, copies, the register."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pypdfium2
import pytest
from conftest import Office
from office_steps import PHOTO, add, answer, failed, finish, issue, numbers, passed, put, start, visit, void

from safetydesk.documents.errors import MissingGlyphs
from safetydesk.domain.deadlines import DueBeforeInspection
from safetydesk.domain.kinds import Level, PaperKind, Power
from safetydesk.domain.numbering import NotEmpowered
from safetydesk.workflows import paper_desk, paper_register, papers, serving
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.hazards import HazardOnPaper
from safetydesk.workflows.inspections import SameInspector
from safetydesk.workflows.notices import FilledIn, Gap
from safetydesk.workflows.paper_desk import PaperDraft, TextMissing, VisitOnPaper, VisitPapers
from safetydesk.workflows.paper_register import RegisterFilter, RegisterRow
from safetydesk.workflows.papers import DraftChanged, Issued, PaperState
from safetydesk.workflows.serving import NotServed, PaperVoid, Service, ServiceDate, ServiceMethod, ServiceUnclear

ADVICE, ORDER = PaperKind.ADVICE, PaperKind.RECTIFICATION
TODAY = date(2026, 11, 21)
BY_HAND = Service(ServiceMethod.DIRECT, TODAY, receiver="陈示例")


@pytest.fixture
def checked(desk: Desk) -> UUID:
    """A visit with two findings."""
    return visit(desk, add(desk, village="样岭村"), failed("CS-03", place="调节池"), failed("CS-05"), passed("CS-04"))


def look(desk: Desk, visit_id: UUID, advised: frozenset[UUID] = frozenset()) -> VisitPapers:
    with desk.store.reading() as session:
        return paper_desk.visit_papers(session, visit_id, advised)


def drafted(desk: Desk, visit_id: UUID, at: int = 0, advised: frozenset[UUID] = frozenset()) -> PaperDraft:
    card = look(desk, visit_id, advised).drafts[at]
    with desk.store.reading() as session:
        return paper_desk.draft(session, desk, visit_id, card.kind, card.hazard_ids)


def sealed(desk: Desk, draft: PaperDraft) -> Issued:
    with desk.store.writing() as session:
        return paper_desk.issue(session, desk, draft)[1]


def serve(desk: Desk, number: str, service: Service = BY_HAND) -> None:
    with desk.store.writing() as session:
        serving.serve(session, desk, number, service)


def state(desk: Desk, number: str) -> PaperState:
    with desk.store.reading() as session:
        return paper_desk.paper(session, number).state


def listed(desk: Desk, only: RegisterFilter, text: str = "", order: str = "issued_on") -> list[RegisterRow]:
    with desk.store.reading() as session:
        ids = paper_register.keys(session, only, text, order, descending=False)
        return paper_register.rows(session, ids)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_bounded() for page in document))


def test_without_power_an_advice_is_drafted_and_with_power_an_order(desk: Desk, checked: UUID) -> None:
    assert [card.kind for card in look(desk, checked).drafts] == [ADVICE]
    for power in (Power.DELEGATED, Power.FULL):
        put(desk, "unit.power", power)
        seen = look(desk, checked)
        assert ([card.kind for card in seen.drafts], seen.kinds) == ([ORDER], (ORDER, ADVICE))


def test_with_power_some_hazards_may_be_put_on_an_advice_instead(desk: Desk, checked: UUID) -> None:
    put(desk, "unit.power", "full")
    mild = look(desk, checked).drafts[0].hazard_ids[1]
    split = look(desk, checked, frozenset({mild}))
    assert [(card.kind, len(card.hazard_ids)) for card in split.drafts] == [(ORDER, 1), (ADVICE, 1)]
    for at in (1, 0):
        sealed(desk, drafted(desk, checked, at, frozenset({mild})))
    after = look(desk, checked)
    assert after.drafts == ()
    assert {(card.kind, card.problems) for card in after.papers} == {(ORDER, 1), (ADVICE, 1)}


def test_a_draft_shows_the_paper_without_taking_a_number(desk: Desk, checked: UUID) -> None:
    preview = paper_desk.preview(drafted(desk, checked))
    assert numbers(desk) == []
    printed = text_of(preview.pdf)
    assert "限期整改意见书" in printed
    assert re.search(r"-\d+号", printed) is None
    assert "扫码核验" not in printed
    assert issue(desk, checked).number.endswith("-1号")


def test_the_sealed_paper_says_what_the_draft_said(file_desk: Desk) -> None:
    visit_id = visit(file_desk, add(file_desk), failed("CS-03", photos=[PHOTO]), failed("CS-05"))
    draft = drafted(file_desk, visit_id)
    assert draft.photos == 1
    before = paper_desk.preview(draft)
    issued = sealed(file_desk, draft)
    assert issued.pages == before.pages
    assert text_of(before.pdf).replace("-号", "-1号") == text_of(issued.pdf).replace("扫码核验", "")


def test_a_draft_that_was_changed_after_it_was_looked_at_is_not_sealed(desk: Desk, checked: UUID) -> None:
    draft = drafted(desk, checked)
    with desk.store.writing() as session:
        paper_desk.correct(session, draft.problems[0].id, text="池口没有盖板。")
    with pytest.raises(DraftChanged) as refused:
        sealed(desk, draft)
    assert "限期整改意见书" in words_for(refused.value).message
    assert numbers(desk) == []
    assert sealed(desk, drafted(desk, checked)).number.endswith("-1号")


def test_the_gaps_of_a_draft_say_where_they_are_filled(desk: Desk, checked: UUID) -> None:
    put(desk, "unit.power", "delegated")
    gaps = drafted(desk, checked).gaps
    assert {Gap.DELEGATING_AUTHORITY, Gap.REMEDY_COURT, Gap.ADDRESS} <= set(gaps)
    assert {FilledIn.for_gap(gap) for gap in gaps} == {FilledIn.SETTINGS, FilledIn.LEDGER}


def test_a_kind_that_the_unit_may_not_issue_is_not_drafted_either(desk: Desk, checked: UUID) -> None:
    card = look(desk, checked).drafts[0]
    with desk.store.reading() as session, pytest.raises(NotEmpowered):
        paper_desk.draft(session, desk, checked, ORDER, card.hazard_ids)


def test_what_was_corrected_stands_on_the_paper_and_can_be_taken_back(desk: Desk, checked: UUID) -> None:
    first = drafted(desk, checked).problems[0]
    with desk.store.writing() as session:
        _, before = paper_desk.correct(
            session,
            first.id,
            text="调节池池口敞开，没有盖板。",
            measure="加装盖板并上锁。",
            level=Level.GENERAL,
            due=TODAY + timedelta(days=3),
        )
    printed = text_of(paper_desk.preview(drafted(desk, checked)).pdf)
    assert "调节池池口敞开，没有盖板。" in printed
    assert "加装盖板并上锁。" in printed
    assert "2026年11月24日" in printed
    with desk.store.writing() as session:
        paper_desk.put_back(session, before)
    assert drafted(desk, checked).problems[0] == first


def test_a_correction_is_refused_where_the_paper_could_not_hold_it(desk: Desk, checked: UUID) -> None:
    problem = drafted(desk, checked).problems[0].id
    for wrong, given in (
        (TextMissing, {"text": "  "}),
        (TextMissing, {"measure": ""}),
        (MissingGlyphs, {"text": "池\U00031350"}),
        (DueBeforeInspection, {"due": TODAY - timedelta(days=1)}),
    ):
        with pytest.raises(wrong), desk.store.writing() as session:
            paper_desk.correct(session, problem, **given)


def test_nothing_changes_once_a_paper_names_it(desk: Desk, checked: UUID) -> None:
    draft = drafted(desk, checked)
    number = sealed(desk, draft).number
    with pytest.raises(HazardOnPaper), desk.store.writing() as session:
        paper_desk.correct(session, draft.problems[0].id, text="别的。")
    with pytest.raises(VisitOnPaper), desk.store.writing() as session:
        paper_desk.name_inspectors(session, checked, "A-9", "赵示例", "")
    void(desk, number)
    with desk.store.writing() as session:
        paper_desk.name_inspectors(session, checked, "A-9", "赵示例", "")
    assert look(desk, checked).inspectors.second_name == "赵示例"


def test_the_second_inspector_is_named_on_the_way_to_the_paper(desk: Desk) -> None:
    visit_id = start(desk, add(desk), second=None)
    answer(desk, visit_id, failed("CS-03"))
    finish(desk, visit_id)
    assert Gap.SECOND_INSPECTOR in drafted(desk, visit_id).gaps
    with desk.store.writing() as session:
        _, before = paper_desk.name_inspectors(session, visit_id, "A-001", " 李示例 ", "A-002")
    assert "李示例" in text_of(paper_desk.preview(drafted(desk, visit_id)).pdf)
    with pytest.raises(SameInspector), desk.store.writing() as session:
        paper_desk.name_inspectors(session, visit_id, "A-001", "王示例", "")
    with desk.store.writing() as session:
        paper_desk.put_inspectors_back(session, visit_id, before)
    assert look(desk, visit_id).inspectors.second_name is None


def test_a_check_that_goes_on_has_no_drafts_and_one_without_findings_neither(desk: Desk) -> None:
    going_on = start(desk, add(desk))
    answer(desk, going_on, failed("CS-03"))
    seen = look(desk, going_on)
    assert (seen.is_finished, seen.drafts, seen.site_minutes) == (False, (), None)
    clean = look(desk, visit(desk, add(desk, "样溪好厂（示例）", 2), passed("CS-04")))
    assert (clean.is_finished, clean.drafts, clean.hazards) == (True, (), 0)


def test_the_minutes_of_a_visit_are_counted_until_the_last_paper(office: Office) -> None:
    desk = office.set_up()
    visit_id = start(desk, add(desk))
    office.clock.moment += timedelta(minutes=18)
    answer(desk, visit_id, failed("CS-03"))
    finish(desk, visit_id)
    office.clock.moment += timedelta(minutes=5)
    issue(desk, visit_id)
    seen = look(desk, visit_id)
    assert (seen.site_minutes, seen.paper_minutes) == (18, 5)


def test_a_check_that_was_left_lying_has_no_minutes(office: Office) -> None:
    desk = office.set_up()
    visit_id = start(desk, add(desk))
    office.clock.moment += timedelta(days=3)
    answer(desk, visit_id, failed("CS-03"))
    finish(desk, visit_id)
    assert look(desk, visit_id).site_minutes is None


def test_a_paper_is_served_corrected_and_the_entry_taken_back(desk: Desk, checked: UUID) -> None:
    number = issue(desk, checked).number
    serve(desk, number)
    assert state(desk, number) is PaperState.SERVED
    serve(desk, number, Service(ServiceMethod.POST, TODAY, note="快递单号 1"))
    with desk.store.reading() as session:
        service = paper_desk.paper(session, number).service
    assert service is not None
    assert (service.method, service.note) == (ServiceMethod.POST, "快递单号 1")
    with desk.store.writing() as session:
        serving.undo_service(session, desk, number)
    assert state(desk, number) is PaperState.ISSUED
    with pytest.raises(NotServed), desk.store.writing() as session:
        serving.undo_service(session, desk, number)
    serve(desk, number)
    assert state(desk, number) is PaperState.SERVED


def test_who_will_not_sign_is_served_with_a_witness_or_a_record(desk: Desk, checked: UUID) -> None:
    number = issue(desk, checked).number
    refusal = Service(ServiceMethod.LEFT, TODAY, refused=True, note="门卫拒绝签收")
    with pytest.raises(ServiceUnclear) as unclear:
        serve(desk, number, refusal)
    assert "见证人" in words_for(unclear.value).message
    serve(desk, number, Service(ServiceMethod.LEFT, TODAY, refused=True, recorded=True))
    with desk.store.reading() as session:
        card = paper_desk.paper(session, number)
    assert card.state is PaperState.SERVED
    assert card.service is not None
    assert card.service.refused


def test_a_service_needs_who_signed_and_a_day_that_can_be(desk: Desk, checked: UUID) -> None:
    number = issue(desk, checked).number
    with pytest.raises(ServiceUnclear):
        serve(desk, number, Service(ServiceMethod.DIRECT, TODAY))
    for days in (-1, 1):
        with pytest.raises(ServiceDate):
            serve(desk, number, Service(ServiceMethod.DIRECT, TODAY + timedelta(days=days), "陈示例"))
    void(desk, number)
    with pytest.raises(PaperVoid):
        serve(desk, number)
    assert state(desk, number) is PaperState.VOIDED


def test_copies_that_left_the_printer_are_counted(desk: Desk, checked: UUID) -> None:
    number = issue(desk, checked).number
    assert look(desk, checked).papers[0].copies == 0
    for copies in (2, 1):
        with desk.store.writing() as session:
            serving.note_printed(session, desk, number, copies)
    assert look(desk, checked).papers[0].copies == 3


def test_the_sealed_bytes_are_read_without_a_trace(desk: Desk, checked: UUID) -> None:
    issued = issue(desk, checked)
    with desk.store.reading() as session:
        assert paper_desk.sealed_pdf(session, desk, issued.number) == issued.pdf
    assert look(desk, checked).papers[0].copies == 0


def test_the_register_filters_counts_and_finds(desk: Desk, checked: UUID) -> None:
    other = visit(desk, add(desk, "样溪别家（示例）", 2), failed("CS-03"))
    third = visit(desk, add(desk, "样溪三家（示例）", 3), failed("CS-03"))
    first, second, last = (issue(desk, one).number for one in (checked, other, third))
    serve(desk, second)
    void(desk, last)
    with desk.store.reading() as session:
        counted = paper_register.counts(session)
    assert list(counted.values()) == [3, 1, 1, 1]
    for only, wanted in (
        (RegisterFilter.ALL, [first, second, last]),
        (RegisterFilter.NOT_SERVED, [first]),
        (RegisterFilter.SERVED, [second]),
        (RegisterFilter.VOIDED, [last]),
    ):
        assert [row.number for row in listed(desk, only)] == wanted
        assert {row.state for row in listed(desk, only)} >= {state(desk, wanted[0])}
    assert [row.enterprise for row in listed(desk, RegisterFilter.ALL, "别家")] == ["样溪别家（示例）"]
    assert [row.number for row in listed(desk, RegisterFilter.ALL, second)] == [second]
    assert [row.number for row in listed(desk, RegisterFilter.ALL, order="state")] == [first, second, last]


def test_an_undone_service_is_not_served_in_the_register_either(desk: Desk, checked: UUID) -> None:
    number = issue(desk, checked).number
    serve(desk, number)
    with desk.store.writing() as session:
        serving.undo_service(session, desk, number)
    assert [row.state for row in listed(desk, RegisterFilter.ALL)] == [PaperState.ISSUED]
    with desk.store.reading() as session:
        assert [row.state for row in papers.register(session)] == ["issued"]


def test_visits_wait_until_every_open_hazard_is_on_a_paper(desk: Desk, checked: UUID) -> None:
    start(desk, add(desk, "样溪未完（示例）", 2))
    visit(desk, add(desk, "样溪好厂（示例）", 3), passed("CS-04"))
    with desk.store.reading() as session:
        waiting = paper_register.visits_waiting(session)
    assert [(one.inspection_id, one.hazards) for one in waiting] == [(checked, 2)]
    number = issue(desk, checked).number
    with desk.store.reading() as session:
        assert paper_register.visits_waiting(session) == []
    void(desk, number)
    with desk.store.reading() as session:
        assert len(paper_register.visits_waiting(session)) == 1
