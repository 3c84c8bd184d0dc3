"""Digests of the merged state: equal where two replicas hold the same. Design: section 4, rule 11."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, inspect, select
from sqlalchemy.orm import Session

from safetydesk.domain.ids import COMMON
from safetydesk.domain.stamps import RowStamps
from safetydesk.models.base import KEY_COLUMNS, SYNC_COLUMNS, Base, Synced
from safetydesk.models.tables import AuditEntry, ReplicaNumber
from safetydesk.workflows import assignment, finding
from safetydesk.workflows.desk import local_date

_LEFT_OUT = SYNC_COLUMNS - {"unknown"}


@dataclass(frozen=True)
class StateDigest:
    digest: str
    enterprises: dict[str, str]
    rows: dict[str, int]


def state_digest(session: Session, scope: set[UUID] | None = None) -> StateDigest:
    """SHA-256 per enterprise over its rows sorted by table and id, with columns, values and stamps; without audit."""
    replicas = {
        number: replica.hex for number, replica in session.execute(select(ReplicaNumber.number, ReplicaNumber.replica))
    }
    hashes: dict[UUID, Any] = {}
    counts: dict[str, int] = {}
    for table in synced_tables():
        query = select(table).order_by(table.c.enterprise_id, table.c.id).execution_options(yield_per=1000)
        for row in session.execute(query).mappings():
            if scope is not None and row["enterprise_id"] not in scope:
                continue
            counts[table.name] = counts.get(table.name, 0) + 1
            line = json.dumps([table.name, *_said(row, replicas)], ensure_ascii=False, separators=(",", ":"))
            hashes.setdefault(row["enterprise_id"], hashlib.sha256()).update(line.encode() + b"\n")
    by_enterprise = {
        "common" if key == COMMON else str(key): value.hexdigest() for key, value in sorted(hashes.items())
    }
    whole = hashlib.sha256("\n".join(f"{key} {value}" for key, value in by_enterprise.items()).encode()).hexdigest()
    return StateDigest(whole, by_enterprise, counts)


def officer_scope(session: Session, name: str) -> set[UUID]:
    """The enterprises that an officer keeps, and what is common. Raises UnknownOfficer."""
    officer = finding.officer(session, name)
    held = assignment.holders(session, local_date(session.info["now"]()))
    return {enterprise for enterprise, holder in held.items() if holder == officer.id} | {COMMON}


def synced_tables() -> list[Table]:
    """The tables that travel and count, in the order of their names."""
    models = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Synced)]
    tables = [table for model in models if isinstance(table := inspect(model).local_table, Table)]
    return sorted((one for one in tables if one is not AuditEntry.__table__), key=lambda table: table.name)


def _said(row: Any, replicas: dict[int, str]) -> list[Any]:
    stamps = RowStamps.decode(row["stamp"], row["writer"], row["column_stamps"], row["context"])
    names = sorted(set(row) - _LEFT_OUT - KEY_COLUMNS)
    cells = []
    for name in names:
        stamp, writer = stamps.of(name)
        if row[name] is not None:
            cells.append([name, plain(row[name]), stamp, replicas[writer]])
    return [row["id"].hex, cells]


def plain(value: Any) -> Any:
    """A stored value as JSON, alike from both databases: 12 may come back for 12.0, and keys in any order."""
    match value:
        case bool() | None:
            return value
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {key: plain(value[key]) for key in sorted(value)}
        case list():
            return [plain(one) for one in value]
        case UUID():
            return value.hex
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case _:
            return value
