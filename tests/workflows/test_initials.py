"""Pinyin initials, as people type them."""

from __future__ import annotations

import pytest

from safetydesk.workflows.initials import initials, ways


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("样溪宏图木业有限公司", "yxhtmyyxgs"),
        ("重庆路银行", "cqlyh"),
        ("长安铸造厂", "cazzc"),
        ("长丰机械", "cfjx"),
        ("3M胶带（样溪）厂", "3mjdyxc"),
        ("厦门大厦", "xmds"),
        ("Ａ 50%_", "a50"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_the_usual_way_comes_first(name: str, typed: str) -> None:
    assert initials(name) == typed


@pytest.mark.parametrize(("name", "also"), [("单例一", "sly"), ("曾例", "zl"), ("长丰", "zf"), ("行知", "hz")])
def test_a_character_with_several_readings_is_found_by_each(name: str, also: str) -> None:
    assert also in ways(name)


def test_a_known_phrase_says_how_it_is_read() -> None:
    assert ways("重庆") == ("cq",)


def test_a_name_full_of_such_characters_has_few_ways() -> None:
    assert len(ways("长重行乐单曾查解")) <= 8
