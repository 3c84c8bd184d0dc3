"""Taking in a ledger from a workbook: one transaction, a verdict for every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain import enterprise_fields as ledger_fields
from safetydesk.domain.enterprise_fields import Stored
from safetydesk.domain.ids import derived_id, new_id
from safetydesk.models import clock as clocks
from safetydesk.models.base import value_columns
from safetydesk.models.tables import Enterprise, EnterpriseField, EnterpriseFlag, LedgerImport
from safetydesk.spreadsheets.combine import CombineNote, combine, note_text
from safetydesk.spreadsheets.ledger_reader import LedgerRow, LedgerSheet, read_ledger
from safetydesk.workflows import assignment, enterprises, finding, searching
from safetydesk.workflows.desk import Desk, Progress, Quiet

_STEP = 500


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do. `id` is none for a rehearsal."""

    id: UUID | None
    sheet: LedgerSheet
    created: int
    updated: int
    unchanged: int
    notes: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """A sheet beside the ledger. `known` rows are of enterprises that are there already."""

    new: Sequence[LedgerRow]
    changed: Sequence[tuple[Enterprise, dict[str, Any]]]
    known: int
    notes: Sequence[CombineNote]


@dataclass
class _Known:
    """Who is in the ledger already: by code, and by name and village for rows without one."""

    by_code: dict[str, UUID]
    by_place: dict[tuple[str, str], UUID]
    by_name: dict[str, set[UUID]]

    def find(self, row: LedgerRow) -> UUID | None:
        """Two shops of one name in two villages are two; where either side names no village, the name must be enough."""
        if row.uscc:
            return self.by_code.get(row.uscc)
        village = str(row.values.get("village", ""))
        exact = self.by_place.get((row.name, village))
        if exact is not None or village:
            return exact or self.by_place.get((row.name, ""))
        alike = self.by_name.get(row.name, set())
        return next(iter(alike)) if len(alike) == 1 else None


def read(path: Path, sheet: str | None, mapping: Mapping[str, str]) -> LedgerSheet:
    """The sheet with its verdicts; nothing is written. Raises what is wrong with the file."""
    return read_ledger(path, sheet=sheet, mapping=mapping or None)


def rehearse(session: Session, sheet: LedgerSheet) -> ImportReport:
    """What an import would do."""
    comparison = compare(session, sheet)
    changed = len(comparison.changed)
    return ImportReport(
        None,
        sheet,
        len(comparison.new),
        changed,
        comparison.known - changed,
        [note_text(one) for one in comparison.notes],
    )


def compare(session: Session, sheet: LedgerSheet, progress: Progress | None = None) -> Comparison:
    """Which rows are new, and which of the known enterprises would be changed in what."""
    progress = progress or Quiet()
    rows, notes = combine(sheet.accepted)
    new, old = _sorted(rows, _known(session))
    changed: list[tuple[Enterprise, dict[str, Any]]] = []
    for at in range(0, len(old), _STEP):
        progress.check_cancelled()
        progress.report(at, len(old), "与台账核对")
        changed += _differences(session, old[at : at + _STEP])
    return Comparison(new, changed, len(old), notes)


def apply(session: Session, desk: Desk, sheet: LedgerSheet, progress: Progress | None = None) -> ImportReport:
    """Take the sheet in. New enterprises are inserted at once, known ones changed where a filled cell differs."""
    progress = progress or Quiet()
    rows, notes = combine(sheet.accepted)
    import_id = new_id(desk.now())
    new, old = _sorted(rows, _known(session))
    created = _insert(session, desk, new, progress)
    undo: list[Any] = [["created", one.hex] for one in created]
    updated = 0
    for at in range(0, len(old), _STEP):
        progress.check_cancelled()
        for enterprise, values in _differences(session, old[at : at + _STEP]):
            changes = enterprises.apply(session, desk, enterprise, values, import_id)
            undo += [["changed", enterprise.id.hex, change.key, change.before] for change in changes]
            searching.refresh(session, [enterprise])
            updated += 1
        progress.report(len(new) + at, len(rows), "更新企业")
    wishes = _assign(session, desk, [*zip(created, new, strict=True), *old])
    session.add(
        LedgerImport(
            id=import_id, file_name=_storable(sheet.file), imported_at=desk.now(), created=len(created), updated=updated, changes=undo
        )
    )  # fmt: skip
    clocks.record(session, "ledger.imported", f"import:{import_id.hex}", {"created": len(created), "updated": updated})
    said = [note_text(note) for note in notes] + wishes
    return ImportReport(import_id, sheet, len(created), updated, len(old) - updated, said)


def _storable(name: str) -> str:
    """The name of a file on an old stick may be no text."""
    return name.encode("utf-8", "replace").decode()


