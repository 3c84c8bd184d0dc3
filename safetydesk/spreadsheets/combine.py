"""Rows of one file that are one enterprise, made one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from safetydesk.domain.enterprise_fields import BY_KEY, FLAGS, Value, value_text
from safetydesk.spreadsheets.ledger_reader import LedgerRow


@dataclass(frozen=True)
class CombineNote:
    """Two rows said different things about one enterprise; the later one counts. `field` is a label or a mark."""

    rows: tuple[int, int]
    name: str
    field: str
    replaced: str
    kept: str


def combine(rows: Iterable[LedgerRow]) -> tuple[tuple[LedgerRow, ...], tuple[CombineNote, ...]]:
    """One row for each code, the last filled cell winning; rows without a code go by name and village.

    Refused rows are left out. A combined row keeps the place of its first row and the number of its last. A row
    without a code is never joined to one with a code: that is for the duplicate desk and a person.
    """
    merged: dict[tuple[str, ...], LedgerRow] = {}
    sources: dict[tuple[tuple[str, ...], str], int] = {}
    notes: list[CombineNote] = []
    for row in rows:
        if row.is_rejected:
            continue
        key = _identity(row)
        if key in merged:
            notes.extend(_differences(merged[key], row, sources, key))
            merged[key] = _join(merged[key], row)
        else:
            merged[key] = row
        sources.update({(key, name): row.row for name in (*row.values, *row.stated_flags)})
    return tuple(merged.values()), tuple(notes)


def note_text(note: CombineNote) -> str:
    first, last = note.rows
    return f"第{first}行和第{last}行是同一家企业（{note.name}），{note.field}不同：“{note.replaced}”改取“{note.kept}”"


def _identity(row: LedgerRow) -> tuple[str, ...]:
    return (row.uscc,) if row.uscc else (row.name, str(row.values.get("village", "")))


def _join(earlier: LedgerRow, later: LedgerRow) -> LedgerRow:
    return replace(
        later,
        values={**earlier.values, **later.values},
        stated_flags={**earlier.stated_flags, **later.stated_flags},
        problems=(*earlier.problems, *later.problems),
    )


def _differences(
    earlier: LedgerRow, later: LedgerRow, sources: Mapping[tuple[tuple[str, ...], str], int], key: tuple[str, ...]
) -> Iterable[CombineNote]:
    before: dict[str, Value] = {**earlier.values, **earlier.stated_flags}
    for name, value in {**later.values, **later.stated_flags}.items():
        if name in before and before[name] != value:
            label = name if name in FLAGS else BY_KEY[name].label
            rows = (sources[(key, name)], later.row)
            yield CombineNote(rows, later.name, label, value_text(before[name]), value_text(value))
