from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safetydesk.domain import uscc
from safetydesk.domain.uscc import UsccProblemKind

KNOWN_GOOD = "91350100M000100Y43"

bodies = st.tuples(
    st.sampled_from(uscc.ALPHABET),
    st.sampled_from(uscc.ALPHABET),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(uscc.ALPHABET, min_size=9, max_size=9),
).map("".join)
codes = bodies.map(lambda body: body + uscc.check_character(body))


def test_the_code_that_everybody_quotes_is_good():
    assert uscc.problem(KNOWN_GOOD) is None


@given(codes)
def test_a_code_with_its_check_character_is_good(code):
    assert uscc.is_valid(code)


@given(codes, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_one_changed_character_is_always_noticed(code, place, other):
    changed = code[:place] + other + code[place + 1 :]
    assert uscc.is_valid(changed) == (changed == code)


@given(codes, st.integers(0, 16))
def test_two_neighbours_swapped_are_always_noticed(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert uscc.is_valid(swapped) == (swapped == code)


@given(codes)
def test_the_expected_check_character_is_named(code):
    assume(code[1] != "E")  # 9E00…: reads as a number that a spreadsheet has spoilt
    other = next(one for one in "2345" if one != code[17])
    found = uscc.problem(code[:17] + other)
    assert found is not None
    assert (found.kind, found.expected) == (UsccProblemKind.CHECK_DIGIT, code[17])


def test_the_check_character_may_be_any_of_the_31():
    seen = {uscc.check_character(f"91000000{number:09d}") for number in range(200)}
    assert seen == set(uscc.ALPHABET)


@given(codes)
def test_normalizing_takes_away_only_what_people_add(code):
    full_width = "".join(chr(ord(one) + 0xFEE0) for one in code.lower())
    spaced = " - ".join((code[:8], code[8:17], code[17:]))
    assert uscc.normalize(full_width) == code
    assert uscc.normalize(f"'{spaced}\n\u00a0") == code


@given(st.text(max_size=40))
def test_normalizing_twice_changes_nothing_more(text):
    assert uscc.normalize(uscc.normalize(text)) == uscc.normalize(text)


@given(st.text(max_size=30))
def test_any_text_gets_a_verdict(text):
    code = uscc.normalize(text)
    found = uscc.problem(code)
    assert found is None or found.kind in UsccProblemKind


@pytest.mark.parametrize(
    ("wrong", "meant"), [("O", "0"), ("I", "1"), ("Z", "2"), ("S", "5"), ("V", None), ("中", None)]
)
def test_a_letter_outside_the_alphabet_is_named_and_what_was_meant_suggested(wrong, meant):
    found = uscc.problem(KNOWN_GOOD[:4] + wrong + KNOWN_GOOD[5:])
    assert found is not None
    assert (found.kind, found.character, found.position, found.suggestion) == ("characters", wrong, 5, meant)


def test_the_region_is_digits():
    found = uscc.problem("91A5010000000000XX")
    assert found is not None
    assert (found.kind, found.position) == (UsccProblemKind.CHARACTERS, 3)


@pytest.mark.parametrize("text", ["", "9135", KNOWN_GOOD + "1", "110000012345678"])
def test_a_code_of_another_length_says_how_long_it_is(text):
    found = uscc.problem(text)
    assert found is not None
    assert (found.kind, found.length) == (UsccProblemKind.LENGTH, len(text))


@pytest.mark.parametrize("text", ["9.13E+17", "9.1350100M0E+17".replace("M0", ""), "9E17", "913501000000000000"])
def test_a_code_that_a_spreadsheet_made_a_number_is_known_as_lost(text):
    found = uscc.problem(uscc.normalize(text))
    assert found is not None
    assert found.kind is UsccProblemKind.PRECISION_LOST


def test_fifteen_digits_are_an_old_registration_number():
    assert uscc.is_old_registration("110000012345678")
    assert not uscc.is_old_registration("11000001234567X")
    assert not uscc.is_old_registration(KNOWN_GOOD)


def test_the_organisation_part_is_only_a_warning():
    assert uscc.is_valid(KNOWN_GOOD)
    good = "91000000" + "MA000001" + "5"
    code = good + uscc.check_character(good)
    odd = good[:16] + "6"
    assert not uscc.has_odd_organisation_part(code)
    assert uscc.has_odd_organisation_part(odd + uscc.check_character(odd))
    assert uscc.is_valid(odd + uscc.check_character(odd))


def test_a_check_character_is_only_for_seventeen_characters():
    with pytest.raises(ValueError):
        uscc.check_character("91350100M000100Y4O"[:17] + "1")
    with pytest.raises(ValueError):
        uscc.check_character("9135O100M000100Y4")
