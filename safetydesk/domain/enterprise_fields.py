"""The ledger's fields from outside: look one up, recognise a column title, turn a cell into a value.

field = match_header("营业收入（万元）")     # -> the field `revenue`
parse(field, "1.2亿")                       # -> 12000.0
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safetydesk.domain.enterprise.field import GROUP_LABELS, Field, Group, Kind, Stored, Value
from safetydesk.domain.enterprise.headers import match_flag, match_header
from safetydesk.domain.enterprise.parsing import json_value, parse, value_text
from safetydesk.domain.enterprise.reasons import FieldProblem, ProblemReason, reason_text
from safetydesk.domain.enterprise.registry import BY_KEY, COLUMN_KEYS, FIELDS, UnknownField
from safetydesk.domain.enterprise.words import FLAGS

__all__ = [
    "BY_KEY",
    "COLUMN_KEYS",
    "FIELDS",
    "FLAGS",
    "GROUP_LABELS",
    "Field",
    "FieldProblem",
    "Group",
    "Kind",
    "ProblemReason",
    "Stored",
    "UnknownField",
    "Value",
    "field",
    "flags_after",
    "json_value",
    "match_flag",
    "match_header",
    "missing",
    "parse",
    "reason_text",
    "value_text",
]


def field(key_or_label: str) -> Field:
    """A field by key, label or any title it is known by. Raises UnknownField."""
    found = BY_KEY.get(key_or_label) or match_header(key_or_label)
    if found is None:
        raise UnknownField(field=key_or_label)
    return found


def missing(values: Mapping[str, object]) -> tuple[Field, ...]:
    """The fields a complete ledger asks for and these values leave open: gaps to be shown, never enforced."""
    return tuple(one for one in FIELDS if one.required and values.get(one.key) in (None, ""))


def flags_after(current: Iterable[str], listed: Iterable[str] | None, stated: Mapping[str, bool]) -> list[str]:
    """The marks an enterprise bears after a row: a list replaces all of them, a yes/no column only its own."""
    marks = set(current if listed is None else listed)
    marks |= {flag for flag, present in stated.items() if present}
    marks -= {flag for flag, present in stated.items() if not present}
    return [flag for flag in FLAGS if flag in marks] + sorted(marks.difference(FLAGS))
