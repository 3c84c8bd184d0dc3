"""What happens to a sealed paper on its way to the enterprise: printed, served, refused; and taking back a wrong entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import PaperEventKind
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Paper, PaperEvent
from safetydesk.workflows import papers
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.hazards import one_line_of
from safetydesk.workflows.papers import PaperState

LONGEST = 200
MOST_COPIES = 99


class ServiceMethod(StrEnum):
    """How a paper reaches the enterprise (民事诉讼法 第八十八条至第九十五条, to which practice follows)."""

    DIRECT = "direct"
    LEFT = "left"
    POST = "post"
    ELECTRONIC = "electronic"
    ENTRUSTED = "entrusted"
    PUBLIC = "public"


METHOD_LABELS = {
    ServiceMethod.DIRECT: "直接送达",
    ServiceMethod.LEFT: "留置送达",
    ServiceMethod.POST: "邮寄送达",
    ServiceMethod.ELECTRONIC: "电子送达",
    ServiceMethod.ENTRUSTED: "委托送达",
    ServiceMethod.PUBLIC: "公告送达",
}


class ServiceUnclear(SafetyDeskError):
    """Something that a service cannot do without. facts: what (Chinese)."""

    code = "service_unclear"


class ServiceDate(SafetyDeskError):
    """Served before it was issued, or in the future. facts: on, issued_on, today."""

    code = "service_date"


class PaperVoid(SafetyDeskError):
    """A voided paper is not served. facts: number."""

    code = "paper_void"


class NotServed(SafetyDeskError):
    """There is no service to take back. facts: number."""

    code = "not_served"


@dataclass(frozen=True)
class Service:
    """How, when and to whom. `refused`: nobody would sign, and the paper was left.

    Who leaves a paper needs a witness, or a record of it (拍照、录像) (民事诉讼法 第八十九条).
    """

    method: ServiceMethod
    on: date
    receiver: str = ""
    witness: str = ""
    recorded: bool = False
    refused: bool = False
    note: str = ""


def serve(session: Session, desk: Desk, number: str, service: Service) -> Changes:
    """Enter that a paper was served; a later entry corrects an earlier one.

    Raises UnknownPaper, PaperVoid, ServiceUnclear, ServiceDate.
    """
    paper = papers.paper_of(session, number)
    if papers.state_of(session, number) is PaperState.VOIDED:
        raise PaperVoid(number=paper.number)
    _check(service, paper, desk.today())
    kind = PaperEventKind.REFUSED if service.refused else PaperEventKind.SERVED
    session.add(papers.event_of(desk, paper, kind, one_line_of(service.note) or None, _plain(service)))
    clocks.record(session, "paper.served", f"paper:{paper.id.hex}", {"method": service.method}, paper.enterprise_id)
    return Changes(papers=True)


def undo_service(session: Session, desk: Desk, number: str) -> Changes:
    """What was entered as served was a mistake. Raises UnknownPaper, NotServed."""
    paper = papers.paper_of(session, number)
    if papers.state_of(session, number) is not PaperState.SERVED:
        raise NotServed(number=paper.number)
    session.add(papers.event_of(desk, paper, PaperEventKind.SERVICE_UNDONE, None))
    clocks.record(session, "paper.service_undone", f"paper:{paper.id.hex}", {}, paper.enterprise_id)
    return Changes(papers=True)


def note_printed(session: Session, desk: Desk, number: str, copies: int) -> Changes:
    """Copies left the printer: the first time they are the paper, every further time it is a reprint."""
    paper = papers.paper_of(session, number)
    earlier = select(PaperEvent.id).where(PaperEvent.paper_id == paper.id, PaperEvent.kind == PaperEventKind.PRINTED)
    kind = PaperEventKind.REPRINTED if session.scalars(earlier).first() else PaperEventKind.PRINTED
    detail = {"copies": max(1, min(copies, MOST_COPIES))}
    session.add(papers.event_of(desk, paper, kind, None, detail))
    clocks.record(session, "paper.printed", f"paper:{paper.id.hex}", detail, paper.enterprise_id)
    return Changes(papers=True)


def service_in(detail: dict[str, Any], kind: str, note: str | None) -> Service | None:
    """What an event says of a service; None where it says nothing of one."""
    try:
        return Service(
            ServiceMethod(detail["method"]),
            date.fromisoformat(detail["on"]),
            str(detail.get("receiver") or ""),
            str(detail.get("witness") or ""),
            bool(detail.get("recorded")),
            kind == PaperEventKind.REFUSED,
            note or "",
        )
    except (KeyError, ValueError):
        return None


def _check(service: Service, paper: Paper, today: date) -> None:
    if not paper.issued_on <= service.on <= max(today, paper.issued_on):
        raise ServiceDate(on=service.on, issued_on=paper.issued_on, today=today)
    if service.method is ServiceMethod.DIRECT and not service.refused and not service.receiver.strip():
        raise ServiceUnclear(what="签收人")
    is_left = service.refused or service.method is ServiceMethod.LEFT
    if is_left and not (service.witness.strip() or service.recorded):
        raise ServiceUnclear(what="见证人，或拍照、录像留存的记录")
    for what, text in (("签收人", service.receiver), ("见证人", service.witness), ("说明", service.note)):
        if len(text) > LONGEST:
            raise ServiceUnclear(what=f"不超过 {LONGEST} 字的{what}")


def _plain(service: Service) -> dict[str, Any]:
    return {
        "method": str(service.method),
        "on": service.on.isoformat(),
        "receiver": one_line_of(service.receiver),
        "witness": one_line_of(service.witness),
        "recorded": service.recorded,
    }
