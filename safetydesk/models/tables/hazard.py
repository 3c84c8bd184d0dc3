"""A hazard (隐患) and its history. Its state is computed from the events, never stored."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from safetydesk.models.base import Base, Synced


class Hazard(Base, Synced):
    """What was found: the facts. The id comes from the answer that found it."""

    __tablename__ = "hazard"

    inspection_id: Mapped[UUID] = mapped_column(index=True)
    answer_id: Mapped[UUID]
    item: Mapped[str]
    object_id: Mapped[UUID | None]
    text: Mapped[str]
    place: Mapped[str | None]
    level: Mapped[str]  # general | major (suspected)
    criteria: Mapped[list[Any]]  # MH-13-02 ...
    level_reason: Mapped[str | None]
    basis: Mapped[list[Any]]  # references as they stood on the day
    measure: Mapped[str]
    due: Mapped[date]  # the last good day, as first set
    found_on: Mapped[date]


class HazardEvent(Base, Synced):
    """Found, notice served, extension, re-inspection, closed ...: append-only, ordered by stamp.

    `seen` holds the ids of the newest events that its writer knew: of two that had not seen each other the more
    cautious counts.
    """

    __tablename__ = "hazard_event"
    append_only = True

    hazard_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    officer_id: Mapped[UUID | None]
    paper_id: Mapped[UUID | None]
    note: Mapped[str | None]
    detail: Mapped[dict[str, Any]]  # what this kind carries: the new due date, the result ...
    seen: Mapped[list[Any]]
