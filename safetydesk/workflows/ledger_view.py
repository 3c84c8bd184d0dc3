"""What `ledger show` and the enterprise page show: values, what was computed and why, hazards, visits, history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from safetydesk.catalog.codes import industry_rules, size_sectors
from safetydesk.domain import enterprise_fields as ledger_fields
from safetydesk.domain import enterprise_size, industry
from safetydesk.models.tables import Enterprise, Hazard, Inspection, Officer
from safetydesk.workflows import assignment, enterprises, hazards


@dataclass(frozen=True)
class Derived:
    """What follows from other fields, and why."""

    value: Any
    why: str


@dataclass(frozen=True)
class EnterpriseView:
    id: UUID
    values: dict[str, Any]
    missing: list[str]
    derived: dict[str, Derived]
    officer: str | None
    open_hazards: int
    last_visit_on: date | None
    next_due_on: date | None
    history: list[dict[str, Any]]


def view(session: Session, enterprise: Enterprise, on: date) -> EnterpriseView:
    stored = enterprises.values_of(session, [enterprise])[enterprise.id]
    listed = hazards.rows(session, on, session.scalars(select(Hazard).where(Hazard.enterprise_id == enterprise.id)))
    still_open = [row for row in listed if row.days_left is not None]
    last = session.scalar(select(func.max(Inspection.started_at)).where(Inspection.enterprise_id == enterprise.id))
    return EnterpriseView(
        id=enterprise.id,
        values=enterprises.plain_values(stored),
        missing=[field.label for field in ledger_fields.missing(stored)],
        derived=derived(stored),
        officer=assignment.officer_names(session, [enterprise.id], on).get(enterprise.id),
        open_hazards=len(still_open),
        last_visit_on=last.astimezone().date() if last else None,
        next_due_on=min((row.due for row in still_open), default=None),
        history=_history(session, enterprise),
    )


def derived(values: Mapping[str, Any]) -> dict[str, Derived]:
    """Industry, size and threshold as the tables give them; what was typed in stands beside, unchanged."""
    code, revenue = values.get("industry_code"), values.get("revenue")
    computed: dict[str, Derived] = {}
    own = values.get("industry")
    if code:
        found = industry.supervised_industry(code, industry_rules())
        computed["industry"] = Derived(found.industry, industry.explain(found))
        own = own or found.industry
    size = enterprise_size.size_class(
        code=code, industry=own, headcount=values.get("headcount"), revenue=revenue, sectors=size_sectors()
    )
    computed["size"] = Derived(size.size, enterprise_size.explain_size(size))
    above = enterprise_size.above_threshold(code=code, industry=own, revenue=revenue, sectors=size_sectors())
    computed["above_threshold"] = Derived(above.above, enterprise_size.explain_threshold(above))
    return computed


def values_digest(session: Session) -> tuple[str, int]:
    """SHA-256 over the values of all enterprises, whoever entered them and when: for round trips."""
    whole = hashlib.sha256()
    known = list(session.scalars(select(Enterprise).where(Enterprise.voided_at.is_(None))))
    values = enterprises.values_of(session, known)
    lines = [
        json.dumps(_stated(enterprises.plain_values(one)), ensure_ascii=False, sort_keys=True)
        for one in values.values()
    ]
    for line in sorted(lines):
        whole.update(line.encode() + b"\n")
    return whole.hexdigest(), len(lines)


def _stated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [])}


def _history(session: Session, enterprise: Enterprise) -> list[dict[str, Any]]:
    names = dict(session.execute(select(Officer.id, Officer.name)).all())
    return [
        {
            "field": change.key,
            "label": ledger_fields.BY_KEY[change.key].label if change.key in ledger_fields.BY_KEY else change.key,
            "before": change.before,
            "after": change.after,
            "at": change.changed_at.isoformat(timespec="seconds"),
            "by": names.get(change.officer_id) if change.officer_id else None,
        }
        for change in enterprises.history(session, enterprise)
    ]
