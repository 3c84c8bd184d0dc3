"""Enterprises of the ledger (一企一档): their values, and writing them field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain import enterprise_fields as ledger_fields
from safetydesk.domain.enterprise_fields import Field, Stored
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import derived_id, new_id
from safetydesk.models import clock as clocks
from safetydesk.models.tables import (
    Enterprise,
    EnterpriseField,
    EnterpriseFlag,
    FieldChange,
)
from safetydesk.workflows import assignment, finding, searching
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk


class NameMissing(SafetyDeskError):
    """An enterprise needs a name, if nothing else."""

    code = "name_missing"


class EnterpriseExists(SafetyDeskError):
    """The code is in the ledger already. facts: uscc, name."""

    code = "enterprise_exists"


class FieldIsComputed(SafetyDeskError):
    """What the program computes cannot be typed in. facts: field."""

    code = "field_is_computed"


class FieldWithoutValue(SafetyDeskError):
    """A field was named and nothing said of it. facts: field."""

    code = "field_without_value"


class NothingToChange(SafetyDeskError):
    code = "nothing_to_change"


@dataclass(frozen=True)
class Change:
    """One field before and after, in JSON values."""

    key: str
    before: Any
    after: Any


def parsed(given: Iterable[str]) -> dict[str, Any]:
    """`KEY=VALUE` as typed, to values by key; an empty value clears. Raises UnknownField, FieldProblem ..."""
    values: dict[str, Any] = {}
    for one in given:
        name, equals, text = one.partition("=")
        if not equals:
            raise FieldWithoutValue(field=one)
        field = ledger_fields.field(name.strip())
        if field.stored is Stored.DERIVED and field.key not in assignment.WISHES:
            raise FieldIsComputed(field=field.label)
        values[field.key] = ledger_fields.parse(field, text)
    return values


def add(session: Session, desk: Desk, values: Mapping[str, Any]) -> UUID:
    """Enter one enterprise. Raises NameMissing, EnterpriseExists, and what is wrong with a wish for an officer."""
    if not values.get("name"):
        raise NameMissing
    code = values.get("uscc")
    known = with_code(session, code) if code else None
    if known is not None:
        raise EnterpriseExists(uscc=code, name=known.name)
    enterprise = Enterprise(id=fresh_id(session, desk.now(), code), name=values["name"])
    enterprise.enterprise_id = enterprise.id
    session.add(enterprise)
    for field, value in _fields(values):
        _put(session, enterprise, field, value)
    session.flush()
    _wish(session, desk, enterprise, values)
    searching.refresh(session, [enterprise])
    clocks.record(session, "enterprise.added", f"enterprise:{enterprise.id.hex}", {}, enterprise.id)
    return enterprise.id


def edit(session: Session, desk: Desk, enterprise: Enterprise, values: Mapping[str, Any]) -> list[Change]:
    """Change some fields; what changed is remembered field by field. Raises NameMissing, EnterpriseExists."""
    if not values:
        raise NothingToChange
    if "name" in values and not values["name"]:
        raise NameMissing
    code = values.get("uscc")
    other = with_code(session, code) if code else None
    if other is not None and other.id != enterprise.id:
        raise EnterpriseExists(uscc=code, name=other.name)
    changes = apply(session, desk, enterprise, values)
    _wish(session, desk, enterprise, values)
    searching.refresh(session, [enterprise])
    keys = [change.key for change in changes]
    clocks.record(session, "enterprise.edited", f"enterprise:{enterprise.id.hex}", {"fields": keys}, enterprise.id)
    return changes


def apply(
    session: Session, desk: Desk, enterprise: Enterprise, values: Mapping[str, Any], import_id: UUID | None = None
) -> list[Change]:
    """Write the values that differ, and a line of history for each."""
    current = values_of(session, [enterprise])[enterprise.id]
    changes = [
        Change(field.key, _plain(current.get(field.key)), _plain(value))
        for field, value in _fields(values)
        if _plain(current.get(field.key)) != _plain(value)
    ]
    for change in changes:
        _put(session, enterprise, ledger_fields.BY_KEY[change.key], values[change.key])
    session.add_all(_history_row(desk, enterprise.id, change, import_id) for change in changes)
    return changes


def values_of(session: Session, enterprises: Sequence[Enterprise]) -> dict[UUID, dict[str, Any]]:
    """All stored values of these enterprises by field key: columns, rarer fields, flags."""
    ids = [enterprise.id for enterprise in enterprises]
    values: dict[UUID, dict[str, Any]] = {
        enterprise.id: {key: getattr(enterprise, key) for key in ledger_fields.COLUMN_KEYS} | {"flags": []}
        for enterprise in enterprises
    }
    for at in range(0, len(ids), 500):
        part = ids[at : at + 500]
        for field_row in session.scalars(select(EnterpriseField).where(EnterpriseField.enterprise_id.in_(part))):
            values[field_row.enterprise_id][field_row.key] = _typed(field_row.key, field_row.value)
        query = select(EnterpriseFlag).where(EnterpriseFlag.enterprise_id.in_(part), EnterpriseFlag.present.is_(True))
        for flag_row in session.scalars(query):
            values[flag_row.enterprise_id]["flags"].append(flag_row.flag)
    for one in values.values():
        one["flags"] = ledger_fields.flags_after([], one["flags"], {})
    return values


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in their JSON types, every field there, absent as null."""
    return {
        field.key: _plain(values.get(field.key)) for field in ledger_fields.FIELDS if field.stored is not Stored.DERIVED
    }


