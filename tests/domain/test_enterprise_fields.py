from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain import enterprise_fields as fields
from safetydesk.domain import enterprise_size, industry
from safetydesk.domain.enterprise import headers, words
from safetydesk.domain.enterprise_fields import FieldProblem, Group, Kind, ProblemReason, Stored, field, parse

CONTRACT_COLUMNS = (
    "uscc name short_name village zone address registered_address legal_person legal_person_phone principal "
    "principal_phone safety_manager safety_manager_phone contact phone industry industry_code kind headcount revenue "
    "founded_on above_threshold size operating_state longitude latitude risk verified_on note"
)


def value(key, raw, unit=None):
    return parse(field(key), raw, unit=unit)


def reason(key, raw):
    with pytest.raises(FieldProblem) as refused:
        value(key, raw)
    assert fields.reason_text(refused.value)
    return refused.value.reason


def test_the_columns_are_those_of_the_contract():
    assert sorted(fields.COLUMN_KEYS) == sorted(CONTRACT_COLUMNS.split())
    assert field("flags").stored is Stored.FLAG
    assert field("officer").stored is field("grid").stored is Stored.DERIVED


def test_every_field_can_be_told_from_every_other():
    titles: dict[str, str] = {}
    for one in fields.FIELDS:
        for title in {headers.plain_header(title) for title in (one.key, one.label, one.header, *one.aliases)}:
            assert titles.setdefault(title, one.key) == one.key


def test_every_group_and_every_mark_is_there():
    assert {one.group for one in fields.FIELDS} == set(Group)
    assert {one.flag for one in fields.FIELDS if one.flag} <= set(fields.FLAGS)
    assert all(one.choices for one in fields.FIELDS if one.kind in (Kind.CHOICE, Kind.CHOICES))
    assert all(choice in ("", *one.choices) for one in fields.FIELDS for choice in one.words.values())


def test_lists_of_words_agree_with_the_rules():
    assert words.INDUSTRIES == industry.INDUSTRIES
    assert list(words.SIZES) == [size.value for size in enterprise_size.SizeClass]


@pytest.mark.parametrize("key", ["principal_phone", "主要负责人电话", "principal_phone ", "主要负责人手机"])
def test_a_field_is_found_by_key_label_or_title(key):
    assert field(key).key == "principal_phone"


def test_an_unknown_field_is_named():
    with pytest.raises(fields.UnknownField) as unknown:
        field("身份证号")
    assert unknown.value.facts == {"field": "身份证号"}


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("企业名称", "name"),
        ("1、单位名称（全称）", "name"),
        ("*统一社会信用代码", "uscc"),
        ("组织机构代码", "uscc"),
        ("法人", "legal_person"),
        ("负责人", "legal_person"),
        ("单位负责人", "principal"),
        ("联系电话", "phone"),
        ("法人电话", "legal_person_phone"),
        ("企业实际生产/经营地址", "address"),
        ("坐落", "address"),
        ("注册地址", "registered_address"),
        ("企业职工总人数", "headcount"),
        ("年销售收入(万元)", "revenue"),
        ("行业监管大类", "industry"),
        ("国民经济大类", "industry_code"),
        ("规上/规下", "above_threshold"),
        ("安全生产标准化建设情况", "standardization_level"),
        ("专职安全生产管理人员数", "fulltime_safety_count"),
        ("特种作业持证人数", "special_operation_certified_count"),
        ("生产状态", "operating_state"),
        ("企业经度", "longitude"),
        ("网格员", "officer"),
        ("村 （社区）", "village"),
        ("本单位法定代表人", "legal_person"),
    ],
)
def test_the_titles_of_real_sheets_are_known(title, key):
    found = fields.match_header(title)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "title", ["序号", "法定代表人身份证号", "车间主任联系电话", "照片", "", "样溪镇企业名称汇总", "(必填)"]
)
def test_a_title_is_never_matched_by_a_mere_part(title):
    assert fields.match_header(title) is None


@pytest.mark.parametrize(
    ("title", "flag"),
    [
        ("是否有限空间", "有限空间"),
        ("是否涉及有限空间", "有限空间"),
        ("有限空间作业企业", "有限空间"),
        ("爆炸性粉尘企业", "粉尘涉爆"),
        ("是否涉及粉尘涉爆", "粉尘涉爆"),
        ("涉氨制冷企业", "液氨制冷"),
        ("冶金企业", "金属冶炼"),
        ("厂中厂", "厂中厂"),
        ("企业名称", None),
    ],
)
def test_columns_of_one_mark_are_known(title, flag):
    assert fields.match_flag(title) == flag


