"""What enterprises are found by: name, initials, code, people, phones, village."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.models.dialect import search
from safetydesk.models.tables import Enterprise
from safetydesk.workflows import assignment

DEFAULT_LIMIT = 20


@dataclass(frozen=True)
class FoundEnterprise:
    id: UUID
    uscc: str | None
    name: str
    village: str | None
    risk: str | None
    officer: str | None


def refresh(session: Session, enterprises: Iterable[Enterprise]) -> None:
    search.put(session, {enterprise.id: haystack(enterprise) for enterprise in enterprises})


def haystack(enterprise: Enterprise) -> str:
    people = (enterprise.legal_person, enterprise.principal, enterprise.safety_manager, enterprise.contact)
    parts = [
        enterprise.name,
        enterprise.short_name,
        initials(enterprise.name),
        enterprise.uscc,
        *people,
        *(initials(person) for person in people if person),
        enterprise.phone,
        enterprise.principal_phone,
        enterprise.legal_person_phone,
        enterprise.safety_manager_phone,
        enterprise.village,
        enterprise.zone,
        enterprise.address,
    ]
    return "\n".join(dict.fromkeys(part.lower() for part in parts if part))


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """The pinyin initials of a name. Slow to load: on writing only."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def find(session: Session, text: str, limit: int = DEFAULT_LIMIT) -> list[FoundEnterprise]:
    """Enterprises that hold every word of `text`, the likeliest first."""
    ids = search.find(session, text.split(), limit)
    return rows(session, ids)


def rows(session: Session, ids: Sequence[UUID]) -> list[FoundEnterprise]:
    """These enterprises as lists show them, in this order."""
    known = {row.id: row for row in session.scalars(select(Enterprise).where(Enterprise.id.in_(ids)))}
    officers = assignment.officer_names(session, ids)
    return [
        FoundEnterprise(row.id, row.uscc, row.name, row.village, row.risk, officers.get(row.id))
        for row_id in ids
        if (row := known.get(row_id)) is not None and row.voided_at is None
    ]
