"""Numbers, dates, yes/no and choices as people write them in a cell.

Each function takes the raw value of a cell that is not blank and raises FieldProblem where it would have to guess:
ranges, two-digit years, a month without its day and lost digits are never filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from safetydesk.domain.cleaning import clean_text, half_width, raw_text
from safetydesk.domain.enterprise.reasons import FieldProblem, ProblemReason

_NUMBER = re.compile(r"([+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:E[+-]?\d+)?)(.*)", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:约|大约|近|将近|共|共计|合计|计|¥|￥|RMB|人民币)+|(?:左右|上下|多|余|整)$", re.IGNORECASE)
_NUMBER_RANGE = re.compile(r"\d[^\d.]*[-~～—–至到][^\d]*\d")
_BOUND = re.compile(r"[<>≤≥]|以上|以下|以内|不足|超过|不到|至少|最多")
_MONEY = {"元": Fraction(1, 10_000), "千元": Fraction(1, 10), "千": Fraction(1, 10), "百万": Fraction(100)}
_MONEY |= {"万": Fraction(1), "万元": Fraction(1), "百万元": Fraction(100), "千万": Fraction(1000)}
_MONEY |= {"千万元": Fraction(1000), "亿": Fraction(10_000), "亿元": Fraction(10_000)}
_MONEY |= {f"{unit}人民币": factor for unit, factor in _MONEY.items()}
_COUNT_UNITS = frozenset("人名位个台套处座家户次条项份起只辆口年岁张间")
_LENGTHS: Mapping[str, Mapping[str, Fraction]] = {
    "万元": _MONEY,
    "㎡": {
        **dict.fromkeys(["㎡", "m2", "m²", "平方米", "平方", "平米", "平"], Fraction(1)),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10_000),
    },
    "吨": {
        **dict.fromkeys(["吨", "t"], Fraction(1)),
        **dict.fromkeys(["kg", "千克", "公斤"], Fraction(1, 1000)),
        "万吨": Fraction(10_000),
    },
    "分": {"分": Fraction(1)},
}
_THOUSANDS = {"万": Fraction(10_000), "千": Fraction(1000), "百": Fraction(100)}
_MOST = 10**12
_PLACES = Decimal("0.000001")
_DEGREES = re.compile("(\\d{1,3})[°度](\\d{1,2}(?:\\.\\d+)?)['′’分](?:(\\d{1,2}(?:\\.\\d+)?)(?:[\"″”秒]|''|′′)?)?")

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YMD = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:[ T]+[\d:.]+)?")
_YM = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?(?:份)?|(\d{4})\s*年?")
_YY = re.compile(r"\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?")
_TWO_DATES = re.compile(r"\d{4}.*?(?:-{1,2}|[~～—–至到]).*\d{4}.*")

_YES = "是 有 √ ✓ ✔ ☑ Y YES T TRUE 1 涉及 属于 已 已建立 已投 已投保 投 对 规上 存在 具备"
_NO = "否 无 没有 × ✗ ✘ ☐ N NO F FALSE 0 不涉及 不属于 未 未建立 未投 未投保 不投 不 不是"
_ALSO_NO = "错 规下 非 X 不存在 未涉及 不具备"
YES_WORDS = frozenset(_YES.split())
NO_WORDS = frozenset((*_NO.split(), *_ALSO_NO.split()))


def number(raw: object, unit: str | None, assumed: str = "") -> float:
    """A number in `unit`, rounded to six places. 3000万 and 1.2亿 are 3000 and 12000 where the unit is 万元.

    `assumed` is the unit of the column's header: it holds where the cell names none.
    """
    text = raw_text(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if assumed in ("", unit) and abs(raw) < _MOST:  # as nearly every cell is
            return round(float(raw), 6) + 0.0
        figure, written = repr(raw), ""
    else:
        figure, written = _split(text)
    return _rounded(Fraction(_decimal(figure)) * _factor(written or assumed, unit, text), text)


def whole_number(raw: object, unit: str | None) -> int:
    value = number(raw, unit)
    if not value.is_integer():
        raise FieldProblem(ProblemReason.NOT_WHOLE, raw_text(raw))
    return int(value)


def coordinate(raw: object) -> float:
    """Degrees with six decimals: 120.584213, 东经120.584213°, 120°35′3.2″."""
    text = half_width(raw_text(raw)).replace(" ", "").upper()
    text = re.sub("^(东经|北纬|经度|纬度|[EN])[:：]?|[EN]$", "", text)
    parts = _DEGREES.fullmatch(text)
    if parts is None:
        return number(raw if isinstance(raw, (int, float)) else text.rstrip("°度"), None)
    degrees, minutes, seconds = (Fraction(part or "0") for part in parts.groups())
    if minutes >= 60 or seconds >= 60:
        raise FieldProblem(ProblemReason.NOT_A_NUMBER, raw_text(raw))
    return _rounded(degrees + minutes / 60 + seconds / 3600, raw_text(raw))


def conversion(written: str, unit: str | None) -> Fraction | None:
    """By what a number in the written unit is multiplied to be in `unit`; None where they do not go together."""
    written = written.strip()
    if not written or written == unit:
        return Fraction(1)
    known = _LENGTHS.get(unit or "")
    if known is not None:
        return known.get(written) or known.get(written.lower())
    if written[0] in _THOUSANDS and (len(written) == 1 or written[1:] in _COUNT_UNITS):
        return _THOUSANDS[written[0]]
    return Fraction(1) if written in _COUNT_UNITS else None


def day(raw: object) -> date:
    """A date: 2024-3-5, 2024.3.5, 2024/3/5, 2024年3月5日, 20240305, an Excel serial number, a date of the workbook."""
    if isinstance(raw, datetime):
        return _in_time(raw.date(), raw)
    if isinstance(raw, date):
        return _in_time(raw, raw)
    text = half_width(raw_text(raw)).replace("。", ".").rstrip(".")
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _in_time(_EXCEL_DAY_ZERO + timedelta(days=int(float(text))), raw)
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    found = compact or _YMD.fullmatch(text)
    if found is None:
        raise FieldProblem(_why_no_date(text), raw_text(raw))
    try:
        return _in_time(date(int(found[1]), int(found[2]), int(found[3])), raw)
    except ValueError:
        raise FieldProblem(ProblemReason.NOT_A_DATE, raw_text(raw)) from None


def yes_or_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    text = half_width(raw_text(raw)).upper()
    if text in YES_WORDS:
        return True
    if text in NO_WORDS:
        return False
    raise FieldProblem(ProblemReason.NOT_YES_NO, raw_text(raw))


def choice(raw: object, choices: Sequence[str], words: Mapping[str, str]) -> str:
    """One of `choices`, written so or as one of `words`. An empty result of `words` is not decided here."""
    text = half_width(raw_text(raw))
    if text in choices:
        return text
    if text.upper() in words:
        return words[text.upper()]
    raise FieldProblem(ProblemReason.NOT_A_CHOICE, raw_text(raw), choices="、".join(choices))


def choices_of(raw: object, choices: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Several of `choices` in their own order, each once. One unknown word refuses the whole cell."""
    parts = raw if isinstance(raw, (list, tuple)) else re.split(r"[、,;/|\n，；\s]+", clean_text(raw_text(raw)))
    found = {choice(part, choices, words) for part in parts if part}
    return [known for known in choices if known in found]


