"""Finding enterprises by a piece of anything they are known by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from safetydesk.models.tables.local import EnterpriseSearch

_AT_ONCE = 500


def put(session: Session, haystacks: Mapping[UUID, str]) -> None:
    """What these enterprises are found by from now on."""
    ids = list(haystacks)
    for at in range(0, len(ids), _AT_ONCE):
        part = ids[at : at + _AT_ONCE]
        session.execute(delete(EnterpriseSearch).where(EnterpriseSearch.enterprise_id.in_(part)))
        session.execute(insert(EnterpriseSearch), [{"enterprise_id": one, "haystack": haystacks[one]} for one in part])


def find(session: Session, words: Iterable[str], limit: int) -> Sequence[UUID]:
    """The enterprises whose text holds every word, those where the first word stands foremost first."""
    query = select(EnterpriseSearch.enterprise_id, EnterpriseSearch.haystack)
    wanted = [word.lower() for word in words]
    for word in wanted:
        query = query.where(EnterpriseSearch.haystack.contains(word, autoescape=True))
    found = session.execute(query.limit(max(limit * 20, 1000))).all()
    ranked = sorted(found, key=lambda row: (row[1].find(wanted[0]) if wanted else 0, row[1]))
    return [row_id for row_id, _ in ranked[:limit]]
