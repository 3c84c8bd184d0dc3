"""Everything of one enterprise, as its page shows it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.enterprise_fields import BY_KEY, FIELDS, GROUP_LABELS, Field, Group, Kind, Stored, value_text
from safetydesk.domain.kinds import LABELS, InspectionKind
from safetydesk.models.tables import (
    AuditEntry,
    FieldChange,
    Hazard,
    HighRiskObject,
    Inspection,
    LedgerImport,
    Officer,
    Paper,
    Template,
)
from safetydesk.workflows import enterprise_rows, enterprises, finding, hazard_list, ledger_view, paper_register
from safetydesk.workflows.desk import Desk, local_date
from safetydesk.workflows.enterprise_rows import EnterpriseRow
from safetydesk.workflows.hazard_list import ListedHazard
from safetydesk.workflows.paper_register import RegisterRow

MOST_CHANGES = 500
_PLACES = {key: place for place, key in enumerate(BY_KEY)}
_ELSEWHERE = "别的电脑导入的台账"


@dataclass(frozen=True)
class Why:
    """What the program worked out from other fields, why, and whether the ledger says the same."""

    key: str
    label: str
    value: str
    stated: str  # empty: the ledger says nothing
    why: str

    @property
    def differs(self) -> bool:
        return bool(self.stated) and self.stated != self.value


@dataclass(frozen=True)
class FieldLine:
    """One filled field in words."""

    key: str
    label: str
    text: str
    is_long: bool


@dataclass(frozen=True)
class FieldGroup:
    label: str
    lines: tuple[FieldLine, ...]


@dataclass(frozen=True)
class ObjectLine:
    id: UUID
    kind: str
    name: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class VisitLine:
    id: UUID
    started_on: date
    kind: str
    checklist: str
    inspectors: str
    is_finished: bool
    hazards: int
    open_hazards: int
    papers: int


@dataclass(frozen=True)
class ChangedField:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeLine:
    """What one person changed in one go, or one import."""

    at: datetime
    by: str
    source: str  # the file that was imported; empty where it was typed
    fields: tuple[ChangedField, ...]  # in the order of the ledger


@dataclass(frozen=True)
class EnterprisePage:
    row: EnterpriseRow
    uscc: str | None
    groups: tuple[FieldGroup, ...]
    gaps: tuple[Field, ...]  # fields that a complete ledger asks for and nobody has filled in
    filled: int
    whys: tuple[Why, ...]
    objects: tuple[ObjectLine, ...]
    visits: tuple[VisitLine, ...]
    hazards: tuple[ListedHazard, ...]
    papers: tuple[RegisterRow, ...]
    changes: tuple[ChangeLine, ...]
    values: Mapping[str, Any]  # stored values by key, in their own types: what a form begins with


def page(session: Session, desk: Desk, enterprise_id: UUID) -> EnterprisePage:
    """Raises UnknownEnterprise."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    today = desk.today()
    (row,) = enterprise_rows.rows(session, today, [enterprise.id.bytes])
    values = enterprises.values_of(session, [enterprise])[enterprise.id]
    listed = _hazards(session, today, enterprise.id)
    papers = _papers(session, enterprise.id)
    groups = _groups(values)
    return EnterprisePage(
        row=row,
        uscc=enterprise.uscc,
        groups=groups,
        gaps=_gaps(values),
        filled=sum(len(group.lines) for group in groups),
        whys=_whys(values),
        objects=_objects(session, enterprise.id),
        visits=_visits(session, enterprise.id, listed, papers),
        hazards=listed,
        papers=papers,
        changes=_changes(session, enterprise.id),
        values=values,
    )


