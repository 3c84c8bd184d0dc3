"""Changing one enterprise from its page, and taking a change back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from safetydesk.domain import enterprise_fields as ledger_fields
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Enterprise, HighRiskObject, Inspection, Paper
from safetydesk.workflows import enterprises, finding, objects, searching
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.enterprises import Change
from safetydesk.workflows.searching import FoundEnterprise

MOST_ALIKE = 5
_TAKEN_BACK = "登记撤回"


class EnterpriseInUse(SafetyDeskError):
    """Checks or papers hang off it: it cannot be taken back any more. facts: name."""

    code = "enterprise_in_use"


class ObjectGone(SafetyDeskError):
    """The high-risk object is there no more."""

    code = "object_gone"


def save(
    session: Session, desk: Desk, enterprise_id: UUID, values: Mapping[str, Any]
) -> tuple[Changes, Sequence[Change]]:
    """Write what differs; returns what changed. Raises UnknownEnterprise, NameMissing, EnterpriseExists."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    current = enterprises.plain_values(enterprises.values_of(session, [enterprise])[enterprise.id])
    differing = {key: value for key, value in values.items() if current.get(key) != ledger_fields.json_value(value)}
    if not differing:
        return Changes(), ()
    return Changes(ledger=True), enterprises.edit(session, desk, enterprise, differing)


def take_back(session: Session, desk: Desk, enterprise_id: UUID, changes: Sequence[Change]) -> Changes:
    """The values before, where nobody has changed them since. Raises UnknownEnterprise."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    current = enterprises.plain_values(enterprises.values_of(session, [enterprise])[enterprise.id])
    before = {
        change.key: ledger_fields.parse(ledger_fields.BY_KEY[change.key], change.before)
        for change in changes
        if current.get(change.key) == change.after
    }
    if before:
        enterprises.edit(session, desk, enterprise, before)
    return Changes(ledger=True)


def register(session: Session, desk: Desk, values: Mapping[str, Any]) -> tuple[Changes, UUID]:
    """Enter an enterprise. Raises NameMissing, EnterpriseExists."""
    return enterprises.changes_of_add(), enterprises.add(session, desk, values)


def unregister(session: Session, desk: Desk, enterprise_id: UUID) -> Changes:
    """Take an enterprise back that was just entered. Raises UnknownEnterprise, EnterpriseInUse."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    for table in (Inspection, Paper):
        if session.scalar(select(func.count()).where(table.enterprise_id == enterprise.id)):
            raise EnterpriseInUse(name=enterprise.name)
    enterprise.voided_at, enterprise.voided_by, enterprise.void_reason = desk.now(), desk.officer_id, _TAKEN_BACK
    searching.refresh(session, [enterprise])
    clocks.record(session, "enterprise.voided", f"enterprise:{enterprise.id.hex}", {}, enterprise.id)
    return enterprises.changes_of_add()


def with_name(session: Session, name: str, besides: UUID | None = None) -> list[FoundEnterprise]:
    """Enterprises that bear exactly this name already: two may, but mostly it is one entered twice."""
    query = select(Enterprise.id).where(Enterprise.name == name, Enterprise.voided_at.is_(None))
    ids = [one for one in session.scalars(query.order_by(Enterprise.stamp).limit(MOST_ALIKE + 1)) if one != besides]
    return searching.rows(session, ids[:MOST_ALIKE])


def with_code(session: Session, code: str, besides: UUID | None = None) -> FoundEnterprise | None:
    """The enterprise that has this credit code already."""
    known = enterprises.with_code(session, code)
    if known is None or known.id == besides:
        return None
    return next(iter(searching.rows(session, [known.id])), None)


def add_object(
    session: Session, desk: Desk, enterprise_id: UUID, kind: str, name: str, details: Mapping[str, str]
) -> tuple[Changes, UUID]:
    """Enter a high-risk object. Raises UnknownEnterprise, BadName, BadObjectField."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    given = [f"{key}={' '.join(said.split())}" for key, said in details.items() if said.strip()]
    return Changes(ledger=True), objects.add(session, desk, enterprise, kind, name, given)


def remove_object(session: Session, desk: Desk, object_id: UUID) -> Changes:
    """Take an object out of the ledger; what was found at it stays. Raises ObjectGone."""
    thing = _object(session, object_id)
    thing.voided_at, thing.voided_by = desk.now(), desk.officer_id
    clocks.record(session, "object.voided", f"high_risk_object:{thing.id.hex}", {}, thing.enterprise_id)
    return Changes(ledger=True)


def restore_object(session: Session, object_id: UUID) -> Changes:
    """Undo `remove_object`. Raises ObjectGone."""
    thing = _object(session, object_id)
    thing.voided_at = thing.voided_by = None
    clocks.record(session, "object.restored", f"high_risk_object:{thing.id.hex}", {}, thing.enterprise_id)
    return Changes(ledger=True)


def _object(session: Session, object_id: UUID) -> HighRiskObject:
    thing = session.get(HighRiskObject, object_id)
    if thing is None:
        raise ObjectGone
    return thing
