"""What is common to all and written by the office alone (`enterprise_id` is the pseudo-enterprise `common`)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from safetydesk.models.base import Base, Synced, Voidable
from safetydesk.models.types import PLAIN


class Unit(Base, Synced, Voidable):
    """A township, sub-district or park office, or the county bureau."""

    __tablename__ = "unit"

    name: Mapped[str]
    role: Mapped[str]  # office | county
    region_code: Mapped[str | None]  # 12 digits
    parent_id: Mapped[UUID | None]


class Village(Base, Synced, Voidable):
    """A village, community or industrial zone; grids and assignments go by it."""

    __tablename__ = "village"

    unit_id: Mapped[UUID]
    name: Mapped[str]
    kind: Mapped[str]  # 村 | 社区 | 工业小区 | 园区
    region_code: Mapped[str | None]


class Grid(Base, Synced, Voidable):
    """A grid (网格): some villages or zones, kept by officers."""

    __tablename__ = "grid"

    unit_id: Mapped[UUID]
    name: Mapped[str]
    villages: Mapped[list[Any]]  # their ids


class Officer(Base, Synced, Voidable):
    """A person who inspects. `mark` (简称) enters the document numbers and is given by the office."""

    __tablename__ = "officer"

    unit_id: Mapped[UUID]
    name: Mapped[str]
    badge: Mapped[str | None]
    mark: Mapped[str | None]
    role: Mapped[str]  # officer | office | county
    grid_id: Mapped[UUID | None]
    phone: Mapped[str | None]


class Device(Base, Synced, Voidable):
    """One installation (replica) of an officer or the office: its public keys and its number series."""

    __tablename__ = "device"

    replica: Mapped[UUID]
    officer_id: Mapped[UUID]
    series: Mapped[str]  # enters the document numbers, so that no two replicas take one
    age_recipient: Mapped[str]
    verify_key: Mapped[str]  # Ed25519, base64url
    state: Mapped[str]  # unconfirmed | confirmed | revoked
    replaces: Mapped[UUID | None]  # the replica that it was restored or copied from


class Setting(Base, Synced):
    """A setting of the office, alike for all."""

    __tablename__ = "setting"

    key: Mapped[str]
    value: Mapped[Any] = mapped_column(PLAIN, nullable=True)


class Template(Base, Synced, Voidable):
    """One version of a checklist, frozen: the id comes from its key and the digest of its content."""

    __tablename__ = "template"

    key: Mapped[str]
    version: Mapped[str]
    title: Mapped[str]
    digest: Mapped[str]
    origin: Mapped[str]  # shipped | office
    head: Mapped[dict[str, Any]]  # everything but the items
    item_count: Mapped[int]


class TemplateItem(Base, Synced):
    """One item of a template version, whole."""

    __tablename__ = "template_item"

    template_id: Mapped[UUID] = mapped_column(index=True)
    key: Mapped[str]  # CS-01
    position: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[dict[str, Any]]


class LegalCorrection(Base, Synced, Voidable):
    """What the office found when it checked a legal fact that was shipped as 待核, or changed since."""

    __tablename__ = "legal_correction"

    law: Mapped[str]
    article: Mapped[str]  # empty: the law as a whole
    verified: Mapped[bool]
    title: Mapped[str | None]
    number: Mapped[str | None]
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    note: Mapped[str | None]


class AuditEntry(Base, Synced):
    """Who did what, when, on which device: a chain of hashes per replica, never changed."""

    __tablename__ = "audit_entry"
    append_only = True

    replica: Mapped[UUID]
    position: Mapped[int] = mapped_column(BigInteger)
    happened_at: Mapped[str]  # ISO, as hashed
    officer_id: Mapped[UUID | None]
    action: Mapped[str]
    subject: Mapped[str]  # table and id
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str]
