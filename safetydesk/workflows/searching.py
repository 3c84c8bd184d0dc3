"""What enterprises are found by: name, initials, code, people, phones, village, address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.models.dialect import search, search_index
from safetydesk.models.dialect.search_index import SearchText
from safetydesk.models.tables import Enterprise
from safetydesk.workflows import assignment

DEFAULT_LIMIT = 20
_PEOPLE = ("legal_person", "principal", "safety_manager", "contact")
_PHONES = ("phone", "principal_phone", "legal_person_phone", "safety_manager_phone")
_PLACES = ("village", "zone", "address")


@dataclass(frozen=True)
class FoundEnterprise:
    id: UUID
    uscc: str | None
    name: str
    village: str | None
    risk: str | None
    officer: str | None


def refresh(session: Session, enterprises: Iterable[Enterprise]) -> None:
    """After every change: what these are found by from now on. A voided one is found no more."""
    search_index.put(
        session,
        {one.id: text_of(partial(getattr, one)) if one.voided_at is None else None for one in enterprises},
    )


def enter(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Many enterprises that were just inserted, as rows: at once, which is far quicker than by and by."""
    search_index.add_new(session, ((row["id"], text_of(row.get)) for row in rows))


def text_of(value: Callable[[str], Any]) -> SearchText:
    """`value` gives the value of a column by its name."""
    from safetydesk.workflows import initials

    names = _stated(value, ("name", "short_name"))
    people = _stated(value, _PEOPLE)
    rest = [*people, *(way for person in people for way in initials.ways(person))]
    rest += [*_stated(value, _PHONES), *_stated(value, _PLACES)]
    return SearchText(names, [way for name in names for way in initials.ways(name)], _stated(value, ("uscc",)), rest)


def find(session: Session, text: str, limit: int = DEFAULT_LIMIT) -> list[FoundEnterprise]:
    """Enterprises that hold every word of `text`, the likeliest first."""
    return rows(session, search.find(session, text.split(), limit))


def rows(session: Session, ids: Sequence[UUID]) -> list[FoundEnterprise]:
    """These enterprises as lists show them, in this order; voided ones are left out."""
    query = select(Enterprise.id, Enterprise.uscc, Enterprise.name, Enterprise.village, Enterprise.risk)
    found = session.execute(query.where(Enterprise.id.in_(ids), Enterprise.voided_at.is_(None)))
    known = {row.id: row for row in found}
    officers = assignment.officer_names(session, ids)
    return [FoundEnterprise(*known[one], officers.get(one)) for one in ids if one in known]


def _stated(value: Callable[[str], Any], columns: Sequence[str]) -> list[str]:
    return [text for column in columns if (text := value(column))]
