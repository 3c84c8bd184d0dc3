from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.catalog.codes import CodeTableDamaged, load_sizes, size_sectors
from safetydesk.domain.enterprise_size import (
    SizeClass,
    above_threshold,
    explain_size,
    explain_threshold,
    sector_of,
    size_class,
)

ORDER = [SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE]


def size(code="3311", headcount=None, revenue=None, industry=None):
    return size_class(code=code, industry=industry, headcount=headcount, revenue=revenue, sectors=size_sectors())


@pytest.mark.parametrize(
    ("headcount", "revenue", "expected"),
    [
        (1000, 40000, SizeClass.LARGE),
        (999, 40000, SizeClass.MEDIUM),
        (1000, 39999, SizeClass.MEDIUM),
        (300, 2000, SizeClass.MEDIUM),
        (300, 1999, SizeClass.SMALL),
        (20, 300, SizeClass.SMALL),
        (19, 90000, SizeClass.MICRO),
        (5000, 299.9, SizeClass.MICRO),
    ],
)
def test_industry_needs_both_limits(headcount, revenue, expected):
    assert size(headcount=headcount, revenue=revenue).size is expected


@pytest.mark.parametrize(
    ("code", "headcount", "revenue", "expected"),
    [
        ("5165", 200, 40000, "大型"),
        ("5212", 10, 100, "小型"),
        ("5920", 100, 1000, "中型"),
        ("6110", 9, 100, "微型"),
        ("7011", 300, None, "大型"),
        ("7011", 9, None, "微型"),
    ],
)
def test_every_sector_has_its_own_limits(code, headcount, revenue, expected):
    assert size(code, headcount, revenue).size == expected


@pytest.mark.parametrize(("headcount", "revenue", "missing"), [(None, 5, ("revenue",)), (10, None, ("headcount",))])
def test_a_missing_figure_leaves_it_open(headcount, revenue, missing):
    found = size(headcount=headcount, revenue=revenue)
    assert found.size is SizeClass.UNDETERMINED
    assert set(found.missing).isdisjoint(missing)
    assert "待定" in explain_size(found)


def test_without_a_code_the_seven_industries_are_industry_and_trade_is_open():
    assert size(None, 300, 2000, "机械").size is SizeClass.MEDIUM
    open_one = size(None, 300, 2000, "商贸")
    assert (open_one.size, open_one.missing) == (SizeClass.UNDETERMINED, ("industry_code",))


@given(st.integers(0, 3000), st.integers(0, 100_000), st.integers(0, 3000), st.integers(0, 100_000))
def test_more_people_and_revenue_never_make_it_smaller(headcount, revenue, more_people, more_revenue):
    before = size(headcount=headcount, revenue=revenue).size
    after = size(headcount=headcount + more_people, revenue=revenue + more_revenue).size
    assert ORDER.index(after) >= ORDER.index(before)


@pytest.mark.parametrize(("revenue", "above"), [(2000, True), (1999.99, False), (None, None)])
def test_industry_is_above_the_threshold_from_twenty_million(revenue, above):
    found = above_threshold(code="3311", industry=None, revenue=revenue, sectors=size_sectors())
    assert found.above is above
    assert explain_threshold(found)


def test_the_threshold_of_trade_is_not_guessed():
    found = above_threshold(code="5165", industry=None, revenue=99999, sectors=size_sectors())
    assert found.above is None


def test_unverified_limits_say_so():
    assert not size("6110", 50, 500).verified
    assert size("3311", 50, 500).verified
    assert "待核" in explain_size(size("6110", 50, 500))


def test_every_code_has_a_sector():
    assert {sector_of(f"{number:02d}", None, size_sectors()) is None for number in range(1, 98)} == {False}


def test_limits_that_do_not_fall_are_refused(tmp_path):
    path = tmp_path / "sizes.yaml"
    limits = "large: {headcount: 10, revenue: 1, verified: true}, medium: {headcount: 20, revenue: 1, verified: true}"
    sector = f"{{name: 工业, prefixes: ['31'], {limits}, small: {{headcount: 5, revenue: 1, verified: true}}}}"
    path.write_text(f"title: t\nsource: s\nsectors: [{sector}]\n", encoding="utf-8")
    with pytest.raises(CodeTableDamaged):
        load_sizes(path)
