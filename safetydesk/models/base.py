"""What all tables share: names of constraints, column types, and the sync columns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Date, Float, Integer, MetaData, SmallInteger, Text, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from safetydesk.models.types import ID, PLAIN, UtcDateTime

SYNC_COLUMNS = frozenset({"seq", "stamp", "writer", "context", "column_stamps", "source", "unknown"})
KEY_COLUMNS = frozenset({"id", "enterprise_id"})  # never change


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: ID,
        datetime: UtcDateTime,
        date: Date,
        str: Text,
        bool: Boolean,
        float: Float,
        int: Integer,
        dict[str, Any]: PLAIN,
        list[Any]: PLAIN,
    }


class Synced:
    """A row that travels by stick. The sync columns are filled by `models.clock` alone; design section 4.

    There is no UNIQUE constraint but the id, and no foreign key between synced rows: rows of one bundle come in any
    order, and a doubled natural key is a computed finding, not an error.
    """

    append_only: ClassVar[bool] = False  # what happened: never an update

    @declared_attr
    def id(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(ID, primary_key=True, sort_order=-20)

    @declared_attr
    def enterprise_id(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(ID, nullable=False, index=True, sort_order=-19)

    seq: Mapped[int] = mapped_column(BigInteger, nullable=False, index=True, sort_order=-10)
    stamp: Mapped[int] = mapped_column(BigInteger, nullable=False, sort_order=-9)
    writer: Mapped[int] = mapped_column(SmallInteger, nullable=False, sort_order=-8)
    context: Mapped[str | None] = mapped_column(sort_order=-7)
    column_stamps: Mapped[str | None] = mapped_column(sort_order=-6)
    source: Mapped[int | None] = mapped_column(SmallInteger, sort_order=-5)  # the replica that sent exactly this state
    unknown: Mapped[dict[str, Any] | None] = mapped_column(
        PLAIN, sort_order=-4
    )  # columns of a newer program, passed on


class Voidable:
    """Synced rows are never deleted: they are voided, by a column like any other."""

    voided_at: Mapped[datetime | None] = mapped_column(sort_order=100)
    voided_by: Mapped[UUID | None] = mapped_column(sort_order=101)
    void_reason: Mapped[str | None] = mapped_column(sort_order=102)


_VALUE_COLUMNS: dict[object, tuple[str, ...]] = {}


def value_columns(model: type[Synced]) -> tuple[str, ...]:
    """The columns of a synced table that a person can change, in a fixed order."""
    if model not in _VALUE_COLUMNS:
        names = {attribute.key for attribute in inspect(model).column_attrs}
        _VALUE_COLUMNS[model] = tuple(sorted(names - SYNC_COLUMNS - KEY_COLUMNS))
    return _VALUE_COLUMNS[model]
