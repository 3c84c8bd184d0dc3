"""Large, medium, small or very small (统计上大中小微型企业划分, 国统字〔2017〕213 号), and above the threshold or not.

A class needs all its lower limits at once; an enterprise that misses one falls to the next class. Where a figure is
missing the answer is 待定: nothing is guessed. The table (`resources/codes/sizes.yaml`) is passed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SizeClass(StrEnum):
    LARGE = "大型"
    MEDIUM = "中型"
    SMALL = "小型"
    MICRO = "微型"
    UNDETERMINED = "待定"


@dataclass(frozen=True)
class Limit:
    """The lower limits of one class; None: the figure does not matter. Revenue in 10,000 yuan."""

    headcount: int | None
    revenue: float | None
    verified: bool


@dataclass(frozen=True)
class Sector:
    """One line of the standard: the codes it holds for (longest prefix wins) and its limits."""

    name: str
    prefixes: tuple[str, ...]
    large: Limit
    medium: Limit
    small: Limit
    threshold: float | None = None  # 规上: revenue in 10,000 yuan
    threshold_verified: bool = False
    industries: tuple[str, ...] = ()  # of the eight, where no code is known


@dataclass(frozen=True)
class SizeFinding:
    """The class with the figures it rests on. `missing` names the keys of the fields that are still needed."""

    size: SizeClass
    sector: Sector | None
    missing: tuple[str, ...] = ()
    verified: bool = False


@dataclass(frozen=True)
class ThresholdFinding:
    """Above (True) or below the threshold; None where a figure is missing or the sector has none here."""

    above: bool | None
    sector: Sector | None
    missing: tuple[str, ...] = ()
    verified: bool = False


def sector_of(code: str | None, industry: str | None, sectors: Sequence[Sector]) -> Sector | None:
    """The line an enterprise falls under: by code, else by its supervised industry where that is enough."""
    if code:
        fitting = [(len(prefix), one) for one in sectors for prefix in one.prefixes if code.startswith(prefix)]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
    return next((one for one in sectors if industry and industry in one.industries), None)


def size_class(
    *, code: str | None, industry: str | None, headcount: int | None, revenue: float | None, sectors: Sequence[Sector]
) -> SizeFinding:
    sector = sector_of(code, industry, sectors)
    if sector is None:
        return SizeFinding(SizeClass.UNDETERMINED, None, () if code else ("industry_code",))
    steps = ((SizeClass.LARGE, sector.large), (SizeClass.MEDIUM, sector.medium), (SizeClass.SMALL, sector.small))
    missing = _missing(sector, headcount, revenue)
    if missing:
        return SizeFinding(SizeClass.UNDETERMINED, sector, missing)
    for size, limit in steps:
        if _reaches(limit, headcount, revenue):
            return SizeFinding(size, sector, verified=limit.verified)
    return SizeFinding(SizeClass.MICRO, sector, verified=sector.small.verified)


def above_threshold(
    *, code: str | None, industry: str | None, revenue: float | None, sectors: Sequence[Sector]
) -> ThresholdFinding:
    """Above the threshold (规上): industry from 20 million yuan of main revenue, 国统字〔2010〕87 号."""
    sector = sector_of(code, industry, sectors)
    if sector is None:
        return ThresholdFinding(None, None, () if code else ("industry_code",))
    if sector.threshold is None or revenue is None:
        return ThresholdFinding(None, sector, ("revenue",) if revenue is None else ())
    return ThresholdFinding(revenue >= sector.threshold, sector, verified=sector.threshold_verified)


def explain_size(found: SizeFinding) -> str:
    if found.sector is None:
        return "行业代码未填或不在划型表中，规模待定。" if found.missing else "行业代码不在划型表中，规模待定。"
    if found.missing:
        words = {"headcount": "从业人员数", "revenue": "上年营业收入"}
        return f"按{found.sector.name}划型，缺{'、'.join(words[key] for key in found.missing)}，规模待定。"
    doubt = "" if found.verified else "（界限待核）"
    return f"按{found.sector.name}的从业人员和营业收入界限划为{found.size}{doubt}。"


def explain_threshold(found: ThresholdFinding) -> str:
    if found.sector is None:
        return "行业代码未填或不在划型表中，是否规上待定。"
    if found.missing:
        return "缺上年营业收入，是否规上待定。"
    if found.above is None or found.sector.threshold is None:
        return f"{found.sector.name}的规上标准另有规定，请手工填写。"
    side = "达到" if found.above else "未达到"
    return f"{found.sector.name}规上标准为年营业收入 {found.sector.threshold:g} 万元，{side}。"


def _missing(sector: Sector, headcount: int | None, revenue: float | None) -> tuple[str, ...]:
    limits = (sector.large, sector.medium, sector.small)
    needed = {
        "headcount": headcount is None and any(limit.headcount is not None for limit in limits),
        "revenue": revenue is None and any(limit.revenue is not None for limit in limits),
    }
    return tuple(key for key, lacks in needed.items() if lacks)


def _reaches(limit: Limit, headcount: int | None, revenue: float | None) -> bool:
    enough_people = limit.headcount is None or (headcount is not None and headcount >= limit.headcount)
    enough_revenue = limit.revenue is None or (revenue is not None and revenue >= limit.revenue)
    return enough_people and enough_revenue
