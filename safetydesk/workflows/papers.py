"""Papers: issued and sealed in one transaction with their number; listed, voided, verified."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from safetydesk.documents.canonical import canonical_content
from safetydesk.documents.notices import render_notice
from safetydesk.documents.reading import claimed_number, read_pdf
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.hazards import HazardEventKind
from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import Numbering, PaperEventKind, PaperKind
from safetydesk.domain.numbering import Series, UnknownPaperKind, check_power, document_number, letters_of, short_unit
from safetydesk.models import clock as clocks
from safetydesk.models.tables import (
    Clock,
    Device,
    Enterprise,
    Hazard,
    HazardEvent,
    Inspection,
    Officer,
    Paper,
    PaperCounter,
    PaperEvent,
    TakenNumber,
    Unit,
)
from safetydesk.sync.identity import is_signed
from safetydesk.workflows import hazards, notices, settings
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk

SIGNED_PURPOSE = "paper"
_AS_PRINTED = str.maketrans("()[]【】", "（）〔〕〔〕")  # how numbers are typed, and how they are printed
_NOTICES = (PaperKind.RECTIFICATION, PaperKind.ADVICE)
SERVICE_KINDS = (PaperEventKind.SERVED, PaperEventKind.REFUSED, PaperEventKind.SERVICE_UNDONE)


class NothingToIssue(SafetyDeskError):
    """No hazard that this paper could name. facts: kind."""

    code = "nothing_to_issue"


class AlreadyOnPaper(SafetyDeskError):
    """A valid paper of this kind names the hazard already. facts: kind, number, item."""

    code = "already_on_paper"


class NotFinished(SafetyDeskError):
    """The check is still going on."""

    code = "inspection_not_finished"


class SeveralVisits(SafetyDeskError):
    """Hazards of several enterprises or checks cannot stand on one paper."""

    code = "several_visits"


class UnknownPaper(SafetyDeskError):
    """facts: number."""

    code = "unknown_paper"


class AlreadyVoided(SafetyDeskError):
    """facts: number."""

    code = "already_voided"


class ReasonMissing(SafetyDeskError):
    code = "reason_missing"


class DraftChanged(SafetyDeskError):
    """What would be sealed is no longer what was looked at. facts: kind."""

    code = "draft_changed"


class PaperState(StrEnum):
    """Where a sealed paper stands. Refused by who should sign for it is served all the same."""

    ISSUED = "issued"
    SERVED = "served"
    VOIDED = "voided"


@dataclass(frozen=True)
class Issued:
    """A sealed paper. `blanks` names what the paper leaves to be written by hand."""

    number: str
    file_name: str
    pdf: bytes = field(repr=False)
    sha256: str
    pages: int
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperRow:
    number: str
    kind: str
    enterprise: str
    issued_on: date
    state: str
    pages: int


@dataclass(frozen=True)
class Verdict:
    """Whether a file is a paper of this register, byte for byte. `tampered`: it claims to be one and is not."""

    authentic: bool
    number: str | None
    why: str
    tampered: bool = False
    state: str | None = None  # issued, served or voided, where the register has it


def issue(session: Session, desk: Desk, kind: PaperKind, found: Sequence[Hazard], *, seen: str | None = None) -> Issued:
    """Seal one notice over hazards of one check; number, bytes and events are one transaction.

    `seen` is the mark of the draft that a person looked at: anything else is not sealed.
    Raises NotEmpowered, UnknownPaperKind, NothingToIssue, SeveralVisits, NotFinished, AlreadyOnPaper, MissingGlyphs,
    DraftChanged.
    """
    check_power(kind, settings.unit_power(session))
    if kind not in _NOTICES:
        raise UnknownPaperKind(kind=kind)
    inspection = _one_visit(session, found, kind)
    _check_first_time(session, kind, found)
    series = _series(session, desk, clocks.hold(session).replica)
    year = desk.today().year
    running = _running(session, series, kind, year, inspection.id)
    number = document_number(kind, series, year, running)
    draft = notices.compose(session, desk, kind, number, inspection, found)
    if seen is not None and notices.mark_of(draft.notice) != seen:
        raise DraftChanged(kind=kind)
    content = canonical_content(draft.notice)
    digest = hashlib.sha256(content).hexdigest()
    signature = desk.identity.sign(SIGNED_PURPOSE, _signed(number, desk.today(), digest))
    rendered = render_notice(notices.with_code(draft.notice, _code(number, desk.today(), digest, signature)))
    file_digest = desk.blobs.put(session, rendered.pdf)
    paper = Paper(
        id=new_id(desk.now()),
        enterprise_id=inspection.enterprise_id,
        kind=kind,
        number=number,
        series=series.key,
        year=year,
        running=running,
        inspection_id=inspection.id,
        officer_id=desk.officer_id,
        issued_on=desk.today(),
        issued_at=desk.now(),
        content=content.decode(),
        content_digest=digest,
        signature=signature,
        file_digest=file_digest,
        pages=rendered.pages,
    )
    _take_number(session, paper)
    for hazard in found:
        hazards.add_event(
            session, desk, hazard, HazardEventKind.NOTICE_ISSUED, paper_id=paper.id, detail={"number": number}
        )
    clocks.record(session, "paper.issued", f"paper:{paper.id.hex}", {"sha256": file_digest}, paper.enterprise_id)
    return Issued(number, f"{number}.pdf", rendered.pdf, file_digest, rendered.pages, draft.blanks)


def of_inspection(session: Session, inspection: Inspection, kind: PaperKind) -> list[Hazard]:
    """The hazards of a check that no valid paper of this kind names yet."""
    named = (
        select(HazardEvent.hazard_id)
        .join(Paper, Paper.id == HazardEvent.paper_id)
        .where(Paper.inspection_id == inspection.id, Paper.kind == kind, Paper.id.not_in(in_void()))
    )
    query = select(Hazard).where(Hazard.inspection_id == inspection.id, Hazard.id.not_in(named))
    known = list(session.scalars(query.order_by(Hazard.item, Hazard.id)))
    lives = hazards.lives(session, known)
    return [hazard for hazard in known if lives[hazard.id].is_open]


def void(session: Session, desk: Desk, number: str, reason: str) -> Changes:
    """A spoilt paper is voided, never deleted; its number stays used. Raises UnknownPaper, AlreadyVoided.

    A hazard that no other valid paper names is back among those without one.
    """
    if not reason.strip():
        raise ReasonMissing
    paper = paper_of(session, number)
    if session.scalar(select(func.count()).where(PaperEvent.paper_id == paper.id, PaperEvent.kind == "voided")):
        raise AlreadyVoided(number=number)
    session.add(event_of(desk, paper, PaperEventKind.VOIDED, reason))
    session.flush()
    named = select(HazardEvent.hazard_id).where(HazardEvent.paper_id == paper.id)
    still_on_paper = select(HazardEvent.hazard_id).where(
        HazardEvent.kind == HazardEventKind.NOTICE_ISSUED, HazardEvent.paper_id.not_in(in_void())
    )
    query = select(Hazard).where(Hazard.id.in_(named), Hazard.id.not_in(still_on_paper))
    for hazard in session.scalars(query):
        hazards.add_event(session, desk, hazard, HazardEventKind.NOTICE_VOIDED, paper_id=paper.id, note=reason)
    clocks.record(session, "paper.voided", f"paper:{paper.id.hex}", {}, paper.enterprise_id)
    return Changes(papers=True, hazards=True)


def reprint(session: Session, desk: Desk, number: str) -> Issued:
    """The same bytes again; the register counts it. Raises UnknownPaper, DamagedStore."""
    issued = sealed(session, desk, number)
    session.add(event_of(desk, paper_of(session, number), PaperEventKind.REPRINTED, None))
    return issued


def sealed(session: Session, desk: Desk, number: str) -> Issued:
    """The bytes as they were sealed; nothing is noted. Raises UnknownPaper, DamagedStore, MissingBlob."""
    paper = paper_of(session, number)
    pdf = desk.blobs.get(session, paper.file_digest)
    return Issued(paper.number, f"{paper.number}.pdf", pdf, paper.file_digest, paper.pages)


def preview_number(session: Session, desk: Desk, kind: PaperKind) -> str:
    """The number that a paper would have, its running number left out: what carries it was never issued."""
    replica = session.scalars(select(Clock.replica)).one()  # not held: whoever only looks locks nothing
    whole = document_number(kind, _series(session, desk, replica), desk.today().year, 0)
    return f"{whole.rpartition('-')[0]}-\u3000号"


def register(session: Session) -> list[PaperRow]:
    """Every number that was ever taken here or came by stick, with its state."""
    happened: dict[UUID, list[str]] = {}
    for paper_id, kind in session.execute(select(PaperEvent.paper_id, PaperEvent.kind).order_by(PaperEvent.stamp)):
        happened.setdefault(paper_id, []).append(kind)
    query = (
        select(Paper.id, Paper.number, Paper.kind, Enterprise.name, Paper.issued_on, Paper.pages)
        .join(Enterprise, Enterprise.id == Paper.enterprise_id, isouter=True)
        .order_by(Paper.issued_at, Paper.stamp)
    )
    return [
        PaperRow(number, kind, name or "", on, paper_state(happened.get(paper_id, ())), pages)
        for paper_id, number, kind, name, on, pages in session.execute(query)
    ]


def state_of(session: Session, number: str) -> str:
    """Raises UnknownPaper."""
    return _state(session, paper_of(session, number))


def paper_state(happened: Sequence[str]) -> PaperState:
    """From what happened, in the order of stamps. Voided outweighs everything; a service counts until it is undone."""
    if PaperEventKind.VOIDED in happened:
        return PaperState.VOIDED
    of_service = [kind for kind in happened if kind in SERVICE_KINDS]
    is_served = bool(of_service) and of_service[-1] != PaperEventKind.SERVICE_UNDONE
    return PaperState.SERVED if is_served else PaperState.ISSUED


def _state(session: Session, paper: Paper) -> PaperState:
    query = select(PaperEvent.kind).where(PaperEvent.paper_id == paper.id).order_by(PaperEvent.stamp)
    return paper_state(session.scalars(query).all())


def verify(session: Session, path: Path) -> Verdict:
    """Compare a PDF with the register. Raises NotAPaper where it is no PDF at all."""
    content = read_pdf(path)
    digest = hashlib.sha256(content).hexdigest()
    paper = session.scalars(select(Paper).where(Paper.file_digest == digest)).first()
    if paper is None:
        return _stranger(session, content)
    if not _is_sealed(session, paper):
        return Verdict(False, paper.number, "登记簿里这份文书的封存内容与签名不符", tampered=True)
    state = _state(session, paper)
    said = "与登记簿封存的文件逐字节一致，签名有效"
    return Verdict(True, paper.number, f"{said}；但该文书已作废" if state == "voided" else said, state=state)


def _stranger(session: Session, content: bytes) -> Verdict:
    number = claimed_number(content)
    if number is None:
        return Verdict(False, None, "这个文件里没有本程序的文号，不是本程序签发的文书")
    if session.scalars(select(Paper.id).where(Paper.number == number)).first() is None:
        return Verdict(False, number, "本机登记簿里没有这个文号，无法核对；请到签发单位的电脑上验证")
    return Verdict(False, number, "登记簿里有这个文号，但文件内容与封存的不一致，可能被改动过", tampered=True)


def _is_sealed(session: Session, paper: Paper) -> bool:
    if hashlib.sha256(paper.content.encode()).hexdigest() != paper.content_digest:
        return False
    message = _signed(paper.number, paper.issued_on, paper.content_digest)
    keys = session.scalars(select(Device.verify_key).where(Device.officer_id == paper.officer_id).distinct())
    return any(is_signed(key, SIGNED_PURPOSE, message, paper.signature) for key in keys)


def _signed(number: str, on: date, digest: str) -> bytes:
    return f"{number}\n{on.isoformat()}\n{digest}".encode()


def _code(number: str, on: date, digest: str, signature: str) -> str:
    """What the QR code says: number, date, hash of the sealed content, signature."""
    short = base64.urlsafe_b64encode(bytes.fromhex(digest)).rstrip(b"=").decode()
    return f"SD1|{number}|{on.isoformat()}|{short}|{signature}"


def _one_visit(session: Session, found: Sequence[Hazard], kind: PaperKind) -> Inspection:
    if not found:
        raise NothingToIssue(kind=kind)
    visits = {hazard.inspection_id for hazard in found}
    if len(visits) > 1:
        raise SeveralVisits
    inspection = session.get_one(Inspection, visits.pop())
    if inspection.finished_at is None:
        raise NotFinished
    return inspection


def _check_first_time(session: Session, kind: PaperKind, found: Sequence[Hazard]) -> None:
    """Two papers of one kind in force over one hazard would contradict each other."""
    query = (
        select(Paper.number, Hazard.item)
        .join(HazardEvent, HazardEvent.paper_id == Paper.id)
        .join(Hazard, Hazard.id == HazardEvent.hazard_id)
        .where(Paper.kind == kind, Paper.id.not_in(in_void()), Hazard.id.in_([hazard.id for hazard in found]))
    )
    if named := session.execute(query.order_by(Paper.issued_at).limit(1)).first():
        raise AlreadyOnPaper(kind=kind, number=named.number, item=named.item)


def _series(session: Session, desk: Desk, replica: UUID) -> Series:
    officer = session.get_one(Officer, desk.officer_id)
    unit = session.get_one(Unit, desk.unit_id)
    letters = session.scalars(select(Device.series).where(Device.replica == replica)).first() or letters_of(replica)
    mark = settings.value_of(session, "unit.mark") or short_unit(unit.name)
    return Series(str(mark), officer.mark or officer.name, letters)


def _running(session: Session, series: Series, kind: PaperKind, year: int, inspection_id: UUID) -> int:
    """The next number without a gap; shared by the papers of one visit where the office wants it so.

    The counters live here and are never synced or let go, so that no number returns.
    """
    query = select(PaperCounter).where(PaperCounter.series == series.key, PaperCounter.year == year)
    counters = {counter.kind: counter for counter in session.scalars(query)}
    by_visit = settings.value_of(session, "paper.numbering") == Numbering.VISIT
    own = counters.get(kind)
    if by_visit:
        shared = _of_visit(session, series, kind, year, inspection_id)
        running = shared or max((counter.last for counter in counters.values()), default=0) + 1
    else:
        running = (own.last if own else 0) + 1
    if own is None:
        session.add(PaperCounter(series=series.key, kind=kind, year=year, last=running))
    else:
        own.last = max(own.last, running)
    return running


def _of_visit(session: Session, series: Series, kind: PaperKind, year: int, inspection_id: UUID) -> int | None:
    """The number that this visit's papers have already, if no paper of this kind has it yet, of whatever visit:
    while every kind counted by itself, another visit may have taken it."""
    of_series = Paper.series == series.key, Paper.year == year
    used = select(Paper.running).where(*of_series, Paper.kind == kind)
    query = select(func.max(Paper.running)).where(
        *of_series, Paper.inspection_id == inspection_id, Paper.running.not_in(used)
    )
    return session.scalar(query)


def _take_number(session: Session, paper: Paper) -> None:
    session.add(TakenNumber(number=paper.number, paper_id=paper.id))
    session.add(paper)
    clocks.hold(session).paper_count += 1
    session.flush()


def paper_of(session: Session, number: str) -> Paper:
    """By its number, as printed or as typed. Raises UnknownPaper."""
    wanted = number.strip().translate(_AS_PRINTED).replace(" ", "")
    paper = session.scalars(select(Paper).where(Paper.number == wanted)).first()
    if paper is None:
        raise UnknownPaper(number=number)
    return paper


def in_void() -> Select[UUID]:
    """The papers that are no longer in force."""
    return select(PaperEvent.paper_id).where(PaperEvent.kind == PaperEventKind.VOIDED)


def event_of(
    desk: Desk, paper: Paper, kind: PaperEventKind, note: str | None, detail: dict[str, Any] | None = None
) -> PaperEvent:
    """A line for the history of a paper."""
    return PaperEvent(
        id=new_id(desk.now()),
        enterprise_id=paper.enterprise_id,
        paper_id=paper.id,
        kind=kind,
        happened_on=desk.today(),
        officer_id=desk.officer_id,
        note=note,
        detail=detail or {},
    )
