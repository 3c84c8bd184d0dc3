"""An import in three steps that a person can look at: read the file, see what it would do, apply it; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.enterprise_fields import BY_KEY, parse
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Enterprise, FieldChange, Inspection, LedgerImport, Paper
from safetydesk.workflows import enterprises, ledger_import, searching
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, Progress
from safetydesk.workflows.enterprise_page import ChangedField, shown_text

if TYPE_CHECKING:
    from safetydesk.spreadsheets.ledger_reader import LedgerSheet

MOST_SHOWN = 2_000  # enterprises of which old beside new is shown
_STEP = 500
_TAKEN_BACK = "导入撤销"


@dataclass(frozen=True)
class ProblemLine:
    """A cell that is not taken; `is_fatal`: its whole row is not."""

    row: int
    column: str
    value: str
    reason: str
    is_fatal: bool


@dataclass(frozen=True)
class ColumnLine:
    """How one column is understood; no field: it is passed over."""

    title: str
    field: str | None
    is_unknown: bool


@dataclass(frozen=True)
class NewLine:
    row: int
    name: str
    village: str


@dataclass(frozen=True)
class ChangedLine:
    """A known enterprise with what would become of its fields."""

    name: str
    fields: tuple[ChangedField, ...]


@dataclass(frozen=True)
class Rehearsal:
    """What an import would do. Nothing was written; `sheet` is handed to `apply` as it is."""

    file: str
    sheet_name: str
    sheets: tuple[str, ...]
    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int  # rows
    cells: int  # cells of rows that are taken
    columns: tuple[ColumnLine, ...]
    problems: tuple[ProblemLine, ...]
    new: tuple[NewLine, ...]
    changed: tuple[ChangedLine, ...]
    notes: tuple[str, ...]
    sheet: LedgerSheet

    @property
    def does_nothing(self) -> bool:
        return not self.created and not self.updated


@dataclass(frozen=True)
class Applied:
    import_id: UUID
    created: int
    updated: int
    unchanged: int
    notes: tuple[str, ...]


def read(path: Path, sheet: str | None = None) -> LedgerSheet:
    """The sheet with a verdict for each row. Raises what is wrong with the file."""
    return ledger_import.read(path, sheet, {})


def rehearse(session: Session, sheet: LedgerSheet, progress: Progress | None = None) -> Rehearsal:
    """What an import of this sheet would do now."""
    from safetydesk.spreadsheets.combine import note_text

    compared = ledger_import.compare(session, sheet, progress)
    shown = compared.changed[:MOST_SHOWN]
    current = enterprises.values_of(session, [enterprise for enterprise, _ in shown])
    problems = tuple(ProblemLine(one.row, one.column, one.value, one.reason, one.is_fatal) for one in sheet.rejected)
    refused = sum(row.is_rejected for row in sheet.rows)
    return Rehearsal(
        file=sheet.file,
        sheet_name=sheet.sheet,
        sheets=sheet.sheets,
        rows=len(sheet.rows),
        created=len(compared.new),
        updated=len(compared.changed),
        unchanged=compared.known - len(compared.changed),
        refused=refused,
        cells=sum(len(row.problems) for row in sheet.rows if not row.is_rejected),
        columns=tuple(_columns(sheet)),
        problems=problems,
        new=tuple(NewLine(row.row, row.name, str(row.values.get("village", ""))) for row in compared.new),
        changed=tuple(_changed(enterprise, values, current[enterprise.id]) for enterprise, values in shown),
        notes=tuple(note_text(note) for note in compared.notes),
        sheet=sheet,
    )


def apply(session: Session, desk: Desk, sheet: LedgerSheet, progress: Progress) -> tuple[Changes, Applied]:
    """Take the sheet in, in one transaction."""
    report = ledger_import.apply(session, desk, sheet, progress)
    assert report.id is not None
    done = Applied(report.id, report.created, report.updated, report.unchanged, tuple(report.notes))
    return Changes(ledger=True, assignments=True), done


def save_refused(sheet: LedgerSheet, path: Path) -> None:
    """The rows with what was not taken, each cell marked with its reason: to be mended and imported again.

    Raises FileNotWritten.
    """
    from safetydesk.spreadsheets.ledger_writer import write_rejects

    write_rejects(path, sheet, sheet.rejected)


def take_back(session: Session, desk: Desk, import_id: UUID, progress: Progress) -> Changes:
    """Undo an import: fields nobody has changed since get their old values back; enterprises that it entered and that
    nobody has worked with since are taken out again. Who was assigned by it stays assigned.
    """
    row = session.get_one(LedgerImport, import_id)
    created = [UUID(hex=one[1]) for one in row.changes if one[0] == "created"]
    _take_out(session, desk, created, progress)
    before: dict[UUID, dict[str, Any]] = {}
    for one in row.changes:
        if one[0] == "changed":
            before.setdefault(UUID(hex=one[1]), {})[one[2]] = one[3]
    for at, (enterprise_id, values) in enumerate(before.items()):
        progress.check_cancelled()
        progress.report(at, len(before), "恢复原来的内容")
        _put_back(session, desk, enterprise_id, values, import_id)
    clocks.record(session, "ledger.import_undone", f"import:{import_id.hex}", {"enterprises": len(created)})
    return Changes(ledger=True, assignments=True)


def _columns(sheet: LedgerSheet) -> list[ColumnLine]:
    return [
        ColumnLine(one.header, one.flag or (BY_KEY[one.field].label if one.field else None), one.how == "unknown")
        for one in sheet.columns
        if one.header
    ]


def _changed(enterprise: Enterprise, values: dict[str, Any], current: dict[str, Any]) -> ChangedLine:
    fields = tuple(
        ChangedField(BY_KEY[key].label, shown_text(BY_KEY[key], current.get(key)), shown_text(BY_KEY[key], value))
        for key, value in values.items()
    )
    return ChangedLine(enterprise.name, fields)


def _take_out(session: Session, desk: Desk, ids: Sequence[UUID], progress: Progress) -> None:
    used: set[UUID] = set()
    for table in (Inspection, Paper, FieldChange):
        for at in range(0, len(ids), _STEP):
            query = select(table.enterprise_id).where(table.enterprise_id.in_(ids[at : at + _STEP]))
            used.update(session.scalars(query.distinct()))
    loose = [one for one in ids if one not in used]
    for at in range(0, len(loose), _STEP):
        progress.check_cancelled()
        progress.report(at, len(loose), "撤销登记")
        part = list(session.scalars(select(Enterprise).where(Enterprise.id.in_(loose[at : at + _STEP]))))
        for enterprise in part:
            enterprise.voided_at, enterprise.voided_by, enterprise.void_reason = (
                desk.now(),
                desk.officer_id,
                _TAKEN_BACK,
            )
        searching.refresh(session, part)
        session.flush()
        session.expunge_all()


def _put_back(session: Session, desk: Desk, enterprise_id: UUID, values: dict[str, Any], import_id: UUID) -> None:
    """Only fields whose newest change is that of the import."""
    enterprise = session.get(Enterprise, enterprise_id)
    if enterprise is None or enterprise.voided_at is not None:
        return
    query = select(FieldChange.key, FieldChange.import_id).where(FieldChange.enterprise_id == enterprise_id)
    newest = dict(session.execute(query.order_by(FieldChange.stamp)).all())
    old = {key: parse(BY_KEY[key], value) for key, value in values.items() if newest.get(key) == import_id}
    if old:
        enterprises.apply(session, desk, enterprise, old)
        searching.refresh(session, [enterprise])