@pytest.mark.parametrize(
    ("key", "raw", "expected"),
    [
        ("headcount", "120人", 120),
        ("headcount", "约50", 50),
        ("headcount", "１２０", 120),
        ("headcount", 120.0, 120),
        ("headcount", "1,200", 1200),
        ("headcount", "0", 0),
        ("revenue", "3000万", 3000.0),
        ("revenue", "1.2亿", 12000.0),
        ("revenue", "1.2亿元", 12000.0),
        ("revenue", "35000000元", 3500.0),
        ("revenue", 0.1, 0.1),
        ("revenue", "约3千万元", 3000.0),
        ("site_area", "3亩", 2000.0),
        ("longitude", "东经122.571234°", 122.571234),
        ("latitude", "31°14′46″", 31.246111),
        ("ammonia_quantity", "8500kg", 8.5),
        ("model_year", "2025年", 2025),
    ],
)
def test_numbers_lose_their_units(key, raw, expected):
    assert value(key, raw) == expected


def test_the_unit_of_the_title_holds_where_the_cell_names_none():
    unit = headers.header_unit("营业收入(元)", field("revenue"))
    assert value("revenue", "20000000", unit) == 2000.0
    assert value("revenue", 20000000.0, unit) == 2000.0
    assert value("revenue", "2000万", unit) == 2000.0
    assert headers.header_unit("企业名称(全称)", field("name")) is None


@pytest.mark.parametrize(
    ("key", "raw", "why"),
    [
        ("headcount", "10-20人", ProblemReason.NUMBER_RANGE),
        ("headcount", "50人以上", ProblemReason.NUMBER_RANGE),
        ("headcount", "12.5", ProblemReason.NOT_WHOLE),
        ("headcount", "-3", ProblemReason.OUT_OF_RANGE),
        ("headcount", "很多", ProblemReason.NOT_A_NUMBER),
        ("headcount", "1e999", ProblemReason.NOT_A_NUMBER),
        ("headcount", float("nan"), ProblemReason.NOT_A_NUMBER),
        ("revenue", "300美元", ProblemReason.UNKNOWN_UNIT),
        ("headcount", "#REF!", ProblemReason.ERROR_CELL),
        ("longitude", "31.2461", ProblemReason.COORDINATES_SWAPPED),
        ("latitude", 122.5712, ProblemReason.COORDINATES_SWAPPED),
        ("longitude", "200", ProblemReason.OUT_OF_RANGE),
    ],
)
def test_a_number_is_never_guessed(key, raw, why):
    assert reason(key, raw) is why


@pytest.mark.parametrize(
    "raw",
    [
        "2024.3.5",
        "2024/3/5",
        "2024-03-05",
        "2024年3月5日",
        "20240305",
        "２０２４．３．５",
        "2024-03-05 00:00:00",
        "45356",
        45356.0,
        45356,
        20240305.0,
        date(2024, 3, 5),
        datetime(2024, 3, 5, 14, 0),
    ],
)
def test_dates_are_read_however_they_are_written(raw):
    assert value("founded_on", raw) == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("2024年3月", ProblemReason.YEAR_MONTH_ONLY),
        ("2024.3", ProblemReason.YEAR_MONTH_ONLY),
        ("202403", ProblemReason.YEAR_MONTH_ONLY),
        ("2024", ProblemReason.YEAR_MONTH_ONLY),
        ("24.3.5", ProblemReason.SHORT_YEAR),
        ("2024.3-2027.3", ProblemReason.DATE_RANGE),
        ("2024.3.5至2027.3.4", ProblemReason.DATE_RANGE),
        ("2024-02-30", ProblemReason.NOT_A_DATE),
        ("去年", ProblemReason.NOT_A_DATE),
        ("0024-03-05", ProblemReason.NOT_A_DATE),
    ],
)
def test_a_date_is_never_guessed(raw, why):
    assert reason("founded_on", raw) is why


@pytest.mark.parametrize("raw", ["是", "√", "有", "Y", "1", 1.0, True, "涉及", "规上"])
def test_yes(raw):
    assert value("above_threshold", raw) is True


@pytest.mark.parametrize("raw", ["否", "×", "无", "N", "0", 0.0, False, "不涉及", "规下"])
def test_no(raw):
    assert value("above_threshold", raw) is False


@pytest.mark.parametrize("key", ["name", "phone", "headcount", "founded_on", "industry", "uscc", "note"])
@pytest.mark.parametrize("raw", [None, "", "  ", "无", "/", "-", "暂无", "\u00a0", "——"])
def test_words_for_nothing_state_nothing(key, raw):
    assert value(key, raw) is None


