"""What a person does at the desk, in one line each, for the tests of the verbs. All names are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from safetydesk.domain.kinds import PaperKind, Result
from safetydesk.domain.uscc import check_character
from safetydesk.models.tables import Enterprise, Hazard, Inspection
from safetydesk.workflows import answering, enterprises, finding, inspections, ledger_import, papers, settings
from safetydesk.workflows.answering import AnswerInput
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.inspections import Second
from safetydesk.workflows.ledger_import import ImportReport
from safetydesk.workflows.papers import Issued

SAMPLE = Path(__file__).parents[2] / "resources" / "samples"
LEDGER = SAMPLE / "ledger.xlsx"
PHOTO = SAMPLE / "photos" / "open-manhole.jpg"


def credit_code(number: int) -> str:
    """A code that passes the check digit and cannot exist: no register has the division 000000."""
    first = f"91000000MB{number:07d}"
    return first + check_character(first)


def wrong_digit(code: str) -> str:
    return code[:17] + ("0" if code[17] != "0" else "1")


def add(desk: Desk, name: str = "样溪木器厂（示例）", number: int | None = 1, **fields: str) -> UUID:
    given = [f"name={name}", *(f"{key}={value}" for key, value in fields.items())]
    given += [] if number is None else [f"uscc={credit_code(number)}"]
    with desk.store.writing() as session:
        return enterprises.add(session, desk, enterprises.parsed(given))


def edit(desk: Desk, enterprise_id: UUID, *given: str) -> list[enterprises.Change]:
    with desk.store.writing() as session:
        return enterprises.edit(session, desk, session.get_one(Enterprise, enterprise_id), enterprises.parsed(given))


def import_ledger(desk: Desk, path: Path = LEDGER) -> ImportReport:
    sheet = ledger_import.read(path, None, {})
    with desk.store.writing() as session:
        return ledger_import.apply(session, desk, sheet)


def put(desk: Desk, key: str, value: str) -> None:
    with desk.store.writing() as session:
        settings.put(session, key, value)


def start(desk: Desk, enterprise_id: UUID, template: str = "confined-space", second: str | None = "李示例") -> UUID:
    with desk.store.writing() as session:
        enterprise = session.get_one(Enterprise, enterprise_id)
        helper = Second(second, "A-002") if second else None
        return inspections.start(session, desk, enterprise, template, second=helper)


def failed(item: str, **more: Any) -> AnswerInput:
    return AnswerInput(item, Result.FAIL, **more)


def passed(item: str, **more: Any) -> AnswerInput:
    return AnswerInput(item, Result.PASS, **more)


def answer(desk: Desk, inspection_id: UUID, *answers: AnswerInput) -> None:
    with desk.store.writing() as session:
        answering.answer(session, desk, session.get_one(Inspection, inspection_id), answers)


def finish(desk: Desk, inspection_id: UUID) -> list[UUID]:
    with desk.store.writing() as session:
        return inspections.finish(session, desk, session.get_one(Inspection, inspection_id))


def visit(desk: Desk, enterprise_id: UUID, *answers: AnswerInput, template: str = "confined-space") -> UUID:
    """A whole check, ended."""
    inspection_id = start(desk, enterprise_id, template)
    answer(desk, inspection_id, *answers)
    finish(desk, inspection_id)
    return inspection_id


def hazards_of(desk: Desk, inspection_id: UUID) -> dict[str, Hazard]:
    from sqlalchemy import select

    with desk.store.reading() as session:
        return {row.item: row for row in session.scalars(select(Hazard).where(Hazard.inspection_id == inspection_id))}


def issue(desk: Desk, inspection_id: UUID, kind: PaperKind = PaperKind.ADVICE) -> Issued:
    with desk.store.writing() as session:
        found = papers.of_inspection(session, finding.inspection(session, str(inspection_id)), kind)
        return papers.issue(session, desk, kind, found)


def issue_over(desk: Desk, hazards: Sequence[UUID], kind: PaperKind = PaperKind.ADVICE) -> Issued:
    with desk.store.writing() as session:
        return papers.issue(session, desk, kind, [session.get_one(Hazard, one) for one in hazards])


def void(desk: Desk, number: str, reason: str = "写错了") -> None:
    with desk.store.writing() as session:
        papers.void(session, desk, number, reason)


def numbers(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return [row.number for row in papers.register(session)]
