"""The unified social credit code (统一社会信用代码), GB 32100-2015, and the 15-digit numbers before it.

The check character may be any of the 31 characters, not only a digit or X. Nothing here repairs a code by guessing:
O for 0 and I for 1 are only suggested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_LOOKS_LIKE = {"O": "0", "I": "1", "Z": "2", "S": "5"}  # the letters the alphabet leaves out, and what is meant

_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_IGNORED = re.compile("[\\s\u00a0\u200b-\u200d\u2060\u3000\ufeff'\u2018\u2019`\\-\u2010-\u2015\u2212]+")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")
_OLD_REGISTRATION = re.compile(r"\d{15}")


class UsccProblemKind(StrEnum):
    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK_DIGIT = "check_digit"
    PRECISION_LOST = "precision_lost"


@dataclass(frozen=True)
class UsccProblem:
    """What is wrong with a code. Only the facts of its own kind are filled."""

    kind: UsccProblemKind
    length: int | None = None
    character: str | None = None  # the first one that cannot stand where it stands
    position: int | None = None  # counted from 1
    suggestion: str | None = None  # what was probably meant; never put in by itself
    expected: str | None = None  # the check character that the first 17 ask for


def normalize(text: str) -> str:
    """Upper-case half-width characters without blanks, hyphens and the apostrophe that spreadsheets put in front."""
    return _IGNORED.sub("", text.translate(_FULL_TO_HALF)).upper()


def check_character(first17: str) -> str:
    """The 18th character. Raises ValueError for anything but 17 characters of the alphabet."""
    if len(first17) != len(_WEIGHTS) or any(character not in _VALUE for character in first17):
        raise ValueError(first17)
    total = sum(_VALUE[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def problem(code: str) -> UsccProblem | None:
    """What is wrong with a normalized code, or None. A 15-digit number is a LENGTH problem here: ask first."""
    if _SCIENTIFIC.fullmatch(code):
        return UsccProblem(UsccProblemKind.PRECISION_LOST)
    if len(code) != LENGTH:
        return UsccProblem(UsccProblemKind.LENGTH, length=len(code))
    wrong = _wrong_character(code)
    if wrong is not None:
        return wrong
    expected = check_character(code[:17])
    if expected == code[17]:
        return None
    if code.isdigit() and code.endswith("000"):  # a spreadsheet keeps 15 digits of a number
        return UsccProblem(UsccProblemKind.PRECISION_LOST)
    return UsccProblem(UsccProblemKind.CHECK_DIGIT, expected=expected)


def is_valid(code: str) -> bool:
    return problem(code) is None


def is_old_registration(code: str) -> bool:
    """The 15-digit number of a business licence before 2015: kept as it is, never checked."""
    return _OLD_REGISTRATION.fullmatch(code) is not None


def has_odd_organisation_part(code: str) -> bool:
    """Characters 9 to 17 carry a check of their own (GB 11714). A miss is a warning, never a refusal: unverified."""
    part = code[8:17]
    total = sum(
        _ORGANISATION_ALPHABET.index(character) * weight
        for character, weight in zip(part, _ORGANISATION_WEIGHTS, strict=False)
    )
    return "0123456789X0"[11 - total % 11] != part[8]


def _wrong_character(code: str) -> UsccProblem | None:
    for position, character in enumerate(code, start=1):
        region_letter = 3 <= position <= 8 and not character.isdigit()
        if character not in _VALUE or region_letter:
            return UsccProblem(
                UsccProblemKind.CHARACTERS,
                character=character,
                position=position,
                suggestion=_LOOKS_LIKE.get(character),
            )
    return None
