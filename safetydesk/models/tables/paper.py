"""Sealed papers and what happened to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from safetydesk.models.base import Base, Synced


class Paper(Base, Synced):
    """One sealed paper: number, exact content, exact bytes. Never changed, only voided by an event."""

    __tablename__ = "paper"
    append_only = True

    kind: Mapped[str]
    number: Mapped[str] = mapped_column(index=True)
    series: Mapped[str]
    year: Mapped[int]
    running: Mapped[int]
    inspection_id: Mapped[UUID | None] = mapped_column(index=True)
    officer_id: Mapped[UUID]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    content: Mapped[str]  # canonical JSON; its hash is what the QR code and the signature carry
    content_digest: Mapped[str]
    signature: Mapped[str]
    file_digest: Mapped[str]  # SHA-256 of the PDF, which lies in the encrypted store
    pages: Mapped[int]


class PaperEvent(Base, Synced):
    """Served, refused, voided, reprinted: append-only."""

    __tablename__ = "paper_event"
    append_only = True

    paper_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    officer_id: Mapped[UUID | None]
    note: Mapped[str | None]
    detail: Mapped[dict[str, Any]]
