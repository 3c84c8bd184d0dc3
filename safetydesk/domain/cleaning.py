"""Cell values as people write them, made plain: full-width characters, odd blanks, line breaks, words for "nothing".

Every function is idempotent, so that what was exported imports as the same value.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

# Words that stand for an empty cell. 无 is not among the answers to yes/no questions: there it means no.
BLANK_WORDS = frozenset(
    (
        *(
            "无",
            "暂无",
            "没有",
            "空",
            "空白",
            "未填",
            "未知",
            "不详",
            "待定",
            "待补",
            "待补充",
            "待核",
            "待核实",
            "无数据",
        ),
        *("/", "//", "\\", "-", "--", "---", "—", "——", "_", "、", ".", "…", "……", "*", "?", "？"),
        *("N/A", "NA", "NULL", "NONE", "NIL"),
    )
)
ERROR_WORDS = frozenset(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"])

_HALF = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_BLANKS = dict.fromkeys([0x09, 0x0B, 0x0C, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_GONE = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x180E], "")
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF], "")
_NOT_IN_FILES = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "")  # lone surrogates: no file can hold them
_TABLE = _HALF | _BLANKS | _GONE | _INVISIBLE | _NOT_IN_FILES

_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3001-\u3017（），；：]"
_LINE_ENDS = re.compile("\r\n?|\u0085|\u2028|\u2029")
_RUN = re.compile(r"[ \n]+")
_BETWEEN_HAN = re.compile(f"(?<={_HAN}) (?={_HAN})")
_APOSTROPHES = "'‘’`"
# Nearly every cell is plain already: one look instead of a dozen passes. No blanks, no apostrophes, nothing full-width.
_PLAIN = re.compile("[!-&(-_a-~\u4e00-\u9fff（）、，。]*")
_PLAIN_HALF = re.compile("[!-&(-_a-~\u4e00-\u9fff、。]*")
_ALL_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def clean_text(text: str) -> str:
    """One line: half-width letters and digits, no odd blanks, none between two Chinese characters (张 三)."""
    if _PLAIN.fullmatch(text):
        return text
    text = _LINE_ENDS.sub("\n", text).translate(_TABLE)
    text = _RUN.sub(" ", text.strip().lstrip(_APOSTROPHES).strip())
    return _BETWEEN_HAN.sub("", text).lstrip(_APOSTROPHES + " ")


def clean_lines(text: str) -> str:
    """Like `clean_text`, but line breaks stay: for remarks and lists."""
    lines = (clean_text(line) for line in _LINE_ENDS.sub("\n", text).split("\n"))
    return "\n".join(line for line in lines if line)


def clean_name(text: str) -> str:
    """An enterprise's name: brackets as the business licence prints them, full-width, whatever was typed."""
    text = clean_text(text).replace("(", "（").replace(")", "）")
    return re.sub(" ?([（）]) ?", r"\1", text)


def half_width(text: str) -> str:
    """Every full-width ASCII character, punctuation included: for codes, numbers, dates and phones."""
    return text if _PLAIN_HALF.fullmatch(text) else clean_text(text.translate(_ALL_FULL))


def is_blank(text: str) -> bool:
    return not text or text.upper() in BLANK_WORDS


def raw_text(raw: object) -> str:
    """What the cell shows, for messages and lists of refused cells. Whole floats lose their `.0`."""
    match raw:
        case None:
            return ""
        case bool():
            return "是" if raw else "否"
        case float():
            return number_text(raw)
        case datetime():
            return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat(" ", "seconds")
        case date():
            return raw.isoformat()
        case _:
            return str(raw)


def number_text(number: float) -> str:
    """13800000000.0 as 13800000000; beyond 15 digits in scientific notation, for the rest is not known any more."""
    if not math.isfinite(number):
        return str(number)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15G}" if abs(number) >= 1e15 else repr(number)


def whole_digits(text: str) -> str | None:
    """`1.38E+10` and `13800000000.0` as digits where every digit is known, else None (the precision is lost)."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    parts = number.as_tuple()
    if not number.is_finite() or parts.sign or number.adjusted() > 20 or number != number.to_integral_value():
        return None
    known = isinstance(parts.exponent, int) and parts.exponent <= 0
    return str(int(number)) if known else None