def _split(text: str) -> tuple[str, str]:
    plain = half_width(text).replace(" ", "")
    plain = _ABOUT.sub("", _ABOUT.sub("", plain))
    if _NUMBER_RANGE.search(plain) or _BOUND.search(plain):
        raise FieldProblem(ProblemReason.NUMBER_RANGE, text)
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise FieldProblem(ProblemReason.NOT_A_NUMBER, text)
    return found[1].replace(",", ""), _ABOUT.sub("", found[2].strip("()（）"))


def _decimal(figure: str) -> Decimal:
    try:
        value = Decimal(figure)
    except InvalidOperation:
        raise FieldProblem(ProblemReason.NOT_A_NUMBER, figure) from None
    if not value.is_finite() or abs(value.adjusted()) > 15:
        raise FieldProblem(ProblemReason.NOT_A_NUMBER, figure)
    return value


def _factor(written: str, unit: str | None, text: str) -> Fraction:
    factor = conversion(written, unit)
    if factor is not None:
        return factor
    if len(written) > 8 or re.search(r"\d", written):
        raise FieldProblem(ProblemReason.NOT_A_NUMBER, text)
    raise FieldProblem(ProblemReason.UNKNOWN_UNIT, text, unit=written)


def _rounded(value: Fraction, text: str) -> float:
    if abs(value) >= _MOST:
        raise FieldProblem(ProblemReason.NOT_A_NUMBER, text)
    return float((Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES)) + 0.0


def _in_time(value: date, raw: object) -> date:
    if not _FIRST_YEAR <= value.year < _LAST_YEAR:
        raise FieldProblem(ProblemReason.NOT_A_DATE, raw_text(raw))
    return value


def _why_no_date(text: str) -> ProblemReason:
    if _YM.fullmatch(text) or re.fullmatch(r"(19|20)\d{4}", text):
        return ProblemReason.YEAR_MONTH_ONLY
    if _YY.fullmatch(text):
        return ProblemReason.SHORT_YEAR
    return ProblemReason.DATE_RANGE if _TWO_DATES.fullmatch(text) else ProblemReason.NOT_A_DATE
