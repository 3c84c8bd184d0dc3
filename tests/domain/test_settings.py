"""Settings: declared once, and nothing but an allowed value is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.settings import BY_KEY, LONGEST_TEXT, SETTINGS, BadSetting, Setting, UnknownSetting, setting

ALL = st.sampled_from(SETTINGS)


def test_every_key_is_declared_once_with_a_label_and_within_its_own_rules() -> None:
    assert len(BY_KEY) == len(SETTINGS)
    for one in SETTINGS:
        assert one.label
        assert one.default is None or one.parse(str(one.default)) == one.default


@pytest.mark.parametrize("key", ["unit.power", "paper.numbering", "unit.remedy_authority", "prevention.scheme"])
def test_the_settings_that_scripts_rely_on_are_there(key: str) -> None:
    assert setting(key).key == key


def test_an_unknown_key_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(UnknownSetting) as refused:
        setting("unit.pover")
    assert refused.value.facts["key"] == "unit.pover"
    assert "unit.power" in str(refused.value.facts["keys"])


@given(ALL, st.sampled_from(["", " ", "\n", "　"]))
def test_nothing_typed_means_the_default(one: Setting, text: str) -> None:
    assert one.parse(text) == one.default


@given(ALL, st.text())
def test_whatever_is_typed_is_taken_within_the_rules_or_refused_in_words(one: Setting, text: str) -> None:
    try:
        value = one.parse(text)
    except BadSetting as error:
        refused = error.facts
    else:
        refused = {"label": one.label, "choices": "-"}
        assert _is_within(one, value)
    assert refused["label"] == one.label
    assert refused["choices"]


def _is_within(one: Setting, value: object) -> bool:
    if one.choices:
        return str(value) in one.choices or value == one.default
    if one.least is not None and one.most is not None:
        return one.least <= int(str(value)) <= one.most
    return value is None or (len(str(value)) <= LONGEST_TEXT and str(value).isprintable())


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("unit.power", "全部"),
        ("unit.power", "FULL"),
        ("paper.copies", "0"),
        ("paper.copies", "10"),
        ("paper.copies", "-1"),
        ("paper.copies", "2.5"),
        ("paper.copies", "两"),
        ("paper.copies", "9" * 5000),
        ("unit.mark", "云\u0000溪"),
        ("unit.mark", "云" * (LONGEST_TEXT + 1)),
        ("unit.mark", "云\n溪"),
    ],
)
def test_a_value_out_of_its_rules_is_refused(key: str, text: str) -> None:
    with pytest.raises(BadSetting):
        setting(key).parse(text)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("unit.power", " full ", "full"),
        ("paper.copies", "3", 3),
        ("paper.copies", "３", 3),
        ("unit.mark", "云溪", "云溪"),
    ],
)
def test_a_good_value_is_taken_in_its_own_type(key: str, text: str, value: object) -> None:
    assert setting(key).parse(text) == value
