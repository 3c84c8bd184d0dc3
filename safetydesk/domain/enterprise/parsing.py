"""From a cell to the value of a field, and back to text.

A blank (an empty cell, 无, /, -, 暂无 ...) is None: it states nothing, and never clears what is known. For questions
answered by yes or no, 无 means no. Dates must name their day: a month alone is refused, because a made-up first day
would later be read as a fact. `parse` takes its own results and their JSON form again unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from safetydesk.domain import phone, uscc
from safetydesk.domain.cleaning import ERROR_WORDS, clean_lines, clean_name, clean_text, half_width, is_blank, raw_text
from safetydesk.domain.enterprise import values
from safetydesk.domain.enterprise.field import Field, Kind, Value
from safetydesk.domain.enterprise.reasons import FieldProblem, ProblemReason

LIST_SEPARATOR = "、"
_NAMES = frozenset({"name", "short_name", "former_names", "landlord", "parent_company"})
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_INDUSTRY_CODE = re.compile(r"[A-T]?(\d{2,4})(?:\D.*)?")
_LONGEST_CELL = 400  # of what is to become a number, a date, a choice

_PHONE_REASONS = {
    phone.PhoneProblem.LENGTH: ProblemReason.PHONE_LENGTH,
    phone.PhoneProblem.FORM: ProblemReason.NOT_A_PHONE,
    phone.PhoneProblem.PRECISION_LOST: ProblemReason.PRECISION_LOST,
    phone.PhoneProblem.ZERO_LOST: ProblemReason.PHONE_ZERO_LOST,
}
_USCC_REASONS = {
    uscc.UsccProblemKind.LENGTH: ProblemReason.USCC_LENGTH,
    uscc.UsccProblemKind.CHARACTERS: ProblemReason.USCC_CHARACTERS,
    uscc.UsccProblemKind.CHECK_DIGIT: ProblemReason.USCC_CHECK_DIGIT,
    uscc.UsccProblemKind.PRECISION_LOST: ProblemReason.PRECISION_LOST,
}


def parse(field: Field, raw: object, *, unit: str | None = None) -> Value | None:
    """The value of a cell, None where it states nothing. `unit`: what the header says. Raises FieldProblem."""
    try:
        return _parse(field, raw, unit or "")
    except FieldProblem as problem:
        raise problem.about(field.key, field.label) from None


def json_value(value: Value | None) -> str | int | float | bool | list[str] | None:
    """Numbers as numbers, dates as YYYY-MM-DD."""
    return value.isoformat() if isinstance(value, date) else value


def value_text(value: Value | None) -> str:
    """For people and for text cells: 是/否, lists joined by 、, whole numbers without `.0`."""
    return LIST_SEPARATOR.join(value) if isinstance(value, list) else raw_text(value)


def _parse(field: Field, raw: object, unit: str) -> Value | None:
    if isinstance(raw, (list, tuple)):
        raw = LIST_SEPARATOR.join(map(str, raw))
    text = clean_text(raw_text(raw))
    if text.upper() in ERROR_WORDS:
        raise FieldProblem(ProblemReason.ERROR_CELL, text)
    if _states_nothing(field, text):
        return None
    if field.kind not in (Kind.TEXT, Kind.LONG_TEXT) and len(text) > _LONGEST_CELL:
        raise FieldProblem(ProblemReason.TOO_LONG, text, limit=_LONGEST_CELL)
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return _text(field, raw_text(raw))
        case Kind.CODE:
            return _CODES[field.key](raw_text(raw))
        case Kind.PHONE:
            return _phones(raw_text(raw))
        case Kind.INTEGER:
            return int(_in_range(field, values.whole_number(raw, field.unit)))
        case Kind.NUMBER:
            return _number(field, raw, unit)
        case Kind.DATE:
            return values.day(raw)
        case Kind.YES_NO:
            return values.yes_or_no(raw)
        case Kind.CHOICE:
            return values.choice(raw, field.choices, field.words) or None
        case Kind.CHOICES:
            return [] if text == "无" else values.choices_of(raw, field.choices, field.words)


def _states_nothing(field: Field, text: str) -> bool:
    plain = half_width(text).upper()
    if field.kind is Kind.YES_NO and plain in values.NO_WORDS:
        return False
    if field.kind is Kind.CHOICES and text == "无":
        return False
    return not (plain in field.choices or plain in field.words) and is_blank(plain)


def _text(field: Field, text: str) -> str:
    clean = clean_lines if field.kind is Kind.LONG_TEXT else clean_name if field.key in _NAMES else clean_text
    cleaned = clean(text)
    if len(cleaned) > field.max_length:
        raise FieldProblem(ProblemReason.TOO_LONG, cleaned, limit=field.max_length)
    return cleaned


def _number(field: Field, raw: object, unit: str) -> float:
    if field.key not in ("longitude", "latitude"):
        return _in_range(field, values.number(raw, field.unit, unit))
    degrees = values.coordinate(raw)
    east = field.key == "longitude"
    if (3 <= degrees <= 54) if east else (73 <= degrees <= 136):
        raise FieldProblem(ProblemReason.COORDINATES_SWAPPED, raw_text(raw))
    return _in_range(field, degrees)


def _in_range(field: Field, value: float) -> float:
    low, high = field.low, field.high
    if (low is not None and value < low) or (high is not None and value > high):
        limits = {"low": "不限" if low is None else f"{low:g}", "high": "不限" if high is None else f"{high:.0f}"}
        raise FieldProblem(ProblemReason.OUT_OF_RANGE, raw_text(value), **limits)
    return value


def _phones(text: str) -> str:
    try:
        numbers = phone.canonical(text)
    except phone.NotAPhone as problem:
        raise FieldProblem(_PHONE_REASONS[problem.problem], clean_text(text)) from None
    if not numbers:
        raise FieldProblem(ProblemReason.NOT_A_PHONE, clean_text(text))
    return numbers


def _uscc(text: str) -> str:
    code = uscc.normalize(text)
    if uscc.is_old_registration(code):
        return code
    problem = uscc.problem(code)
    if problem is None:
        return code
    facts = {
        "length": problem.length,
        "character": problem.character,
        "position": problem.position,
        "suggestion": problem.suggestion,
        "expected": problem.expected,
    }
    raise FieldProblem(_USCC_REASONS[problem.kind], clean_text(text), **facts)


def _industry_code(text: str) -> str:
    """Two to four digits of GB/T 4754; the section letter in front and a name behind are dropped."""
    found = _INDUSTRY_CODE.fullmatch(half_width(text).upper())
    if found is None:
        raise FieldProblem(ProblemReason.NOT_A_CODE, clean_text(text), form=" 2 至 4 位数字")
    return found[1]


def _division_code(text: str) -> str:
    """Six digits at least; a township's nine are filled up to twelve with zeros (GB/T 10114)."""
    digits = half_width(text).replace(" ", "")
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", digits):
        raise FieldProblem(ProblemReason.NOT_A_CODE, clean_text(text), form=" 12 位数字（到镇可填 9 位）")
    return digits.ljust(12, "0")


def _email(text: str) -> str:
    address = half_width(text).replace(" ", "")
    if len(address) > 100 or not _EMAIL.fullmatch(address):
        raise FieldProblem(ProblemReason.NOT_AN_EMAIL, clean_text(text))
    return address


_CODES: dict[str, Callable[[str], str]] = {
    "uscc": _uscc,
    "industry_code": _industry_code,
    "division_code": _division_code,
    "principal_email": _email,
}
