"""Everything of one hazard on one card: what it is, what it rests on, what has happened, what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.hazards import HazardEventKind, HazardLife, HazardState
from safetydesk.domain.kinds import LABELS, Level, PaperKind
from safetydesk.models.tables import Enterprise, Hazard, HazardEvent, Inspection, Officer, Paper, Photo, Template
from safetydesk.workflows import finding, hazard_list, hazards, rechecking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.hazard_list import ListedHazard


class Verb(StrEnum):
    """What can be done with a hazard now."""

    RECHECK = "recheck"
    EXTEND = "extend"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    ISSUE = "issue"  # a paper over the visit


@dataclass(frozen=True)
class CardPhoto:
    id: UUID
    digest: str
    name: str
    taken_at: datetime | None


@dataclass(frozen=True)
class CardPaper:
    number: str
    kind_label: str
    issued_on: date
    is_voided: bool


@dataclass(frozen=True)
class CardBasis:
    """A reference as it stood on the day. What nobody has seen in the original is 待核."""

    text: str
    is_verified: bool


@dataclass(frozen=True)
class CardCriterion:
    id: str
    text: str
    is_verified: bool


@dataclass(frozen=True)
class HistoryLine:
    """One event in words. `due` and `before` are the deadlines that it set and replaced."""

    event_id: UUID
    kind: HazardEventKind
    label: str
    on: date
    who: str
    note: str
    due: date | None
    before: date | None
    consent: str
    paper: str | None
    photos: tuple[CardPhoto, ...]
    is_taken_back: bool  # a later entry says that this one was a mistake
    can_take_back: bool


@dataclass(frozen=True)
class CardEnterprise:
    id: UUID
    name: str
    village: str | None
    address: str | None
    person: str | None
    phone: str | None


@dataclass(frozen=True)
class HazardCard:
    hazard: ListedHazard
    enterprise: CardEnterprise
    checklist: str
    inspectors: str
    level_reason: str | None
    criteria: tuple[CardCriterion, ...]
    basis: tuple[CardBasis, ...]
    measure: str
    first_due: date
    photos: tuple[CardPhoto, ...]  # taken when it was found
    papers: tuple[CardPaper, ...]
    history: tuple[HistoryLine, ...]
    verbs: frozenset[Verb]

    @property
    def is_extended(self) -> bool:
        return self.hazard.due != self.first_due


def card(session: Session, desk: Desk, hazard_id: UUID) -> HazardCard:
    """Raises UnknownHazard."""
    hazard = session.get(Hazard, hazard_id)
    listed = hazard_list.row(session, desk.today(), hazard_id)
    if hazard is None or listed is None:
        raise finding.UnknownHazard(given=str(hazard_id))
    life = hazards.lives(session, [hazard])[hazard.id]
    papers = _papers(session, hazard)
    inspection = session.get(Inspection, hazard.inspection_id)
    return HazardCard(
        hazard=listed,
        enterprise=_enterprise(session, hazard.enterprise_id),
        checklist=_checklist(session, inspection),
        inspectors="、".join(name for name in _inspectors(inspection) if name),
        level_reason=hazard.level_reason,
        criteria=_criteria(hazard) if hazard.level == Level.MAJOR else (),
        basis=tuple(CardBasis(one["text"], one["verified"]) for one in hazard.basis),
        measure=hazard.measure,
        first_due=hazard.due,
        photos=_photos_of_finding(session, hazard),
        papers=tuple(papers.values()),
        history=_history(session, desk, hazard, life, papers),
        verbs=_verbs(listed, hazard.due),
    )


def photo(session: Session, desk: Desk, digest: str) -> bytes:
    """The JPEG of one photo. Raises MissingBlob, DamagedStore."""
    return desk.blobs.get(session, digest)


def _verbs(listed: ListedHazard, first_due: date) -> frozenset[Verb]:
    """What was written into a paper in force is not corrected any more; what has ended can only be opened again.

    Before any paper the deadline is corrected; what somebody was told, or what was put off before, is extended.
    """
    if listed.days_left is None:
        return frozenset({Verb.REOPEN})
    allowed = {Verb.RECHECK}
    if listed.is_on_paper or listed.state is not HazardState.FOUND or listed.due != first_due:
        allowed |= {Verb.EXTEND}
    if not listed.is_on_paper:
        allowed |= {Verb.CORRECT, Verb.WITHDRAW, Verb.ISSUE}
    return frozenset(allowed)


def _enterprise(session: Session, enterprise_id: UUID) -> CardEnterprise:
    row = session.get(Enterprise, enterprise_id)
    if row is None:  # it left this officer's patch, its hazard not yet
        return CardEnterprise(enterprise_id, "", None, None, None, None)
    known = [
        (row.contact, row.phone),
        (row.safety_manager, row.safety_manager_phone),
        (row.principal, row.principal_phone),
        (row.legal_person, row.legal_person_phone),
    ]
    person, phone = next(((who, number) for who, number in known if number), (known[0][0] or row.principal, None))
    return CardEnterprise(row.id, row.name, row.village, row.address or row.registered_address, person, phone)


def _checklist(session: Session, inspection: Inspection | None) -> str:
    query = select(Template.title).where(Template.id == (inspection.template_id if inspection else None))
    return session.scalars(query).first() or ""


def _inspectors(inspection: Inspection | None) -> Sequence[str | None]:
    return [] if inspection is None else [inspection.officer_name, inspection.second_name]


def _criteria(hazard: Hazard) -> tuple[CardCriterion, ...]:
    from safetydesk.catalog.criteria import criteria

    known = criteria()
    return tuple(
        CardCriterion(one, known[one].text, known[one].verified) if one in known else CardCriterion(one, "", False)
        for one in hazard.criteria
    )


def _photos_of_finding(session: Session, hazard: Hazard) -> tuple[CardPhoto, ...]:
    query = select(Photo).where(Photo.answer_id == hazard.answer_id, Photo.voided.is_(False)).order_by(Photo.stamp)
    return tuple(_photo(one) for one in session.scalars(query))


def _photo(row: Photo) -> CardPhoto:
    return CardPhoto(row.id, row.digest, row.original_name, row.taken_at)


def _papers(session: Session, hazard: Hazard) -> dict[UUID, CardPaper]:
    """Every paper that ever named it, in order; a voided one stays in view."""
    voided = set(session.scalars(hazards.voided_papers()))
    query = (
        select(Paper.id, Paper.number, Paper.kind, Paper.issued_on)
        .where(Paper.id.in_(select(HazardEvent.paper_id).where(HazardEvent.hazard_id == hazard.id)))
        .order_by(Paper.issued_at, Paper.stamp)
    )
    return {
        row.id: CardPaper(row.number, LABELS[PaperKind(row.kind)], row.issued_on, row.id in voided)
        for row in session.execute(query)
    }


def _history(
    session: Session, desk: Desk, hazard: Hazard, life: HazardLife, papers: dict[UUID, CardPaper]
) -> tuple[HistoryLine, ...]:
    """In the order of the stamps: the order that counts."""
    query = select(HazardEvent).where(HazardEvent.hazard_id == hazard.id).order_by(HazardEvent.stamp, HazardEvent.id)
    events = list(session.scalars(query))
    mistaken = {event.detail.get("undoes") for event in events}
    who = _officers(session, events)
    photos = _photos_of_events(session, events)
    lines = []
    for event in events:
        paper = papers.get(event.paper_id) if event.paper_id else None
        lines.append(
            HistoryLine(
                event_id=event.id,
                kind=HazardEventKind(event.kind),
                label=hazards.event_label(event.kind, event.detail),
                on=event.happened_on,
                who=who.get(event.officer_id, "") if event.officer_id else "",
                note=event.note or "",
                due=_day(event.detail.get("due")),
                before=_day(event.detail.get("before")),
                consent=event.detail.get("consent") or "",
                paper=paper.number if paper else None,
                photos=tuple(photos[one] for one in event.detail.get("photos", []) if one in photos),
                is_taken_back=event.id.hex in mistaken,
                can_take_back=rechecking.can_take_back(desk, event, life),
            )
        )
    return tuple(lines)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _officers(session: Session, events: Sequence[HazardEvent]) -> dict[UUID, str]:
    ids = {event.officer_id for event in events if event.officer_id}
    return dict(session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(ids))).all())


def _photos_of_events(session: Session, events: Sequence[HazardEvent]) -> dict[str, CardPhoto]:
    ids = [UUID(hex=one) for event in events for one in event.detail.get("photos", [])]
    query = select(Photo).where(Photo.id.in_(ids), Photo.voided.is_(False))
    return {row.id.hex: _photo(row) for row in session.scalars(query)}
