"""A visit: the checklist walked, the answers, readings and photos."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from safetydesk.models.base import Base, Synced, Voidable


class Inspection(Base, Synced, Voidable):
    """One check of one enterprise with one checklist by two inspectors (行政处罚法 第四十二条)."""

    __tablename__ = "inspection"

    template_id: Mapped[UUID]
    kind: Mapped[str]
    place: Mapped[str | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    officer_id: Mapped[UUID]
    officer_name: Mapped[str]
    officer_badge: Mapped[str | None]
    second_name: Mapped[str | None]
    second_badge: Mapped[str | None]


class Answer(Base, Synced):
    """The answer to one item (of one object). The id comes from inspection, item and object."""

    __tablename__ = "answer"

    inspection_id: Mapped[UUID] = mapped_column(index=True)
    item: Mapped[str]
    object_id: Mapped[UUID | None]
    result: Mapped[str]
    note: Mapped[str | None]
    place: Mapped[str | None]  # where in the works (部位)
    filled: Mapped[dict[str, Any] | None]  # the gaps of the item's sentence, by their words
    level: Mapped[str | None]  # what the inspector decided; empty: what the rules say
    due: Mapped[date | None]  # the last good day he set; empty: the item's default
    answered_at: Mapped[datetime]


class Reading(Base, Synced):
    """A measured value, judged when it was entered against the limit in force then."""

    __tablename__ = "reading"

    answer_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    gas: Mapped[str | None]
    value: Mapped[float]
    unit: Mapped[str | None]
    verdict: Mapped[str]
    point: Mapped[str | None]
    taken_at: Mapped[datetime | None]
    instrument: Mapped[str | None]
    voided: Mapped[bool]


class Photo(Base, Synced):
    """A site photo, reduced to a size that prints well; the content lies in the encrypted store."""

    __tablename__ = "photo"

    inspection_id: Mapped[UUID | None] = mapped_column(index=True)
    answer_id: Mapped[UUID | None] = mapped_column(index=True)
    digest: Mapped[str]  # SHA-256 of the stored JPEG
    original_digest: Mapped[str]  # SHA-256 of the file as it came
    original_name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]  # bytes
    taken_at: Mapped[datetime | None]  # by the camera's own clock
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    voided: Mapped[bool]
