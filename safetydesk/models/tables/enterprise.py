"""The enterprise and what hangs off it in the ledger (一企一档)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from safetydesk.models.base import Base, Synced, Voidable
from safetydesk.models.types import PLAIN


class Enterprise(Base, Synced, Voidable):
    """One enterprise: the fields that nearly every ledger has. Its `enterprise_id` is its own id."""

    __tablename__ = "enterprise"

    uscc: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(index=True)
    short_name: Mapped[str | None]
    village: Mapped[str | None] = mapped_column(index=True)
    zone: Mapped[str | None]
    address: Mapped[str | None]  # where it really works: papers carry this one
    registered_address: Mapped[str | None]
    legal_person: Mapped[str | None]
    legal_person_phone: Mapped[str | None]
    principal: Mapped[str | None]
    principal_phone: Mapped[str | None]
    safety_manager: Mapped[str | None]
    safety_manager_phone: Mapped[str | None]
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    industry: Mapped[str | None]  # one of the eight; from `industry_code` where nobody said otherwise
    industry_code: Mapped[str | None]  # GB/T 4754-2017
    kind: Mapped[str | None]
    headcount: Mapped[int | None]
    revenue: Mapped[float | None]  # of last year, 10,000 yuan
    founded_on: Mapped[date | None]
    above_threshold: Mapped[bool | None]
    size: Mapped[str | None]
    operating_state: Mapped[str | None]
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    risk: Mapped[str | None]  # 红 橙 黄 蓝
    verified_on: Mapped[date | None]
    note: Mapped[str | None]


class EnterpriseField(Base, Synced):
    """A rarer field of an enterprise: one row for each, so that two people's fields never collide."""

    __tablename__ = "enterprise_field"

    key: Mapped[str]
    value: Mapped[Any] = mapped_column(
        PLAIN, nullable=True
    )  # in its JSON type; the registry in `domain` knows the kind


class EnterpriseFlag(Base, Synced):
    """One high-risk mark (粉尘涉爆, 有限空间 ...) of an enterprise."""

    __tablename__ = "enterprise_flag"

    flag: Mapped[str] = mapped_column(index=True)
    present: Mapped[bool]
    detail: Mapped[dict[str, Any] | None]


class FieldChange(Base, Synced):
    """A field of the ledger that somebody changed: what it was and what it became. Append-only."""

    __tablename__ = "field_change"
    append_only = True

    key: Mapped[str]
    before: Mapped[Any] = mapped_column(PLAIN, nullable=True)
    after: Mapped[Any] = mapped_column(PLAIN, nullable=True)
    changed_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    import_id: Mapped[UUID | None]


class HighRiskObject(Base, Synced, Voidable):
    """One confined space, dust collector, furnace, ammonia system ... of an enterprise."""

    __tablename__ = "high_risk_object"

    kind: Mapped[str]
    name: Mapped[str]
    detail: Mapped[dict[str, Any]]


class Assignment(Base, Synced):
    """Who keeps an enterprise (划片包干): an event; the newest stamp counts."""

    __tablename__ = "assignment"
    append_only = True

    officer_id: Mapped[UUID | None] = mapped_column(index=True)  # none: released
    grid_id: Mapped[UUID | None]
    assigned_on: Mapped[date]
    until: Mapped[date | None]  # a temporary cover ends by itself
    by_officer_id: Mapped[UUID | None]


class EnterpriseAlias(Base, Synced, Voidable):
    """Two rows are one enterprise: `enterprise_id` goes by the name of `kept_id` from now on."""

    __tablename__ = "enterprise_alias"

    kept_id: Mapped[UUID]
