"""What the paper screen lets the runner do. The runner gives each its last arguments: a session, and progress."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from safetydesk.ui.papers.entries import Loaded

if TYPE_CHECKING:
    from safetydesk.workflows.changes import Changes
    from safetydesk.workflows.desk import Desk
    from safetydesk.workflows.paper_desk import Inspectors, PaperDraft, Preview, Problem
    from safetydesk.workflows.papers import Issued
    from safetydesk.workflows.serving import Service


def load_visit(
    desk: Desk, inspection_id: UUID, advised: Collection[UUID], prefer: str, session: Any, _progress: object
) -> Loaded:
    from safetydesk.workflows import paper_desk

    visit = paper_desk.visit_papers(session, inspection_id, advised)
    drafts = tuple(
        paper_desk.draft(session, desk, visit.inspection_id, card.kind, card.hazard_ids) for card in visit.drafts
    )
    return Loaded(visit, drafts, visit.papers, prefer)


def load_paper(desk: Desk, number: str, session: Any, progress: object) -> Loaded:
    """A paper among the others of its visit; alone where it belongs to none."""
    from safetydesk.workflows import paper_desk

    card = paper_desk.paper(session, number)
    if card.inspection_id is None:
        return Loaded(None, (), (card,), card.number)
    return load_visit(desk, card.inspection_id, (), card.number, session, progress)


def lay_out(draft: PaperDraft, _progress: object) -> Preview:
    from safetydesk.workflows import paper_desk

    return paper_desk.preview(draft)


def read_sealed(desk: Desk, number: str, session: Any, _progress: object) -> bytes:
    from safetydesk.workflows import paper_desk

    return paper_desk.sealed_pdf(session, desk, number)


def read_all_sealed(desk: Desk, numbers: Sequence[str], session: Any, progress: object) -> list[tuple[str, bytes]]:
    return [(number, read_sealed(desk, number, session, progress)) for number in numbers]


def correct(problem: UUID, given: dict[str, Any], session: Any, _progress: object) -> tuple[Changes, Problem]:
    from safetydesk.workflows import paper_desk

    return paper_desk.correct(session, problem, **given)


def put_back(before: Problem, session: Any, _progress: object) -> Changes:
    from safetydesk.workflows import paper_desk

    return paper_desk.put_back(session, before)


def name_inspectors(
    inspection_id: UUID, given: tuple[str, str, str], session: Any, _progress: object
) -> tuple[Changes, Inspectors]:
    from safetydesk.workflows import paper_desk

    return paper_desk.name_inspectors(session, inspection_id, *given)


def put_inspectors_back(inspection_id: UUID, before: Inspectors, session: Any, _progress: object) -> Changes:
    from safetydesk.workflows import paper_desk

    return paper_desk.put_inspectors_back(session, inspection_id, before)


def issue(desk: Desk, draft: PaperDraft, session: Any, _progress: object) -> tuple[Changes, Issued]:
    from safetydesk.workflows import paper_desk

    return paper_desk.issue(session, desk, draft)


def serve(desk: Desk, number: str, service: Service, session: Any, _progress: object) -> tuple[Changes, str]:
    from safetydesk.workflows import serving

    return serving.serve(session, desk, number, service), number


def undo_service(desk: Desk, number: str, session: Any, _progress: object) -> Changes:
    from safetydesk.workflows import serving

    return serving.undo_service(session, desk, number)


def void(desk: Desk, number: str, reason: str, session: Any, _progress: object) -> tuple[Changes, str]:
    from safetydesk.workflows import papers

    return papers.void(session, desk, number, reason), number


def note_printed(
    desk: Desk, numbers: Sequence[str], copies: int, session: Any, _progress: object
) -> tuple[Changes, None]:
    from safetydesk.workflows import serving

    for number in numbers:
        changes = serving.note_printed(session, desk, number, copies)
    return changes, None