@pytest.mark.parametrize(
    ("key", "raw", "expected"),
    [
        ("industry", "有色金属", "有色"),
        ("industry", "机械行业", "机械"),
        ("risk", "红色", "红"),
        ("risk", "1", "红"),
        ("size", "小", "小型"),
        ("size", "待定", "待定"),
        ("kind", "生产型企业", "生产"),
        ("operating_state", "正常", "在产"),
        ("standardization_level", "无", "未创建"),
        ("flags", "有限空间、粉尘涉爆企业，有限空间", ["粉尘涉爆", "有限空间"]),
        ("flags", ["有限空间"], ["有限空间"]),
        ("flags", "无", []),
        ("industry_code", "C3311 金属结构制造", "3311"),
        ("industry_code", 3311.0, "3311"),
        ("division_code", "320500123", "320500123000"),
        ("principal_email", " A.b@example.com ", "A.b@example.com"),
        ("name", "样溪(示例) 有限公司", "样溪（示例）有限公司"),
        ("uscc", "'91350100 m000100y43", "91350100M000100Y43"),
        ("uscc", "110000012345678", "110000012345678"),
        ("uscc", 110000012345678.0, "110000012345678"),
    ],
)
def test_words_and_codes_have_one_form(key, raw, expected):
    assert value(key, raw) == expected


@pytest.mark.parametrize(
    ("key", "raw", "why"),
    [
        ("uscc", "91350100M000100Y44", ProblemReason.USCC_CHECK_DIGIT),
        ("uscc", "9135O100M000100Y43", ProblemReason.USCC_CHARACTERS),
        ("uscc", "91350100M000100", ProblemReason.USCC_LENGTH),
        ("uscc", 9.135010000010005e17, ProblemReason.PRECISION_LOST),
        ("uscc", "913501000001000000", ProblemReason.PRECISION_LOST),
        ("phone", "1.38E+10", ProblemReason.PRECISION_LOST),
        ("phone", "138", ProblemReason.PHONE_LENGTH),
        ("phone", "找门卫", ProblemReason.NOT_A_PHONE),
        ("phone", "、", None),
        ("flags", "有限空间、核辐射", ProblemReason.NOT_A_CHOICE),
        ("industry", "化工", ProblemReason.NOT_A_CHOICE),
        ("above_threshold", "也许", ProblemReason.NOT_YES_NO),
        ("name", "样" * 101, ProblemReason.TOO_LONG),
        ("industry_code", "金属制品业", ProblemReason.NOT_A_CODE),
        ("principal_email", "a@b", ProblemReason.NOT_AN_EMAIL),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(key, raw, why):
    if why is None:
        assert value(key, raw) is None
    else:
        assert reason(key, raw) is why


def test_a_problem_carries_its_field_value_and_facts():
    with pytest.raises(FieldProblem) as refused:
        value("uscc", "91350100M000100Y44")
    assert refused.value.facts | {"expected": "3", "key": "uscc", "field": "统一社会信用代码"} == refused.value.facts
    assert fields.reason_text(refused.value) == "校验不符：按前 17 位推算末位应为 3，请对照营业执照检查"


@pytest.mark.parametrize("why", list(ProblemReason))
def test_every_reason_has_words(why):
    facts = dict.fromkeys(
        ["limit", "low", "high", "unit", "choices", "form", "length", "position", "character", "expected"], "某"
    )
    assert fields.reason_text(FieldProblem(why, "x", **facts))


@given(st.sampled_from(fields.FIELDS), st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.dates()))
def test_any_cell_is_a_value_or_a_problem_and_values_stay(one, raw):
    try:
        first = parse(one, raw)
    except FieldProblem as problem:
        fields.reason_text(problem)
        return
    assert parse(one, first) == first
    assert parse(one, fields.json_value(first)) == first
    assert parse(one, fields.value_text(first) or ("无" if first == [] else "")) == first


def test_a_list_of_marks_replaces_and_a_column_changes_only_its_own():
    assert fields.flags_after(["有限空间", "厂中厂"], None, {"粉尘涉爆": True, "厂中厂": False}) == [
        "粉尘涉爆",
        "有限空间",
    ]
    assert fields.flags_after(["有限空间"], ["锂电"], {}) == ["锂电"]
    assert fields.flags_after(["有限空间"], [], {"喷涂": True}) == ["喷涂"]


def test_gaps_are_shown_not_enforced():
    keys = {one.key for one in fields.missing({"name": "样例厂", "uscc": ""})}
    assert "uscc" in keys
    assert "phone" in keys
    assert "name" not in keys
    assert "note" not in keys