def with_code(session: Session, code: str) -> Enterprise | None:
    query = select(Enterprise).where(Enterprise.uscc == code, Enterprise.voided_at.is_(None))
    return session.scalars(query.order_by(Enterprise.stamp).limit(1)).first()


def fresh_id(session: Session, now: datetime, code: str | None) -> UUID:
    """Derived from the code, so that two officers make the same row; made on the spot where there is none."""
    if code:
        row_id = derived_id("enterprise", code)
        if session.get(Enterprise, row_id) is None:
            return row_id
    return new_id(now)


def field_row(enterprise_id: UUID, key: str, value: Any) -> dict[str, Any]:
    """One rarer field as a row for inserting."""
    row_id = derived_id("enterprise_field", enterprise_id.hex, key)
    return {"id": row_id, "enterprise_id": enterprise_id, "key": key, "value": _plain(value)}


def flag_row(enterprise_id: UUID, flag: str) -> dict[str, Any]:
    row_id = derived_id("enterprise_flag", enterprise_id.hex, flag)
    return {"id": row_id, "enterprise_id": enterprise_id, "flag": flag, "present": True}


def history(session: Session, enterprise: Enterprise) -> list[FieldChange]:
    query = select(FieldChange).where(FieldChange.enterprise_id == enterprise.id).order_by(FieldChange.stamp.desc())
    return list(session.scalars(query.limit(500)))


def changes_of_add() -> Changes:
    return Changes(ledger=True, assignments=True)


def _fields(values: Mapping[str, Any]) -> list[tuple[Field, Any]]:
    known = ((ledger_fields.BY_KEY[key], value) for key, value in values.items())
    return [(field, value) for field, value in known if field.stored is not Stored.DERIVED]


def _put(session: Session, enterprise: Enterprise, field: Field, value: Any) -> None:
    match field.stored:
        case Stored.COLUMN:
            setattr(enterprise, field.key, value)
        case Stored.FLAG:
            _put_flags(session, enterprise, value or [])
        case _:
            row_id = derived_id("enterprise_field", enterprise.id.hex, field.key)
            row = session.get(EnterpriseField, row_id)
            if row is not None:
                row.value = _plain(value)
            elif value is not None:
                session.add(EnterpriseField(**field_row(enterprise.id, field.key, value)))


def _put_flags(session: Session, enterprise: Enterprise, flags: Sequence[str]) -> None:
    query = select(EnterpriseFlag).where(EnterpriseFlag.enterprise_id == enterprise.id)
    known = {row.flag: row for row in session.scalars(query)}
    for flag in set(flags) - known.keys():
        session.add(EnterpriseFlag(**flag_row(enterprise.id, flag)))
    for flag, row in known.items():
        if row.present != (flag in flags):
            row.present = flag in flags


def _wish(session: Session, desk: Desk, enterprise: Enterprise, values: Mapping[str, Any]) -> None:
    if values.get("officer"):
        officer, _ = finding.officer_or_new(session, desk, values["officer"])
        assignment.assign(session, desk, officer, [enterprise.id])


def _history_row(desk: Desk, enterprise_id: UUID, change: Change, import_id: UUID | None) -> FieldChange:
    return FieldChange(
        id=new_id(desk.now()),
        enterprise_id=enterprise_id,
        key=change.key,
        before=change.before,
        after=change.after,
        changed_at=desk.now(),
        officer_id=desk.officer_id,
        import_id=import_id,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(key: str, value: Any) -> Any:
    field = ledger_fields.BY_KEY.get(key)
    match value:
        case str() if field is not None and field.kind == "date":
            return date.fromisoformat(value)
        case int() if field is not None and field.kind == "number":
            return float(value)  # SQLite gives 12 for what was 12.0
        case _:
            return value
