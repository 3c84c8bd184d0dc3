"""What the paper screen shows of one visit: papers, drafts as they would print, and what may change before sealing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from safetydesk.documents.content import Notice
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.hazards import HazardEventKind
from safetydesk.domain.kinds import InspectionKind, Level, PaperEventKind, PaperKind, Power
from safetydesk.domain.numbering import NotEmpowered, check_power
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Enterprise, Hazard, HazardEvent, Inspection, Paper, PaperEvent, Template
from safetydesk.workflows import finding, hazards, notices, papers, serving, settings
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, local_date
from safetydesk.workflows.inspections import SameInspector
from safetydesk.workflows.naming import named
from safetydesk.workflows.notices import Gap
from safetydesk.workflows.papers import Issued, PaperState
from safetydesk.workflows.serving import Service

KINDS = (PaperKind.RECTIFICATION, PaperKind.ADVICE)  # the stronger first: it is proposed where the law allows it
LONGEST_BADGE = 40
_HOURS_OF_A_VISIT = 12


class VisitOnPaper(SafetyDeskError):
    """A valid paper names the inspectors already. facts: number."""

    code = "visit_on_paper"


class TextMissing(SafetyDeskError):
    """What the form cannot leave blank. facts: what (Chinese)."""

    code = "text_missing"


@dataclass(frozen=True)
class Inspectors:
    """Who checked, as the papers will say it."""

    name: str
    badge: str | None
    second_name: str | None
    second_badge: str | None


@dataclass(frozen=True)
class Problem:
    """A hazard of the visit with what may change until a paper names it."""

    id: UUID
    item: str
    text: str
    place: str | None
    measure: str
    level: Level
    criteria: tuple[str, ...]
    due: date
    found_on: date


@dataclass(frozen=True)
class PaperCard:
    """A sealed paper: where it stands, and what happened to it."""

    number: str
    kind: PaperKind
    state: PaperState
    enterprise_id: UUID
    enterprise: str
    inspection_id: UUID | None
    issued_on: date
    pages: int
    problems: int
    copies: int  # that left the printer here; 0 is not printed yet
    service: Service | None
    void_reason: str | None


@dataclass(frozen=True)
class DraftCard:
    """A paper that could be issued now, over these hazards."""

    kind: PaperKind
    hazard_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class VisitPapers:
    """One visit on the paper screen."""

    inspection_id: UUID
    enterprise_id: UUID
    enterprise: str
    checklist: str
    kind: InspectionKind
    inspected_on: date
    is_finished: bool
    site_minutes: int | None
    paper_minutes: int | None
    inspectors: Inspectors
    power: Power
    kinds: tuple[PaperKind, ...]  # that the unit may issue, the proposed one first
    drafts: tuple[DraftCard, ...]
    papers: tuple[PaperCard, ...]
    hazards: int
    copies: int


@dataclass(frozen=True)
class PaperDraft:
    """A paper before it is sealed. `mark` tells what was looked at; it has no number and no code yet."""

    inspection_id: UUID
    kind: PaperKind
    hazard_ids: tuple[UUID, ...]
    problems: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
    photos: int
    mark: str
    notice: Notice = field(repr=False)


@dataclass(frozen=True)
class Preview:
    """The pages of a draft. The place of the running number is empty and there is no code: it is no paper."""

    pdf: bytes = field(repr=False)
    pages: int


def allowed_kinds(power: Power) -> tuple[PaperKind, ...]:
    """What the unit may issue over findings, the proposed kind first."""
    return tuple(kind for kind in KINDS if _may_issue(kind, power))


def visit_papers(session: Session, inspection_id: UUID, advised: Collection[UUID] = frozenset()) -> VisitPapers:
    """The papers of one visit. `advised`: hazards that go onto the advice where an order would be possible.

    Raises UnknownInspection.
    """
    inspection = finding.inspection(session, str(inspection_id))
    power = settings.unit_power(session)
    kinds = allowed_kinds(power)
    loose = _loose(session, inspection)
    query = select(Paper).where(Paper.inspection_id == inspection.id).order_by(Paper.issued_at, Paper.stamp)
    sealed = list(session.scalars(query))
    return VisitPapers(
        inspection_id=inspection.id,
        enterprise_id=inspection.enterprise_id,
        enterprise=session.get_one(Enterprise, inspection.enterprise_id).name,
        checklist=session.get_one(Template, inspection.template_id).title,
        kind=InspectionKind(inspection.kind),
        inspected_on=local_date(inspection.started_at),
        is_finished=inspection.finished_at is not None,
        site_minutes=minutes_between(inspection.started_at, inspection.finished_at),
        paper_minutes=minutes_between(inspection.finished_at, max((one.issued_at for one in sealed), default=None)),
        inspectors=_inspectors(inspection),
        power=power,
        kinds=kinds,
        drafts=_drafts(kinds, loose, advised) if inspection.finished_at is not None else (),
        papers=tuple(_cards(session, sealed)),
        hazards=session.scalar(select(func.count()).where(Hazard.inspection_id == inspection.id)) or 0,
        copies=int(settings.value_of(session, "paper.copies")),
    )


def paper(session: Session, number: str) -> PaperCard:
    """One paper of the register. Raises UnknownPaper."""
    return _cards(session, [papers.paper_of(session, number)])[0]


def draft(session: Session, desk: Desk, inspection_id: UUID, kind: PaperKind, ids: Sequence[UUID]) -> PaperDraft:
    """The paper as it would be sealed now. Takes no number and writes nothing. Raises NotEmpowered, UnknownHazard."""
    check_power(kind, settings.unit_power(session))
    inspection = finding.inspection(session, str(inspection_id))
    found = [finding.hazard(session, str(one)) for one in ids]
    number = papers.preview_number(session, desk, kind)
    composed = notices.compose(session, desk, kind, number, inspection, found)
    lives = hazards.lives(session, found)
    return PaperDraft(
        inspection_id=inspection.id,
        kind=kind,
        hazard_ids=tuple(ids),
        problems=tuple(_problem(hazard, lives[hazard.id].due) for hazard in found),
        gaps=composed.gaps,
        photos=len(composed.notice.photos),
        mark=notices.mark_of(composed.notice),
        notice=composed.notice,
    )


def preview(draft: PaperDraft) -> Preview:
    """The pages of a draft; needs no session. Raises PaperIncomplete, PaperTooLong, MissingGlyphs, PhotoUnprintable."""
    from safetydesk.documents.notices import layout_notice

    laid_out = layout_notice(draft.notice)
    return Preview(laid_out.pdf, laid_out.pages)


def issue(session: Session, desk: Desk, draft: PaperDraft) -> tuple[Changes, Issued]:
    """Seal what was looked at: takes a number. Raises what `papers.issue` raises."""
    found = [finding.hazard(session, str(one)) for one in draft.hazard_ids]
    issued = papers.issue(session, desk, draft.kind, found, seen=draft.mark)
    return Changes(papers=True, hazards=True), issued


def sealed_pdf(session: Session, desk: Desk, number: str) -> bytes:
    """The bytes as they were sealed. Raises UnknownPaper, DamagedStore, MissingBlob."""
    return papers.sealed(session, desk, number).pdf


def correct(
    session: Session,
    hazard_id: UUID,
    *,
    text: str | None = None,
    measure: str | None = None,
    level: Level | None = None,
    due: date | None = None,
) -> tuple[Changes, Problem]:
    """Correct a hazard before a paper names it; returns it as it was, for the way back.

    Raises UnknownHazard, HazardOnPaper, HazardClosed, DueBeforeInspection, TextMissing, MissingGlyphs.
    """
    from safetydesk.documents.checks import check_text

    hazard = finding.hazard(session, str(hazard_id))
    before = _problem(hazard, hazard.due)
    for what, given in (("问题描述", text), ("整改要求", measure)):
        if given is not None and not hazards.one_line_of(given):
            raise TextMissing(what=what)
        check_text(f"{hazard.item} 的{what}", given or "")
    return hazards.correct(session, hazard, text=text, measure=measure, level=level, due=due), before


def put_back(session: Session, before: Problem) -> Changes:
    """Undo a correction, criteria included. Raises HazardOnPaper, HazardClosed."""
    hazard = finding.hazard(session, str(before.id))
    changes = hazards.correct(
        session, hazard, text=before.text, measure=before.measure, level=before.level, due=before.due
    )
    hazard.criteria = list(before.criteria)
    return changes


def name_inspectors(
    session: Session, inspection_id: UUID, badge: str, second_name: str, second_badge: str
) -> tuple[Changes, Inspectors]:
    """Complete who checked, before a valid paper says it; returns how it was.

    Raises UnknownInspection, VisitOnPaper, BadName, SameInspector, MissingGlyphs.
    """
    from safetydesk.documents.checks import check_text

    inspection = finding.inspection(session, str(inspection_id))
    before = _inspectors(inspection)
    _check_not_on_paper(session, inspection)
    own, second, other = (hazards.one_line_of(one)[:LONGEST_BADGE] for one in (badge, second_name, second_badge))
    if second:
        second = named("第二名检查人员", second_name)
        check_text("第二名检查人员", second)
    if second and (second, other or own) == (inspection.officer_name, own):
        raise SameInspector(name=second)
    inspection.officer_badge = own or None
    inspection.second_name = second or None
    inspection.second_badge = (other or None) if second else None
    clocks.record(session, "inspection.inspectors", f"inspection:{inspection.id.hex}", {}, inspection.enterprise_id)
    return Changes(inspections=True, papers=True), before


def put_inspectors_back(session: Session, inspection_id: UUID, before: Inspectors) -> Changes:
    changes, _ = name_inspectors(
        session, inspection_id, before.badge or "", before.second_name or "", before.second_badge or ""
    )
    return changes


def minutes_between(start: datetime | None, end: datetime | None) -> int | None:
    """Whole minutes; nothing where the work was left lying, so that the figure would say nothing."""
    if start is None or end is None:
        return None
    minutes = int((end - start).total_seconds() // 60)
    return minutes if 0 <= minutes <= _HOURS_OF_A_VISIT * 60 else None


def _may_issue(kind: PaperKind, power: Power) -> bool:
    try:
        check_power(kind, power)
    except NotEmpowered:
        return False
    return True


def _loose(session: Session, inspection: Inspection) -> list[Hazard]:
    """The open hazards of a visit that no valid paper of any kind names."""
    named_ids = (
        select(HazardEvent.hazard_id)
        .join(Paper, Paper.id == HazardEvent.paper_id)
        .where(Paper.inspection_id == inspection.id, Paper.id.not_in(papers.in_void()))
    )
    query = select(Hazard).where(Hazard.inspection_id == inspection.id, Hazard.id.not_in(named_ids))
    known = list(session.scalars(query.order_by(Hazard.item, Hazard.id)))
    lives = hazards.lives(session, known)
    return [hazard for hazard in known if lives[hazard.id].is_open]


def _drafts(kinds: Sequence[PaperKind], loose: Sequence[Hazard], advised: Collection[UUID]) -> tuple[DraftCard, ...]:
    by_kind: dict[PaperKind, list[UUID]] = {kind: [] for kind in kinds}
    for hazard in loose:
        by_kind[kinds[-1] if hazard.id in advised else kinds[0]].append(hazard.id)
    return tuple(DraftCard(kind, tuple(ids)) for kind, ids in by_kind.items() if ids)


def _problem(hazard: Hazard, due: date) -> Problem:
    return Problem(
        hazard.id,
        hazard.item,
        hazard.text,
        hazard.place,
        hazard.measure,
        Level(hazard.level),
        tuple(hazard.criteria),
        due,
        hazard.found_on,
    )


def _inspectors(inspection: Inspection) -> Inspectors:
    return Inspectors(
        inspection.officer_name, inspection.officer_badge, inspection.second_name, inspection.second_badge
    )


def _check_not_on_paper(session: Session, inspection: Inspection) -> None:
    in_force = select(Paper.number).where(Paper.inspection_id == inspection.id, Paper.id.not_in(papers.in_void()))
    number = session.scalars(in_force.limit(1)).first()
    if number is not None:
        raise VisitOnPaper(number=number)


def _cards(session: Session, sealed: Sequence[Paper]) -> list[PaperCard]:
    ids = [one.id for one in sealed]
    events: dict[UUID, list[PaperEvent]] = {one: [] for one in ids}
    for event in session.scalars(select(PaperEvent).where(PaperEvent.paper_id.in_(ids)).order_by(PaperEvent.stamp)):
        events[event.paper_id].append(event)
    issued = HazardEvent.kind == HazardEventKind.NOTICE_ISSUED
    query = select(HazardEvent.paper_id, func.count()).where(HazardEvent.paper_id.in_(ids), issued)
    named_on = dict(session.execute(query.group_by(HazardEvent.paper_id)).all())
    names = dict(
        session.execute(
            select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_({one.enterprise_id for one in sealed}))
        ).all()
    )
    return [_card(one, events[one.id], named_on.get(one.id, 0), names.get(one.enterprise_id, "")) for one in sealed]


def _card(sealed: Paper, events: Sequence[PaperEvent], problems: int, enterprise: str) -> PaperCard:
    state = papers.paper_state([event.kind for event in events])
    service = next((one for one in reversed(events) if one.kind in papers.SERVICE_KINDS), None)
    printed = [one for one in events if one.kind in (PaperEventKind.PRINTED, PaperEventKind.REPRINTED)]
    return PaperCard(
        number=sealed.number,
        kind=PaperKind(sealed.kind),
        state=state,
        enterprise_id=sealed.enterprise_id,
        enterprise=enterprise,
        inspection_id=sealed.inspection_id,
        issued_on=sealed.issued_on,
        pages=sealed.pages,
        problems=problems,
        copies=sum(int(one.detail.get("copies", 1)) for one in printed),
        service=serving.service_in(service.detail, service.kind, service.note) if service else None,
        void_reason=next((one.note for one in events if one.kind == PaperEventKind.VOIDED), None),
    )
