"""The standard of major hazards: 64 items and one general rule."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from safetydesk.catalog.criteria import criteria, criterion, reference_to
from safetydesk.catalog.errors import UnknownCriterion
from safetydesk.catalog.law import law_index
from safetydesk.domain.major_hazard import APPLIES_TO, Combination

# Article -> how many items it has.
ITEMS = {3: 3, 4: 8, 5: 13, 6: 8, 7: 7, 8: 7, 9: 2, 10: 2, 11: 10, 12: 2, 13: 2}
DIGITS = "零一二三四五六七八九十"


def in_words(number: int) -> str:
    return DIGITS[number] if number <= 10 else "十" + DIGITS[number - 10]


def test_the_standard_has_all_its_items_in_order() -> None:
    expected = [f"MH-{article:02d}-{item:02d}" for article, count in ITEMS.items() for item in range(1, count + 1)]
    assert list(criteria()) == [*expected, "MH-14-00"]
    assert len(expected) == 64


def test_id_and_article_say_the_same() -> None:
    for article, count in ITEMS.items():
        for item in range(1, count + 1):
            found = criterion(f"MH-{article:02d}-{item:02d}")
            assert found.article == f"第{in_words(article)}条第（{in_words(item)}）项"
    assert criterion("MH-14-00").article == "第十四条"


def test_groups_add_up_to_three_forty_seven_and_fourteen() -> None:
    assert Counter(c.group for c in criteria().values()) == {"管理类": 3, "行业类": 47, "专项类": 14, "通则": 1}


def test_every_criterion_says_to_whom_it_applies() -> None:
    assert {code for c in criteria().values() for code in c.applies} == set(APPLIES_TO)


def test_only_the_two_and_type_criteria_need_everything_at_once() -> None:
    assert {c.id for c in criteria().values() if c.rule is Combination.ALL} == {"MH-11-10", "MH-13-01"}


def test_exceptions_are_spelt_out_where_the_standard_makes_them() -> None:
    excepted = {c.id for c in criteria().values() if c.exceptions}
    assert {"MH-05-03", "MH-05-04", "MH-06-05", "MH-08-04"} <= excepted
    assert len(criterion("MH-05-03").exceptions) == 4


COLLOQUIAL = re.compile(
    "没有|不到|没法|装了|放在|落在|用了|拿来?|干活|干特种|上了岗|里有|里的|别人|不开|积得|当风道|就|坏|得住|前面各项|与冶金"
)


def test_what_a_notice_prints_is_written_in_the_language_of_papers() -> None:
    """It stands in brackets after 判定标准：, several joined by ；, so it ends and is divided by neither ; nor full stop."""
    for found in criteria().values():
        assert not COLLOQUIAL.search(found.text), (found.id, found.text)
        assert not set("。；：！？;:") & set(found.text), found.id
        assert found.text == found.text.strip()
        assert 12 <= len(found.text) <= 90, (found.id, len(found.text))


def test_what_a_notice_prints_keeps_the_thresholds_of_the_standard() -> None:
    kept = {"MH-04-08": "不足30 kPa", "MH-05-13": "不足30 kPa", "MH-12-02": "超过9人", "MH-11-07": "20区"}
    kept |= {"MH-04-06": "24小时有人值守", "MH-05-11": "24小时有人值守", "MH-05-02": "非生产性积水"}
    for found, words in kept.items():
        assert words in criterion(found).text


def test_six_kinds_of_rooms_in_metallurgy_and_five_in_machinery() -> None:
    for found in ("MH-04-01", "MH-04-06", "MH-05-01"):
        text = criterion(found).text
        assert all(room in text for room in ("会议", "活动", "休息", "操作", "交接班", "更衣（含澡堂）"))
    machinery = criterion("MH-07-01")
    assert all(room in machinery.text for room in ("会议", "活动", "休息", "更衣", "交接班"))
    assert "操作" not in machinery.text
    assert machinery.exceptions == ("操作室",)


def test_alternatives_are_joined_by_or_and_only_joint_conditions_by_and() -> None:
    assert "并且" in criterion("MH-13-01").text
    for found in criteria().values():
        if found.rule is not Combination.ALL:
            assert "并且" not in found.text, found.id
    for found in ("MH-03-01", "MH-10-01", "MH-11-01", "MH-12-02", "MH-13-02"):
        assert "或者" in criterion(found).text


def test_what_is_excepted_is_not_part_of_the_statement() -> None:
    for found in criteria().values():
        assert not any(exception in found.text for exception in found.exceptions), found.id


def test_the_standard_was_seen_and_the_hints_are_ours() -> None:
    assert all(c.verified and not c.look_verified for c in criteria().values())


def test_a_criterion_is_cited_as_article_of_the_standard() -> None:
    cited = law_index().cite(reference_to("MH-13-02"))
    assert cited == "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十三条第（二）项"


def test_an_unknown_criterion_is_a_typed_refusal() -> None:
    with pytest.raises(UnknownCriterion):
        criterion("MH-99-01")
