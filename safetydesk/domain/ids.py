"""Ids: made on the spot (version 7), or derived from a natural key (version 5). An id never changes."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid5

NAMESPACE = UUID("5afe7de5-0000-5000-8000-000000000001")
COMMON = uuid5(NAMESPACE, "common")  # the pseudo-enterprise that is in every scope and that only the office writes
CATALOG_REPLICA = uuid5(NAMESPACE, "catalog")  # the writer of what ships with the program, alike everywhere


def new_id(now: datetime) -> UUID:
    """A fresh id that sorts by its time (RFC 9562, version 7)."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def derived_id(kind: str, *key: object) -> UUID:
    """The id of what has a natural key: two officers who enter the same thing offline make the same row."""
    return uuid5(NAMESPACE, "\x1f".join([kind, *map(str, key)]))
