"""The ledger as rows for a workbook, so that it can be imported again unchanged."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.enterprise_fields import FIELDS, Field, Stored
from safetydesk.models.tables import Enterprise
from safetydesk.workflows import assignment, enterprises


def ledger_rows(session: Session, on: date) -> tuple[list[Field], list[dict[str, Any]]]:
    """The columns that anybody filled (the required ones always), and a row for each enterprise."""
    query = select(Enterprise).where(Enterprise.voided_at.is_(None)).order_by(Enterprise.village, Enterprise.name)
    known = list(session.scalars(query))
    values = enterprises.values_of(session, known)
    officers = assignment.officer_names(session, [one.id for one in known], on)
    rows = [values[one.id] | {"officer": officers.get(one.id)} for one in known]
    filled = {key for row in rows for key, value in row.items() if value not in (None, [])}
    fields = [
        field for field in FIELDS if field.key in filled or (field.required and field.stored is not Stored.DERIVED)
    ]
    return fields, rows
