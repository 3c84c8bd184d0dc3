"""The people who inspect."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import COMMON, new_id
from safetydesk.domain.kinds import Role
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Officer
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.naming import named


class OfficerExists(SafetyDeskError):
    """facts: name."""

    code = "officer_exists"


class MarkTaken(SafetyDeskError):
    """Two officers with one mark would share their document numbers. facts: mark, name."""

    code = "mark_taken"


def add(session: Session, desk: Desk, name: str, badge: str | None, mark: str | None) -> UUID:
    """Enter an officer. Raises BadName, OfficerExists, MarkTaken."""
    name = named("姓名", name)
    if session.scalars(select(Officer.id).where(Officer.name == name, Officer.voided_at.is_(None))).first():
        raise OfficerExists(name=name)
    mark = named("简称", mark) if mark else None
    if mark:
        holder = session.scalars(select(Officer).where(Officer.mark == mark, Officer.voided_at.is_(None))).first()
        if holder is not None:
            raise MarkTaken(mark=mark, name=holder.name)
    officer = Officer(
        id=new_id(desk.now()),
        enterprise_id=COMMON,
        unit_id=desk.unit_id,
        name=name,
        badge=badge,
        mark=mark,
        role=Role.OFFICER,
    )
    session.add(officer)
    clocks.record(session, "officer.added", f"officer:{officer.id.hex}", {})
    return officer.id


def all_officers(session: Session) -> list[Officer]:
    return list(session.scalars(select(Officer).where(Officer.voided_at.is_(None)).order_by(Officer.name)))