def _known(session: Session) -> _Known:
    query = select(Enterprise.id, Enterprise.uscc, Enterprise.name, Enterprise.village).where(
        Enterprise.voided_at.is_(None)
    )
    known = _Known({}, {}, {})
    for row_id, code, name, village in session.execute(query.order_by(Enterprise.stamp.desc())):
        if code:
            known.by_code[code] = row_id
        known.by_place[name, village or ""] = row_id
        known.by_name.setdefault(name, set()).add(row_id)
    return known


def _sorted(rows: Sequence[LedgerRow], known: _Known) -> tuple[list[LedgerRow], list[tuple[UUID, LedgerRow]]]:
    new: list[LedgerRow] = []
    old: list[tuple[UUID, LedgerRow]] = []
    for row in rows:
        found = known.find(row)
        if found is None:
            new.append(row)
        else:
            old.append((found, row))
    return new, old


def _differences(session: Session, pairs: Sequence[tuple[UUID, LedgerRow]]) -> list[tuple[Enterprise, dict[str, Any]]]:
    """For each known enterprise the filled cells that say something else."""
    found = session.scalars(select(Enterprise).where(Enterprise.id.in_([one for one, _ in pairs])))
    by_id = {enterprise.id: enterprise for enterprise in found}
    current = enterprises.values_of(session, list(by_id.values()))
    differing = []
    for row_id, row in pairs:
        stated = _stated(row, current[row_id]["flags"])
        changed = {key: value for key, value in stated.items() if current[row_id].get(key) != value}
        if changed:
            differing.append((by_id[row_id], changed))
    return differing


def _stated(row: LedgerRow, flags: Sequence[str]) -> dict[str, Any]:
    """What a row states, flags resolved against those the enterprise bears; what is computed stays out."""
    values: dict[str, Any] = {
        key: value for key, value in row.values.items() if ledger_fields.BY_KEY[key].stored is not Stored.DERIVED
    }
    listed = row.values.get("flags")
    if listed is not None or row.stated_flags:
        values["flags"] = ledger_fields.flags_after(
            flags, listed if isinstance(listed, list) else None, row.stated_flags
        )
    return values


def _insert(session: Session, desk: Desk, rows: Sequence[LedgerRow], progress: Progress) -> list[UUID]:
    """Bulk insert of new enterprises with their fields, flags and search texts."""
    taken = set(session.scalars(select(Enterprise.id)))
    columns = set(value_columns(Enterprise))
    ids: list[UUID] = []
    entered: list[dict[str, Any]] = []
    for at in range(0, len(rows), _STEP):
        progress.check_cancelled()
        part = rows[at : at + _STEP]
        stated = [_stated(row, []) for row in part]
        part_ids = [_id_for(desk, row, taken) for row in part]
        inserted = [
            {"id": row_id, "enterprise_id": row_id} | {key: value for key, value in values.items() if key in columns}
            for row_id, values in zip(part_ids, stated, strict=True)
        ]
        clocks.insert_rows(session, Enterprise, inserted)
        _insert_rest(session, part_ids, stated)
        entered += inserted
        ids += part_ids
        progress.report(at + len(part), len(rows), "登记企业")
    searching.enter(session, _watched(entered, progress))
    return ids


def _watched(rows: Sequence[dict[str, Any]], progress: Progress) -> Iterator[dict[str, Any]]:
    for done, row in enumerate(rows):
        if done % _STEP == 0:
            progress.check_cancelled()
            progress.report(done, len(rows), "编入查找")
        yield row


def _insert_rest(session: Session, ids: Sequence[UUID], stated: Sequence[dict[str, Any]]) -> None:
    fields = [
        enterprises.field_row(row_id, key, value)
        for row_id, values in zip(ids, stated, strict=True)
        for key, value in values.items()
        if ledger_fields.BY_KEY[key].stored is Stored.EXTENSION and value is not None
    ]
    flags = [
        enterprises.flag_row(row_id, flag)
        for row_id, values in zip(ids, stated, strict=True)
        for flag in values.get("flags", [])
    ]
    clocks.insert_rows(session, EnterpriseField, fields)
    clocks.insert_rows(session, EnterpriseFlag, flags)


def _id_for(desk: Desk, row: LedgerRow, taken: set[UUID]) -> UUID:
    row_id = derived_id("enterprise", row.uscc) if row.uscc else new_id(desk.now())
    if row_id in taken:  # the code was somebody else's before: an id never changes and never returns
        row_id = new_id(desk.now())
    taken.add(row_id)
    return row_id


def _assign(session: Session, desk: Desk, rows: Sequence[tuple[UUID, LedgerRow]]) -> list[str]:
    """Columns that name an officer become assignments; officers not known yet are entered."""
    wanted: dict[str, list[UUID]] = {}
    for row_id, row in rows:
        if name := str(row.values.get("officer") or "").strip():
            wanted.setdefault(name, []).append(row_id)
    notes = []
    for name, ids in wanted.items():
        officer, is_new = finding.officer_or_new(session, desk, name)
        assignment.assign(session, desk, officer, ids)
        if is_new:
            notes.append(f"已登记新的安全员：{name}（台账里写了这个名字）")
    return notes
