"""Why a value of the ledger was not taken, as a code with facts, and the one place that puts it into words."""

from __future__ import annotations

from enum import StrEnum

from safetydesk.domain.errors import SafetyDeskError


class ProblemReason(StrEnum):
    EMPTY = "empty"
    ERROR_CELL = "error_cell"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NUMBER_RANGE = "number_range"
    UNKNOWN_UNIT = "unknown_unit"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    YEAR_MONTH_ONLY = "year_month_only"
    SHORT_YEAR = "short_year"
    DATE_RANGE = "date_range"
    NOT_YES_NO = "not_yes_no"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_CODE = "not_a_code"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    PHONE_LENGTH = "phone_length"
    PHONE_ZERO_LOST = "phone_zero_lost"
    PRECISION_LOST = "precision_lost"
    COORDINATES_SWAPPED = "coordinates_swapped"
    USCC_LENGTH = "uscc_length"
    USCC_CHARACTERS = "uscc_characters"
    USCC_CHECK_DIGIT = "uscc_check_digit"


class FieldProblem(SafetyDeskError):
    """A value that cannot stand in its field.

    `reason` says why, `value` what was written. Facts: `field` (the label), `key`, `value`, `reason`, and those of the
    reason (`limit`, `low`, `high`, `choices`, `unit`, `expected`, `character`, `suggestion`, `length`).
    """

    code = "bad_value"

    def __init__(self, reason: ProblemReason, value: str, **facts: object) -> None:
        super().__init__(reason=reason.value, value=value, **facts)
        self.reason = reason
        self.value = value

    def about(self, key: str, label: str) -> FieldProblem:
        """The same problem, with the field it is in."""
        facts = {name: fact for name, fact in self.facts.items() if name not in ("reason", "value")}
        return FieldProblem(self.reason, self.value, **{**facts, "key": key, "field": label})


_WORDS: dict[ProblemReason, str] = {
    ProblemReason.EMPTY: "没有填写",
    ProblemReason.ERROR_CELL: "单元格里是公式错误值，请改成实际内容",
    ProblemReason.TOO_LONG: "超过 {limit} 个字，请缩短",
    ProblemReason.NOT_A_NUMBER: "不是数字",
    ProblemReason.NOT_WHOLE: "应当是整数",
    ProblemReason.NUMBER_RANGE: "写的是一个范围，请填一个确定的数",
    ProblemReason.UNKNOWN_UNIT: "看不懂单位“{unit}”，请直接填数字",
    ProblemReason.OUT_OF_RANGE: "超出合理范围（{low} 至 {high}）",
    ProblemReason.NOT_A_DATE: "不是有效日期，请写成 2024-03-05 这样",
    ProblemReason.YEAR_MONTH_ONLY: "只有年月，请补上日",
    ProblemReason.SHORT_YEAR: "年份只有两位，请写全四位",
    ProblemReason.DATE_RANGE: "写的是起止时间，这一栏只填一个日期",
    ProblemReason.NOT_YES_NO: "应当填“是”或“否”",
    ProblemReason.NOT_A_CHOICE: "不在可填范围内，可填：{choices}",
    ProblemReason.NOT_A_CODE: "代码格式不对，应为{form}",
    ProblemReason.NOT_AN_EMAIL: "不像邮箱地址",
    ProblemReason.NOT_A_PHONE: "不像电话号码，这一栏只填号码",
    ProblemReason.PHONE_LENGTH: "号码位数不对，手机号应为 11 位，固定电话要带区号",
    ProblemReason.PHONE_ZERO_LOST: "区号开头的 0 丢了，请补上并把单元格设为文本",
    ProblemReason.PRECISION_LOST: "被表格软件当成数字，末尾几位已经丢失，无法恢复，请按原件重新录入并把单元格设为文本",
    ProblemReason.COORDINATES_SWAPPED: "经度和纬度像是填反了",
    ProblemReason.USCC_LENGTH: "应为 18 位，现为 {length} 位",
    ProblemReason.USCC_CHARACTERS: "第 {position} 位“{character}”不会出现在这里",
    ProblemReason.USCC_CHECK_DIGIT: "校验不符：按前 17 位推算末位应为 {expected}，请对照营业执照检查",
}


def reason_text(problem: FieldProblem) -> str:
    """The reason as a short Chinese phrase, with its facts."""
    phrase = _WORDS[problem.reason].format_map(problem.facts)
    suggestion = problem.facts.get("suggestion")
    return f"{phrase}，是否为“{suggestion}”" if suggestion else phrase
