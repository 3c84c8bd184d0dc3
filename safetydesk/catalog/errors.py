"""What can be wrong with a checklist, a legal reference or the catalog's files."""

from __future__ import annotations

from enum import StrEnum

from safetydesk.domain.errors import SafetyDeskError


class Fault(StrEnum):
    """What is wrong with a file, in words that a clerk can act on: the fact `what` of BadTemplate."""

    UNREADABLE = "文件打不开"
    NOT_A_FILE = "不是普通文件"
    TOO_LARGE = "文件过大"
    NOT_UTF8 = "不是 UTF-8 编码的文本"
    NOT_YAML = "格式有错，读不下去"
    EMPTY = "没有内容"
    SEVERAL_DOCUMENTS = "一个文件里有多份内容"
    TOO_DEEP = "嵌套层数过多"
    TOO_MANY_VALUES = "内容条数过多"
    TOO_LONG = "文字过长"
    CONTROL_CHARACTER = "含有看不见的控制字符或换行"
    ALIAS = "使用了引用（& 或 *）"
    TAG = "使用了类型标记（!）"
    DIRECTIVE = "使用了 % 开头的指令"
    BAD_KEY = "字段名不是文字"
    DUPLICATE_KEY = "同一字段写了两次"
    UNKNOWN_FIELD = "不认识的字段"
    MISSING_FIELD = "缺少必填字段"
    WRONG_TYPE = "内容的类型不对"
    OUT_OF_RANGE = "内容超出允许范围"
    UNKNOWN_VALUE = "不在可选值之内"
    WRONG_SHAPE = "写法不符合规定"
    NOT_FINITE = "数值不是有限的数"
    UNKNOWN_UNIT = "不认识的单位"
    NO_BOUND = "限值既没有下限也没有上限"
    WITH_MISSING = "叠加判定没有写明叠加项"
    WITH_UNEXPECTED = "不是叠加判定，不应写叠加项"
    PREMISE_MISSING = "有条件的判定没有写明条件"
    BARE_MISSING = "问题描述留有〔〕空格，却没有写明不填空格时的表述（bare）"
    GAP_IN_BARE = "不填空格时的表述（bare）里不应再有〔〕"
    GAP_NOT_CLOSED = "问题描述的〔〕没有成对，或者中间没有文字"


class Reference(StrEnum):
    """What a broken reference was meant to point at: the fact `kind` of BrokenReference."""

    LAW = "法规"
    CRITERION = "重大隐患判定项"
    ITEM = "检查项"
    SECTION = "分组"
    DUPLICATE_ITEM = "重复的检查项编号"
    DUPLICATE_SECTION = "重复的分组"
    DUPLICATE_LIMIT = "重复的限值"
    INVERTED_LIMIT = "下限大于上限的限值"


class CatalogError(SafetyDeskError):
    """Something about checklists, laws or criteria cannot be used."""

    code = "catalog"


class BadTemplate(CatalogError):
    """A file is not a checklist (or not a law index). Facts: file, where, line, what, got."""

    code = "bad_template"

    def __init__(self, *, file: str, what: Fault, where: str = "", line: int | None = None, got: str = "") -> None:
        super().__init__(file=file, where=where, line=line, what=what, got=got)
        self.what, self.where, self.line = what, where, line


class BrokenReference(CatalogError):
    """A well-formed file names what does not exist, or contradicts itself. Facts: file, item, line, kind, key."""

    code = "broken_reference"

    def __init__(self, *, file: str, item: str, kind: Reference, key: str, line: int | None = None) -> None:
        super().__init__(file=file, item=item, line=line, kind=kind, key=key)
        self.item, self.kind, self.key, self.line = item, kind, key, line


class BasisNotInForce(CatalogError):
    """An item cites, as binding, a law that is repealed or not yet in force. Facts: file, item, law, since, until."""

    code = "basis_not_in_force"


class UnknownChecklist(CatalogError):
    """No shipped checklist has this id. Facts: id, known."""

    code = "unknown_checklist"


class UnknownLaw(CatalogError):
    """The law index has no such key. Facts: key."""

    code = "unknown_law"


class UnknownCriterion(CatalogError):
    """The standard of major hazards has no such item. Facts: id."""

    code = "unknown_criterion"
