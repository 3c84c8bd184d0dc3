"""From what a person types to the row that is meant: enterprises by code or id, officers by name."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain import uscc as codes
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import COMMON, new_id
from safetydesk.domain.kinds import Role
from safetydesk.models.tables import Enterprise, EnterpriseAlias, Hazard, Inspection, Officer
from safetydesk.workflows.desk import Desk


class UnknownEnterprise(SafetyDeskError):
    """facts: given."""

    code = "unknown_enterprise"


class BadCode(SafetyDeskError):
    """Looks like a credit code and is none. facts: given, problem."""

    code = "bad_uscc"


class UnknownOfficer(SafetyDeskError):
    """facts: name, known."""

    code = "unknown_officer"


class AmbiguousOfficer(SafetyDeskError):
    """Two officers of one name. facts: name."""

    code = "ambiguous_officer"


class UnknownInspection(SafetyDeskError):
    """facts: given."""

    code = "unknown_inspection"


class UnknownHazard(SafetyDeskError):
    """facts: given."""

    code = "unknown_hazard"


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def enterprise(session: Session, text: str) -> Enterprise:
    """By id or by credit code. Raises UnknownEnterprise; BadCode where the code cannot be one."""
    row_id = as_id(text)
    if row_id is not None:
        found = session.get(Enterprise, _kept(session, row_id))
        if found is None or found.voided_at is not None:
            raise UnknownEnterprise(given=text)
        return found
    code = codes.normalize(text)
    query = select(Enterprise).where(Enterprise.uscc == code, Enterprise.voided_at.is_(None))
    by_code = session.scalars(query.order_by(Enterprise.stamp).limit(1)).first()
    if by_code is None:
        problem = codes.problem(code)
        if problem is not None and len(code) >= 15:
            raise BadCode(given=text, problem=problem)
        raise UnknownEnterprise(given=text)
    return by_code


def _kept(session: Session, row_id: UUID) -> UUID:
    """Follow aliases of merged enterprises, in circles too."""
    seen: set[UUID] = set()
    while row_id not in seen:
        seen.add(row_id)
        query = select(EnterpriseAlias.kept_id).where(
            EnterpriseAlias.enterprise_id == row_id, EnterpriseAlias.voided_at.is_(None)
        )
        row_id = session.scalars(query.order_by(EnterpriseAlias.stamp.desc()).limit(1)).first() or row_id
    return row_id


def officer(session: Session, name: str) -> Officer:
    """By name. Raises UnknownOfficer, AmbiguousOfficer."""
    found = session.scalars(select(Officer).where(Officer.name == name.strip(), Officer.voided_at.is_(None))).all()
    if not found:
        known = session.scalars(
            select(Officer.name).where(Officer.voided_at.is_(None)).order_by(Officer.name).limit(20)
        )
        raise UnknownOfficer(name=name, known="、".join(known))
    if len(found) > 1:
        raise AmbiguousOfficer(name=name)
    return found[0]


def officer_or_new(session: Session, desk: Desk, name: str) -> tuple[Officer, bool]:
    """By name; one that is not known yet is entered. Raises AmbiguousOfficer, BadName. The flag says whether it is new."""
    from safetydesk.workflows.naming import named

    name = named("姓名", name)
    try:
        return officer(session, name), False
    except UnknownOfficer:
        row = Officer(
            id=new_id(desk.now()), enterprise_id=COMMON, unit_id=desk.unit_id, name=name, role=Role.OFFICER
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row, True


def inspection(session: Session, text: str) -> Inspection:
    row_id = as_id(text)
    found = session.get(Inspection, row_id) if row_id else None
    if found is None or found.voided_at is not None:
        raise UnknownInspection(given=text)
    return found


def hazard(session: Session, text: str) -> Hazard:
    row_id = as_id(text)
    found = session.get(Hazard, row_id) if row_id else None
    if found is None:
        raise UnknownHazard(given=text)
    return found
