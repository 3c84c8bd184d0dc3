from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.catalog.codes import CodeTableDamaged, industry_rules, load_industries
from safetydesk.domain.industry import INDUSTRIES, IndustryRule, explain, supervised_industry

RULES = (
    IndustryRule("30", "建材", True, "非金属矿物制品业"),
    IndustryRule("305", "轻工", False),
    IndustryRule("3051", None, True),
)


def test_the_longest_prefix_counts():
    assert supervised_industry("3011", RULES).industry == "建材"
    assert supervised_industry("3052", RULES).industry == "轻工"
    assert supervised_industry("3051", RULES).industry is None


def test_the_order_of_the_table_does_not_matter():
    for code in ("30", "3011", "3052", "3051"):
        assert supervised_industry(code, RULES) == supervised_industry(code, RULES[::-1])


def test_a_code_too_short_for_the_exclusions_is_unverified():
    found = supervised_industry("30", RULES)
    assert (found.industry, found.verified, found.open_exclusions) == ("建材", False, ("305", "3051"))
    assert supervised_industry("301", RULES).verified


@pytest.mark.parametrize(
    ("code", "industry", "verified"),
    [
        ("3140", "冶金", True),
        ("3252", "有色", True),
        ("3021", "建材", True),
        ("3054", "轻工", False),
        ("3074", "轻工", False),
        ("3311", "机械", True),
        ("4310", "机械", True),
        ("1711", "纺织", False),
        ("1690", "烟草", False),
        ("2929", "轻工", False),
        ("5920", "商贸", False),
        ("5941", None, False),
        ("2641", None, False),
        ("2911", None, False),
        ("0111", None, False),
    ],
)
def test_the_shipped_table_knows_the_eight(code, industry, verified):
    found = supervised_industry(code, industry_rules())
    assert (found.industry, found.verified) == (industry, verified)


@given(st.from_regex(r"[0-9]{2,4}", fullmatch=True))
def test_every_code_has_an_answer_that_explains_itself(code):
    found = supervised_industry(code, industry_rules())
    assert found.industry in (None, *INDUSTRIES)
    assert code in explain(found)


def test_doubts_are_said():
    assert "待核" in explain(supervised_industry("1711", industry_rules()))
    assert "待核" not in explain(supervised_industry("3140", industry_rules()))


@pytest.mark.parametrize(
    "rules",
    [
        "- {prefix: '30', industry: 建材, verified: true}\n  - {prefix: '30', industry: 轻工, verified: true}",
        "- {prefix: '30', industry: 化工, verified: true}",
        "- {prefix: 30, industry: 建材, verified: true}",
        "- {prefix: '30', industry: 建材}",
        "- {prefix: '30', industry: 建材, verified: true, extra: 1}",
        "- {prefix: C3, industry: 建材, verified: true}",
    ],
)
def test_a_table_that_contradicts_itself_is_refused(tmp_path, rules):
    path = tmp_path / "industries.yaml"
    path.write_text(f"title: t\nsource: s\nrules:\n  {rules}\n", encoding="utf-8")
    with pytest.raises(CodeTableDamaged):
        load_industries(path)
