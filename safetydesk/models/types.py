"""Column types that behave alike on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, Text, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType


class _BlobId(UserDefinedType[UUID]):
    """Sixteen bytes. Bound as `bytearray`: SQLCipher's driver takes ten times as long for `bytes`."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "BLOB"

    def bind_processor(self, dialect: Dialect) -> Callable[[UUID | None], bytearray | None]:  # noqa: ARG002
        return lambda value: None if value is None else bytearray(value.bytes)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], UUID | None]:  # noqa: ARG002
        return lambda value: None if value is None else UUID(bytes=bytes(value))


class _Plain(TypeDecorator[Any]):
    """Lists and dicts of plain values; none is NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """JSONB, or TEXT: a column that SQLite reads as a number would turn the text 12.0 into 12."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects.postgresql import JSONB  # twenty milliseconds that SQLite need not pay

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else json.loads(value)


ID = _BlobId().with_variant(Uuid(as_uuid=True), "postgresql")
PLAIN = _Plain()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC, in and out. SQLite would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)
