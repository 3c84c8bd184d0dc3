"""Telephone numbers of a ledger: mobile, landline with extension, 400/800 and 95 numbers, several in a cell."""

from __future__ import annotations

import re
from enum import StrEnum

from safetydesk.domain.cleaning import half_width, whole_digits

SEPARATOR = "、"

_SEPARATORS = re.compile(r"[、/;,|\n，；]|\s+或\s*|或")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([1-9]\d{6,7})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}|95\d{3,6}")
_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|X|#|\()[:：]?(\d{1,6})", re.IGNORECASE)
_TRAILING_EXTENSION = re.compile(r"(.*\d{7,8})-(\d{1,6})")
_COUNTRY = re.compile(r"^(?:(?:\+|00)86|86(?=[-\s]?1[3-9]))[-\s]?")
_INNER = re.compile(r"[\s\-()（）.·]+")


class PhoneProblem(StrEnum):
    LENGTH = "length"
    FORM = "form"
    PRECISION_LOST = "precision_lost"
    ZERO_LOST = "zero_lost"


class NotAPhone(ValueError):
    def __init__(self, problem: PhoneProblem, text: str) -> None:
        super().__init__(problem, text)
        self.problem = problem
        self.text = text


def phones(text: str) -> tuple[str, ...]:
    """The numbers of one cell in canonical form: 13912345678, 0512-65432100转801, 4001234567. Raises NotAPhone."""
    found: list[str] = []
    for part in _SEPARATORS.split(half_width_lines(text)):
        found.extend(_one_or_more(part.strip()))
    return tuple(dict.fromkeys(found))


def canonical(text: str) -> str:
    """All numbers of a cell joined by 、, each once. Raises NotAPhone for the first that is none."""
    return SEPARATOR.join(phones(text))


def half_width_lines(text: str) -> str:
    return "\n".join(half_width(line) for line in text.splitlines())


def _one_or_more(part: str) -> list[str]:
    """One number that may contain blanks (138 0000 0000), or several that only blanks part."""
    if not part:
        return []
    try:
        return [_one(part)]
    except NotAPhone:
        pieces = part.split()
        if len(pieces) < 2 or any(len(re.sub(r"\D", "", piece)) < 7 for piece in pieces):
            raise
        return [_one(piece) for piece in pieces]


def _one(part: str) -> str:
    number, extension = _without_extension(_as_digits(part))
    digits = _INNER.sub("", _COUNTRY.sub("", number))
    if _MOBILE.fullmatch(digits) and not extension:
        return digits
    landline = _LANDLINE.fullmatch(digits)
    suffix = f"转{extension}" if extension else ""
    if landline:
        return f"{landline[1]}-{landline[2]}{suffix}"
    if _LOCAL.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits + suffix
    raise NotAPhone(_problem(digits), part)


def _as_digits(part: str) -> str:
    """Numbers that a spreadsheet turned into floating point, as far as no digit is lost."""
    if not re.fullmatch(r"\d+\.\d*(E\+?\d+)?|\d+E\+?\d+", part, re.IGNORECASE):
        return part
    digits = whole_digits(part)
    if digits is None:
        raise NotAPhone(PhoneProblem.PRECISION_LOST, part)
    return digits


def _without_extension(part: str) -> tuple[str, str]:
    word = _EXTENSION.search(part)
    if word and word.end() == len(part.rstrip(" )）")):
        return part[: word.start()].rstrip(" (（-"), word[1]
    dashed = _TRAILING_EXTENSION.fullmatch(part)
    if dashed and _LANDLINE.fullmatch(_INNER.sub("", dashed[1])):
        return dashed[1], dashed[2]
    return part, ""


def _problem(digits: str) -> PhoneProblem:
    if not digits.isdigit():
        return PhoneProblem.FORM
    if _LANDLINE.fullmatch("0" + digits) and not digits.startswith("1"):
        return PhoneProblem.ZERO_LOST
    return PhoneProblem.LENGTH if digits[:1] in "01" else PhoneProblem.FORM
