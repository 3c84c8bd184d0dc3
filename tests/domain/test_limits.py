"""Readings against limits: ends are good, doubt is never good."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.checklist import Limit
from safetydesk.domain.limits import (
    ReadingNotANumber,
    Verdict,
    is_approximate,
    is_known_unit,
    judge,
    limit_for,
    normalise_unit,
)

OXYGEN = Limit("o2", "氧", "%VOL", 19.5, 23.5)
COMBUSTIBLE = Limit("lel", "可燃气", "%LEL", None, 10)
CARBON_MONOXIDE = Limit("co", "一氧化碳", "mg/m3", None, 30, ppm=26)
HYDROGEN_SULFIDE = Limit("h2s", "硫化氢", "mg/m3", None, 10, ppm=7)
DISTANCE = Limit("distance", "气瓶间距", "m", 5)
INTERVAL = Limit("interval", "检测到进入的间隔", "min", None, 30)
GASES = [OXYGEN, COMBUSTIBLE, CARBON_MONOXIDE, HYDROGEN_SULFIDE]


@pytest.mark.parametrize(
    ("limit", "value", "unit", "verdict"),
    [
        (OXYGEN, 19.5, "%", Verdict.WITHIN),
        (OXYGEN, 23.5, "%VOL", Verdict.WITHIN),
        (OXYGEN, 19.4, "％", Verdict.BELOW),
        (OXYGEN, 23.6, "vol%", Verdict.ABOVE),
        (OXYGEN, 20.9, "％ＶＯＬ", Verdict.WITHIN),
        (OXYGEN, 209_000, "ppm", Verdict.WITHIN),
        (COMBUSTIBLE, 10, "%LEL", Verdict.WITHIN),
        (COMBUSTIBLE, 10.1, "% lel", Verdict.ABOVE),
        (COMBUSTIBLE, 0, "LEL%", Verdict.WITHIN),
        (CARBON_MONOXIDE, 30, "mg/m³", Verdict.WITHIN),
        (CARBON_MONOXIDE, 30.01, "MG/M3", Verdict.ABOVE),
        (CARBON_MONOXIDE, 0.031, "g/m3", Verdict.ABOVE),
        (CARBON_MONOXIDE, 26, "PPM", Verdict.WITHIN),
        (CARBON_MONOXIDE, 27, "ppm", Verdict.ABOVE),
        (CARBON_MONOXIDE, 0.01, "%VOL", Verdict.ABOVE),
        (DISTANCE, 5, "m", Verdict.WITHIN),
        (DISTANCE, 4.99, "米", Verdict.BELOW),
        (DISTANCE, 499, "cm", Verdict.BELOW),
        (DISTANCE, 5000, "毫米", Verdict.WITHIN),
        (INTERVAL, 1800, "秒", Verdict.WITHIN),
        (INTERVAL, 1801, "s", Verdict.ABOVE),
        (INTERVAL, 0.5, "小时", Verdict.WITHIN),
        (Limit("voltage", "照明电压", "V", None, 36), Decimal("36.0"), "伏", Verdict.WITHIN),
    ],
)
def test_a_reading_is_judged_in_any_unit_of_its_kind(limit: Limit, value: float, unit: str, verdict: Verdict) -> None:
    assert judge(limit, value, unit) is verdict


@pytest.mark.parametrize(
    ("limit", "value", "unit"),
    [
        (OXYGEN, 20.9, None),
        (OXYGEN, 20.9, ""),
        (OXYGEN, 20.9, "勺"),
        (OXYGEN, 20.9, "%LEL"),
        (COMBUSTIBLE, 0.5, "%VOL"),
        (COMBUSTIBLE, 100, "ppm"),
        (Limit("x", "某气", "mg/m3", None, 5), 1, "ppm"),
        (Limit("x", "某气", "mg/m3", 1, 5, ppm=3), 2, "ppm"),
        (CARBON_MONOXIDE, -3, "ppm"),
        (OXYGEN, -0.1, "%"),
        (Limit("x", "没有边界", "m"), 3, "m"),
        (DISTANCE, 5, "mg/m3"),
    ],
)
def test_what_cannot_be_compared_is_never_called_good(limit: Limit, value: float, unit: str | None) -> None:
    assert judge(limit, value, unit) is Verdict.UNJUDGED


def test_a_unit_that_nobody_knows_still_compares_with_itself() -> None:
    assert judge(Limit("ph", "酸碱度", "pH", 6, 9), 7, "pH") is Verdict.WITHIN
    assert not is_known_unit("pH")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), True])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ReadingNotANumber):
        judge(OXYGEN, value, "%")


def test_text_is_no_number() -> None:
    with pytest.raises(ReadingNotANumber):
        judge(OXYGEN, "20.9", "%")  # type: ignore[arg-type]


def test_a_temperature_may_be_below_zero() -> None:
    assert judge(Limit("t", "温度", "℃", None, 40), -5, "°C") is Verdict.WITHIN


def test_a_judgement_through_ppm_is_marked_approximate() -> None:
    assert is_approximate(CARBON_MONOXIDE, "PPM")
    assert not is_approximate(CARBON_MONOXIDE, "mg/m³")
    assert not is_approximate(OXYGEN, "ppm")


@given(st.floats(0, 1e6, allow_nan=False), st.floats(0, 1e6, allow_nan=False), st.floats(0, 1e6, allow_nan=False))
def test_within_means_exactly_between_the_ends(a: float, b: float, value: float) -> None:
    low, high = sorted((a, b))
    limit = Limit("x", "某量", "m", low, high)
    assert (judge(limit, value, "m") is Verdict.WITHIN) == (low <= value <= high)
    assert judge(limit, low, "m") is judge(limit, high, "m") is Verdict.WITHIN


@given(st.integers(0, 10**7))
def test_changing_the_unit_changes_no_verdict(seconds: int) -> None:
    by_minutes = Verdict.WITHIN if seconds <= 1800 else Verdict.ABOVE
    assert judge(INTERVAL, seconds, "s") is by_minutes


@given(st.text(max_size=20))
def test_normalising_twice_is_normalising_once(unit: str) -> None:
    once = normalise_unit(unit)
    assert normalise_unit(once) == once


def test_the_limit_is_found_by_key_or_name_of_the_gas() -> None:
    assert limit_for(GASES, "CO", "ppm") is CARBON_MONOXIDE
    assert limit_for(GASES, "硫化氢", None) is HYDROGEN_SULFIDE
    assert limit_for(GASES, "ｏ２", "%") is OXYGEN
    assert limit_for(GASES, "氡", "ppm") is None


def test_without_a_gas_only_an_unambiguous_unit_finds_the_limit() -> None:
    assert limit_for(GASES, None, "％") is OXYGEN
    assert limit_for(GASES, None, "%LEL") is COMBUSTIBLE
    assert limit_for(GASES, None, "mg/m3") is None
    assert limit_for(GASES, None, "ppm") is None
    assert limit_for(GASES, None, None) is None
    assert limit_for([DISTANCE, INTERVAL], None, "cm") is DISTANCE
    assert limit_for([DISTANCE], None, None) is DISTANCE
    assert limit_for([], None, "m") is None


def test_of_two_limits_of_one_gas_the_unit_decides() -> None:
    in_mass, in_volume = CARBON_MONOXIDE, Limit("co", "一氧化碳", "ppm", None, 24)
    assert limit_for([in_mass, in_volume], "co", "ppm") is in_volume
    assert limit_for([in_mass, in_volume], "co", "mg/m3") is in_mass
    assert limit_for([in_mass, in_volume], "co", None) is None
