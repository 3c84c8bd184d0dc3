from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain import cleaning, phone
from safetydesk.domain.phone import NotAPhone, PhoneProblem


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  样例厂\u00a0", "样例厂"),
        ("ＡＢ１２－３", "AB12－3"),
        ("张 三", "张三"),
        ("张\n三", "张三"),
        ("Ａ  B\r\nC", "A B C"),
        ("'样例厂", "样例厂"),
        ("样\u200b例\ufeff厂\u0007", "样例厂"),
        ("样例厂 A座 3楼", "样例厂 A座 3楼"),
        ("工业路１８８号，二楼", "工业路188号，二楼"),
    ],
)
def test_text_is_made_plain(written, clean):
    assert cleaning.clean_text(written) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = cleaning.clean_text(text)
    assert cleaning.clean_text(once) == once
    assert cleaning.clean_lines(cleaning.clean_lines(text)) == cleaning.clean_lines(text)
    assert cleaning.clean_name(cleaning.clean_name(text)) == cleaning.clean_name(text)
    assert cleaning.half_width(cleaning.half_width(text)) == cleaning.half_width(text)


@given(st.text())
def test_clean_text_can_be_stored_anywhere(text):
    clean = cleaning.clean_text(text)
    clean.encode("utf-8")
    assert not any(ord(one) < 0x20 for one in clean)
    assert clean == clean.strip()


def test_lines_stay_lines_in_remarks():
    assert cleaning.clean_lines(" 一、甲 \r\n\r\n 二、 乙 ") == "一、甲\n二、乙"


@pytest.mark.parametrize("written", ["样溪(示例)厂", "样溪（示例）厂", "样溪 (示例) 厂", "样溪（ 示例 ）厂"])
def test_names_have_full_width_brackets(written):
    assert cleaning.clean_name(written) == "样溪（示例）厂"


@pytest.mark.parametrize("word", ["", "无", "/", "-", "——", "暂无", "N/A", "null", "不详"])
def test_words_for_nothing_are_nothing(word):
    assert cleaning.is_blank(word)


@pytest.mark.parametrize("word", ["0", "无锡", "-1", "样例"])
def test_other_words_are_something(word):
    assert not cleaning.is_blank(word)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (13800000000.0, "13800000000"),
        (9.135e17, "9.135E+17"),
        (12.5, "12.5"),
        (True, "是"),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 8, 30), "2024-03-05 08:30:00"),
    ],
)
def test_a_raw_value_looks_as_in_its_cell(raw, text):
    assert cleaning.raw_text(raw) == text


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1.38E+10", None),
        ("1.3800000000E+10", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("abc", None),
        ("-5", None),
        ("1.5", None),
        ("1E400", None),
    ],
)
def test_digits_come_back_only_where_each_is_known(text, digits):
    assert cleaning.whole_digits(text) == digits


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("19400000861", "19400000861"),  # 0086 inside a number is no country
        ("051288888888", "0512-88888888"),
        ("(0512)88888888", "0512-88888888"),
        ("0512-88888888-801", "0512-88888888转801"),
        ("0512-88888888转801", "0512-88888888转801"),
        ("010 12345678", "010-12345678"),
        ("88888888", "88888888"),
        ("400-123-4567", "4001234567"),
        ("95588", "95588"),
        ("13800000000.0", "13800000000"),
        ("13800000001/13800000002", "13800000001、13800000002"),
        ("13800000001 13800000002", "13800000001、13800000002"),
        ("13800000001、0512-88888888\n13800000001", "13800000001、0512-88888888"),
        ("", ""),
    ],
)
def test_phones_have_one_form(written, canonical):
    assert phone.canonical(written) == canonical
    assert phone.canonical(canonical) == canonical


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("1380000000", PhoneProblem.LENGTH),
        ("138000000001", PhoneProblem.LENGTH),
        ("1.38E+10", PhoneProblem.PRECISION_LOST),
        ("51288888888", PhoneProblem.ZERO_LOST),
        ("张三13800000000", PhoneProblem.FORM),
        ("13800000001、同上", PhoneProblem.FORM),
        ("12345678901", PhoneProblem.LENGTH),
    ],
)
def test_what_is_no_phone_says_why(written, problem):
    with pytest.raises(NotAPhone) as refused:
        phone.canonical(written)
    assert refused.value.problem is problem


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(
    st.lists(mobiles, min_size=1, max_size=4, unique=True), st.sampled_from(["、", "/", "；", " ", ",", "\n", " 或 "])
)
def test_every_mobile_of_a_cell_is_found(numbers, separator):
    assert phone.phones(separator.join(numbers)) == tuple(numbers)


@given(st.text(max_size=30))
def test_any_text_is_phones_or_refused(text):
    try:
        found = phone.canonical(text)
    except NotAPhone:
        return
    assert phone.canonical(found) == found
