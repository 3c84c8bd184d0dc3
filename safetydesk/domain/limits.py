"""Judging a reading against a limit.

Both ends of a limit are good: GB 46768-2025 5.9.1 says that oxygen is 19.5 to 23.5 % and combustible gas does not
exceed 10 % of its lower explosive limit; the exposure limits of GBZ 2.1 and the distances are "not above" and "not
less than" as well. When in doubt a reading is UNJUDGED, never WITHIN: nobody may enter on a guess of ours.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from safetydesk.domain.checklist import Limit
from safetydesk.domain.errors import SafetyDeskError


class ReadingNotANumber(SafetyDeskError):
    """NaN, infinity, or no number at all. facts: value."""

    code = "reading_not_a_number"


class Verdict(StrEnum):
    WITHIN = "within"
    BELOW = "below"
    ABOVE = "above"
    UNJUDGED = "unjudged"

    @property
    def label(self) -> str:
        return _VERDICT_LABELS[self]

    @property
    def is_breach(self) -> bool:
        return self in (Verdict.BELOW, Verdict.ABOVE)


_VERDICT_LABELS: Mapping[Verdict, str] = {
    Verdict.WITHIN: "合格",
    Verdict.BELOW: "低于下限",
    Verdict.ABOVE: "超过上限",
    Verdict.UNJUDGED: "未判定",
}

# Canonical unit -> (family, factor to the family's base). Fractions, so that 180 s is exactly 3 min.
_UNITS: Mapping[str, tuple[str, Fraction]] = {
    "%VOL": ("volume", Fraction(10_000)),
    "ppm": ("volume", Fraction(1)),
    "ppb": ("volume", Fraction(1, 1000)),
    "%LEL": ("lel", Fraction(1)),
    "mg/m3": ("mass", Fraction(1)),
    "g/m3": ("mass", Fraction(1000)),
    "ug/m3": ("mass", Fraction(1, 1000)),
    "m": ("length", Fraction(1)),
    "cm": ("length", Fraction(1, 100)),
    "mm": ("length", Fraction(1, 1000)),
    "min": ("time", Fraction(1)),
    "h": ("time", Fraction(60)),
    "s": ("time", Fraction(1, 60)),
    "d": ("time", Fraction(24 * 60)),
    "V": ("voltage", Fraction(1)),
    "kV": ("voltage", Fraction(1000)),
    "Pa": ("pressure", Fraction(1)),
    "kPa": ("pressure", Fraction(1000)),
    "MPa": ("pressure", Fraction(1_000_000)),
    "℃": ("temperature", Fraction(1)),
    "m/s": ("speed", Fraction(1)),
    "人": ("people", Fraction(1)),
    "点": ("points", Fraction(1)),
    "次": ("times", Fraction(1)),
}

# Only what differs from a canonical unit by more than case, width, spaces and superscripts.
_ALIASES: Mapping[str, str] = {
    "%": "%VOL",
    "vol%": "%VOL",
    "%v/v": "%VOL",
    "%(v/v)": "%VOL",
    "%vol.": "%VOL",
    "%体积": "%VOL",
    "体积%": "%VOL",
    "体积分数%": "%VOL",
    "lel%": "%LEL",
    "%爆炸下限": "%LEL",
    "%l.e.l.": "%LEL",
    "umol/mol": "ppm",
    "ppmv": "ppm",
    "ul/l": "ppm",
    "毫克/立方米": "mg/m3",
    "毫克每立方米": "mg/m3",
    "mg/m^3": "mg/m3",
    "mg.m-3": "mg/m3",
    "mg·m-3": "mg/m3",
    "mg/l": "g/m3",
    "g/m^3": "g/m3",
    "ug/m^3": "ug/m3",
    "ug/l": "mg/m3",
    "米": "m",
    "厘米": "cm",
    "毫米": "mm",
    "分": "min",
    "分钟": "min",
    "mins": "min",
    "小时": "h",
    "时": "h",
    "秒": "s",
    "天": "d",
    "日": "d",
    "伏": "V",
    "伏特": "V",
    "千伏": "kV",
    "°c": "℃",
    "摄氏度": "℃",
    "米/秒": "m/s",
    "个": "点",
    "名": "人",
}
_BY_FOLDED: Mapping[str, str] = {unit.casefold(): unit for unit in _UNITS} | {"℃": "℃"} | dict(_ALIASES)
_SPACES = re.compile(r"\s+")


def normalise_unit(unit: str | None) -> str:
    """The canonical spelling; what is not known comes back without spaces, and "" for none.

    Case folding is safe here: no two units of the table differ by case alone.
    """
    if not unit:
        return ""
    bare = _SPACES.sub("", unit)
    folded = unicodedata.normalize("NFKC", bare).casefold().replace("μ", "u").replace("µ", "u")
    return _BY_FOLDED.get(bare.casefold()) or _BY_FOLDED.get(folded) or bare


def is_known_unit(unit: str) -> bool:
    """Whether readings in other units of its kind can be compared with it."""
    return normalise_unit(unit) in _UNITS


def exact(value: float | Decimal) -> Fraction:
    """The number as it was typed. Raises ReadingNotANumber for NaN, infinities and truth values."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not math.isfinite(value):
        raise ReadingNotANumber(value=str(value))
    return Fraction(str(value))