def values(session: Session, enterprise_id: UUID) -> dict[str, Any]:
    """Only the stored values. Raises UnknownEnterprise."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    return enterprises.values_of(session, [enterprise])[enterprise.id]


def shown_text(field: Field, value: Any) -> str:
    """A value with its unit; nothing for nothing."""
    if value in (None, "", []):
        return ""
    text = value_text(value)
    return f"{text} {field.unit}" if field.unit else text


def _groups(stored: Mapping[str, Any]) -> tuple[FieldGroup, ...]:
    """What is filled in, in the order of the ledger; groups of which nothing is known are left out."""
    found = []
    for group in Group:
        lines = tuple(
            FieldLine(field.key, field.label, text, field.kind is Kind.LONG_TEXT)
            for field in FIELDS
            if field.group is group and (text := shown_text(field, stored.get(field.key)))
        )
        if lines:
            found.append(FieldGroup(GROUP_LABELS[group], lines))
    return tuple(found)


def _gaps(stored: Mapping[str, Any]) -> tuple[Field, ...]:
    """What can be filled in by hand: who keeps the enterprise is no field of it."""
    return tuple(
        field
        for field in FIELDS
        if field.required and field.stored is not Stored.DERIVED and stored.get(field.key) in (None, "")
    )


def _whys(stored: Mapping[str, Any]) -> tuple[Why, ...]:
    return tuple(
        Why(key, BY_KEY[key].label, value_text(found.value), value_text(stored.get(key)), found.why)
        for key, found in ledger_view.derived(stored).items()
    )


def _objects(session: Session, enterprise_id: UUID) -> tuple[ObjectLine, ...]:
    query = select(HighRiskObject.id, HighRiskObject.kind, HighRiskObject.name, HighRiskObject.detail).where(
        HighRiskObject.enterprise_id == enterprise_id, HighRiskObject.voided_at.is_(None)
    )
    found = session.execute(query.order_by(HighRiskObject.kind, HighRiskObject.name, HighRiskObject.id))
    return tuple(
        ObjectLine(row.id, row.kind, row.name, tuple((str(key), str(said)) for key, said in row.detail.items() if said))
        for row in found
    )


def _hazards(session: Session, today: date, enterprise_id: UUID) -> tuple[ListedHazard, ...]:
    """What is open by deadline, then what has ended, the newest first."""
    ids = list(session.scalars(select(Hazard.id).where(Hazard.enterprise_id == enterprise_id)))
    listed = hazard_list.rows(session, today, ids)
    still_open = sorted((one for one in listed if one.days_left is not None), key=lambda one: (one.due, one.item))
    ended = sorted((one for one in listed if one.days_left is None), key=lambda one: (one.found_on, one.item))
    return (*still_open, *reversed(ended))


def _papers(session: Session, enterprise_id: UUID) -> tuple[RegisterRow, ...]:
    query = select(Paper.id).where(Paper.enterprise_id == enterprise_id).order_by(Paper.issued_at.desc())
    return tuple(paper_register.rows(session, list(session.scalars(query))))


def _visits(
    session: Session, enterprise_id: UUID, listed: Sequence[ListedHazard], papers: Sequence[RegisterRow]
) -> tuple[VisitLine, ...]:
    query = (
        select(
            Inspection.id,
            Inspection.started_at,
            Inspection.finished_at,
            Inspection.kind,
            Inspection.officer_name,
            Inspection.second_name,
            Template.title,
        )
        .join(Template, Template.id == Inspection.template_id)
        .where(Inspection.enterprise_id == enterprise_id, Inspection.voided_at.is_(None))
        .order_by(Inspection.started_at.desc())
    )
    return tuple(_visit(row, listed, papers) for row in session.execute(query))


def _visit(row: Any, listed: Sequence[ListedHazard], papers: Sequence[RegisterRow]) -> VisitLine:
    found = [one for one in listed if one.inspection_id == row.id]
    return VisitLine(
        id=row.id,
        started_on=local_date(row.started_at),
        kind=LABELS[InspectionKind(row.kind)],
        checklist=row.title,
        inspectors="、".join(one for one in (row.officer_name, row.second_name) if one),
        is_finished=row.finished_at is not None,
        hazards=len(found),
        open_hazards=sum(one.days_left is not None for one in found),
        papers=sum(one.inspection_id == row.id for one in papers),
    )


def _changes(session: Session, enterprise_id: UUID) -> tuple[ChangeLine, ...]:
    """The newest first; what one person changed in one go, or one import, stands together."""
    query = (
        select(FieldChange.key, FieldChange.before, FieldChange.after, FieldChange.changed_at, FieldChange.import_id)
        .add_columns(FieldChange.seq, Officer.name, LedgerImport.file_name)
        .join(Officer, Officer.id == FieldChange.officer_id, isouter=True)
        .join(LedgerImport, LedgerImport.id == FieldChange.import_id, isouter=True)
        .where(FieldChange.enterprise_id == enterprise_id)
        .order_by(FieldChange.seq.desc())
        .limit(MOST_CHANGES)
    )
    edits = list(
        session.scalars(
            select(AuditEntry.seq)
            .where(AuditEntry.enterprise_id == enterprise_id, AuditEntry.action == "enterprise.edited")
            .order_by(AuditEntry.seq)
        )
    )  # each edit leaves one between its own lines and those of the next
    together = groupby(session.execute(query), lambda row: (bisect(edits, row.seq), row.import_id, row.name))
    return tuple(_change(list(rows)) for _, rows in together)


def _change(rows: Sequence[Any]) -> ChangeLine:
    first = rows[0]
    source = first.file_name or (_ELSEWHERE if first.import_id else "")
    return ChangeLine(first.changed_at, first.name or "", source, tuple(map(_changed, sorted(rows, key=_place))))


def _place(row: Any) -> tuple[int, int]:
    return _PLACES.get(row.key, len(_PLACES)), row.seq


def _changed(row: Any) -> ChangedField:
    field = BY_KEY.get(row.key)
    if field is None:  # of a newer program
        return ChangedField(row.key, value_text(row.before), value_text(row.after))
    return ChangedField(field.label, shown_text(field, row.before), shown_text(field, row.after))
