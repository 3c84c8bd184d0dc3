"""High-risk objects: each confined space, dust collector, furnace, ammonia system ... is a row of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import new_id
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Enterprise, HighRiskObject
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.naming import named

MOST_FIELDS = 50


class BadObjectField(SafetyDeskError):
    """facts: given."""

    code = "bad_object_field"


def add(session: Session, desk: Desk, enterprise: Enterprise, kind: str, name: str, given: Iterable[str]) -> UUID:
    """Enter one object. `given` are KEY=VALUE of any kind. Raises BadName, BadObjectField."""
    row = HighRiskObject(
        id=new_id(desk.now()),
        enterprise_id=enterprise.id,
        kind=named("种类", kind),
        name=named("名称", name),
        detail=_details(given),
    )
    session.add(row)
    clocks.record(session, "object.added", f"high_risk_object:{row.id.hex}", {}, enterprise.id)
    return row.id


def of(session: Session, enterprise: Enterprise) -> list[HighRiskObject]:
    query = select(HighRiskObject).where(
        HighRiskObject.enterprise_id == enterprise.id, HighRiskObject.voided_at.is_(None)
    )
    return list(session.scalars(query.order_by(HighRiskObject.kind, HighRiskObject.name, HighRiskObject.id)))


def _details(given: Iterable[str]) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals or not key.strip() or len(one) > 500 or len(details) >= MOST_FIELDS:
            raise BadObjectField(given=one[:40])
        details[key.strip()] = value.strip()
    return details