def judge(limit: Limit, value: float | Decimal, unit: str | None) -> Verdict:
    """Compare one reading with one limit; ends are good.

    UNJUDGED: no unit, a unit that cannot be turned into the limit's (% of what, without the gas's LEL?), a limit
    without an end, or a negative reading (a drifting sensor measures nothing). Raises ReadingNotANumber.
    """
    number = exact(value)
    if limit.minimum is None and limit.maximum is None:
        return Verdict.UNJUDGED
    scaled = _in_unit_of(limit, number, normalise_unit(unit))
    if scaled is None or _is_impossible(limit, scaled[0]):
        return Verdict.UNJUDGED
    reading, minimum, maximum = scaled
    if minimum is not None and reading < minimum:
        return Verdict.BELOW
    if maximum is not None and reading > maximum:
        return Verdict.ABOVE
    return Verdict.WITHIN


def is_approximate(limit: Limit, unit: str | None) -> bool:
    """Whether the verdict rests on the approximate ppm equivalent: mark it, and trust it less near the limit."""
    return _family(normalise_unit(unit)) == "volume" and _family(normalise_unit(limit.unit)) == "mass"


def limit_for(limits: Iterable[Limit], gas: str | None, unit: str | None) -> Limit | None:
    """The limit that a reading belongs to: the one of its gas; without a gas, the only one that its unit leaves.

    None where a choice remains (mg/m3 may be any of ten gases; ppm names none), so that nothing is judged by accident.
    """
    candidates = [limit for limit in limits if gas is None or _names(limit, gas)]
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    canonical = normalise_unit(unit)
    same_unit = [limit for limit in candidates if canonical and normalise_unit(limit.unit) == canonical]
    return _only(same_unit) if same_unit else _only([limit for limit in candidates if _scales(canonical, limit)])


def _only(limits: list[Limit]) -> Limit | None:
    return limits[0] if len(limits) == 1 else None


def _scales(unit: str, limit: Limit) -> bool:
    """cm for m, s for min. Not ppm for %VOL: 24 ppm without a gas is carbon monoxide rather than oxygen."""
    family = _family(unit)
    return family is not None and family != "volume" and family == _family(normalise_unit(limit.unit))


def _names(limit: Limit, gas: str) -> bool:
    wanted = unicodedata.normalize("NFKC", gas).strip().casefold()
    return wanted in (limit.gas.casefold(), limit.name.casefold())


def _family(unit: str) -> str | None:
    known = _UNITS.get(unit)
    return known[0] if known else None


def _is_impossible(limit: Limit, reading: Fraction) -> bool:
    return reading < 0 and _family(normalise_unit(limit.unit)) != "temperature"


def _in_unit_of(limit: Limit, number: Fraction, unit: str) -> tuple[Fraction, Fraction | None, Fraction | None] | None:
    """Reading, minimum and maximum on one scale; None where there is none."""
    own = normalise_unit(limit.unit)
    minimum = None if limit.minimum is None else exact(limit.minimum)
    maximum = None if limit.maximum is None else exact(limit.maximum)
    if not unit:
        return None
    if unit == own:
        return number, minimum, maximum
    if _family(unit) is not None and _family(unit) == _family(own):
        return number * _UNITS[unit][1] / _UNITS[own][1], minimum, maximum
    if is_approximate(limit, unit) and limit.ppm is not None:
        return _against_ppm(limit, number * _UNITS[unit][1])
    return None


def _against_ppm(limit: Limit, ppm: Fraction) -> tuple[Fraction, Fraction | None, Fraction | None] | None:
    """`ppm` stands for the only end; with two ends nobody can say which one it equals."""
    assert limit.ppm is not None
    if limit.minimum is None:
        return ppm, None, exact(limit.ppm)
    return (ppm, exact(limit.ppm), None) if limit.maximum is None else None
