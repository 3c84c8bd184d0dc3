"""The short lists that everything else is said in. Values are what is stored and what the command line speaks."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    OFFICER = "officer"
    OFFICE = "office"
    COUNTY = "county"


class Power(StrEnum):
    """What the unit may do by law (安全生产法 第九条；行政处罚法 第二十、二十四条). Decides which papers exist."""

    NONE = "none"
    DELEGATED = "delegated"  # in the name of the delegating authority
    FULL = "full"  # the power to penalise was handed down to the township


class Result(StrEnum):
    """The answer to one item. Not checked is never a pass."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NOT_APPLICABLE = "na"
    UNCHECKED = "unchecked"


class Level(StrEnum):
    GENERAL = "general"
    MAJOR = "major"  # suspected, until the competent department or experts say so


class PaperKind(StrEnum):
    RECORD = "record"
    RECTIFICATION = "rectification"
    ADVICE = "advice"
    REINSPECTION = "reinspection"
    MEASURES = "measures"
    SERVICE = "service"
    TRANSFER = "transfer"


class PaperEventKind(StrEnum):
    VOIDED = "voided"
    SERVED = "served"
    REFUSED = "refused"
    SERVICE_UNDONE = "service_undone"  # what was entered as served or refused was a mistake
    PRINTED = "printed"
    REPRINTED = "reprinted"


class Numbering(StrEnum):
    """Whether the papers of one visit share a running number, or every kind counts by itself."""

    VISIT = "visit"
    KIND = "kind"


class InspectionKind(StrEnum):
    ROUTINE = "routine"  # 日常检查
    SPECIAL = "special"  # 专项检查
    LOOK_BACK = "look_back"  # 回头看
    REVISIT = "revisit"  # 回访
    COMPLAINT = "complaint"  # 举报核查
    UNANNOUNCED = "unannounced"  # 暗查暗访


LABELS: dict[StrEnum, str] = {
    Role.OFFICER: "网格专职安全员",
    Role.OFFICE: "镇街应急办",
    Role.COUNTY: "县级应急管理部门",
    Power.NONE: "无执法权",
    Power.DELEGATED: "受委托",
    Power.FULL: "已承接处罚权",
    Result.PASS: "符合",
    Result.FAIL: "不符合",
    Result.NOT_APPLICABLE: "不涉及",
    Result.UNCHECKED: "未查",
    Level.GENERAL: "一般",
    Level.MAJOR: "疑似重大",
    PaperKind.RECORD: "现场检查记录",
    PaperKind.RECTIFICATION: "责令限期整改指令书",
    PaperKind.ADVICE: "限期整改意见书",
    PaperKind.REINSPECTION: "整改复查意见书",
    PaperKind.MEASURES: "现场处理措施决定书",
    PaperKind.SERVICE: "文书送达回证",
    PaperKind.TRANSFER: "移送（报告）函",
    InspectionKind.ROUTINE: "日常检查",
    InspectionKind.SPECIAL: "专项检查",
    InspectionKind.LOOK_BACK: "回头看",
    InspectionKind.REVISIT: "回访",
    InspectionKind.COMPLAINT: "举报核查",
    InspectionKind.UNANNOUNCED: "暗查暗访",
}
