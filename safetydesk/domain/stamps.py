"""Stamps and contexts of a synced row: who wrote which column when, and what that state has seen.

A stamp is one integer, milliseconds << 15 | counter, beside a small local number of the replica that wrote
(`writer`). A row written once by one replica has one stamp for all columns. Only what differs is kept besides:
`column_stamps` where columns were written apart, `context` where the row has seen more than its columns show.
Design: section 4, rules 1 and 2. On equal stamps the *global* replica id decides, never the local number.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

COUNTER_BITS = 15
Written: TypeAlias = tuple[int, int]  # stamp, writer
Context: TypeAlias = dict[int, int]  # writer -> the newest of its stamps that was seen


def wall_stamp(now: datetime) -> int:
    """The smallest stamp of this millisecond."""
    return int(now.timestamp() * 1000) << COUNTER_BITS


def stamp_time(stamp: int) -> datetime:
    return datetime.fromtimestamp((stamp >> COUNTER_BITS) / 1000, UTC)


def first_after(last: int, now: datetime) -> int:
    """The next stamp: past every stamp seen, no earlier than the wall clock. A full counter carries into the time."""
    return max(wall_stamp(now), last + 1)


@dataclass(frozen=True)
class RowStamps:
    """The sync columns of one row, decoded. `columns` and `context` are empty where they add nothing."""

    stamp: int
    writer: int
    columns: Mapping[str, Written]
    context: Context

    @classmethod
    def decode(cls, stamp: int, writer: int, column_stamps: str | None, context: str | None) -> RowStamps:
        columns = {name: (int(pair[0]), int(pair[1])) for name, pair in json.loads(column_stamps or "{}").items()}
        return cls(stamp, writer, columns, {int(key): int(value) for key, value in json.loads(context or "{}").items()})

    def of(self, column: str) -> Written:
        return self.columns.get(column, (self.stamp, self.writer))

    def seen(self, names: Collection[str]) -> Context:
        """What this state has seen: what is kept, or what its columns show."""
        return dict(self.context) or shown_by([self.of(name) for name in names])

    def encoded_columns(self) -> str | None:
        return _compact({name: list(pair) for name, pair in sorted(self.columns.items())})

    def encoded_context(self) -> str | None:
        return _compact({str(key): value for key, value in sorted(self.context.items())})


def shown_by(cells: Collection[Written]) -> Context:
    """The context that the columns show by themselves."""
    context: Context = {}
    for stamp, writer in cells:
        context[writer] = max(stamp, context.get(writer, stamp))
    return context


def edited(before: RowStamps, changed: Collection[str], names: Collection[str], stamp: int, writer: int) -> RowStamps:
    """The stamps after one edit of `changed` among the row's columns `names`."""
    cells = {name: before.of(name) for name in names}
    seen = before.seen(names) | {writer: stamp}
    cells.update((name, (stamp, writer)) for name in changed)
    return normalised(cells, seen)


def normalised(cells: Mapping[str, Written], seen: Context) -> RowStamps:
    """The one way to write this state down: the commonest cell for the row, the rest apart, the context if it adds."""
    counts: dict[Written, int] = {}
    for cell in cells.values():
        counts[cell] = counts.get(cell, 0) + 1
    base = max(counts, key=lambda cell: (counts[cell], cell))
    columns = {name: cell for name, cell in cells.items() if cell != base}
    context = {} if seen == shown_by(cells.values()) else dict(seen)
    return RowStamps(base[0], base[1], columns, context)


def _compact(value: dict[str, object] | dict[str, list[int]] | dict[str, int]) -> str | None:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) if value else None
