"""Which field a column title means.

Ambiguous titles, by decision: 负责人 is the legal person (a sheet that also has 法定代表人 means the principal by it);
电话, 手机 and 联系方式 are the number of the day-to-day contact, and where a sheet has several of them, each belongs to
the person in the column before it. Both need the neighbours, so `assign` in `spreadsheets.columns` settles them.
A title is never matched by a mere part: 法定代表人身份证号 is not 法定代表人.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from types import MappingProxyType

from safetydesk.domain.cleaning import half_width
from safetydesk.domain.enterprise import words
from safetydesk.domain.enterprise.field import Field
from safetydesk.domain.enterprise.registry import FIELDS
from safetydesk.domain.enterprise.values import conversion

PHONE_OF_PERSON = MappingProxyType(
    {
        "legal_person": "legal_person_phone",
        "principal": "principal_phone",
        "safety_manager": "safety_manager_phone",
        "contact": "phone",
    }
)
_BARE_PHONES = frozenset(["电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "移动电话", "电话号码"])
_BARE_PERSONS = frozenset(["负责人", "负责人姓名"])

_MARKS = re.compile(
    r"[\s*★☆※▲●:。]+|^[(\[]?\d{1,3}[)\].、]+|^[一二三四五六七八九十]+、|[(\[](?:必填|选填|必填项|选填项)[)\]]"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_UNIT = re.compile(r"[(\[](?:单位:?)?([^()\[\]]{1,6})[)\]]|/([^/()]{1,3})$")
_PREFIXES = (
    "企业",
    "单位",
    "公司",
    "本企业",
    "本单位",
    "该企业",
    "工贸企业",
    "所属",
    "所在",
    "现有",
    "目前",
    "是否为",
    "是否",
)
_SUFFIXES = ("情况", "信息", "姓名", "全称", "名称", "数量", "数")
_FLAG_PREFIXES = (
    "是否属于",
    "是否涉及",
    "是否存在",
    "是否使用",
    "是否有",
    "是否为",
    "是否",
    "有无",
    "属于",
    "涉及",
    "存在",
    "使用",
)
_FLAG_SUFFIXES = re.compile("(作业)?(企业|单位|场所)?(情况)?$")


def plain_header(text: str) -> str:
    """A title without blanks, numbering and marks, half-width and in upper case."""
    return _MARKS.sub("", half_width(text)).upper()


def match_header(text: str) -> Field | None:
    """The field a title means, by key, label or alias; brackets and words like 企业…, …情况 may stand around it."""
    index = _index()
    for candidate in _readings(plain_header(text)):
        if candidate in index:
            return index[candidate]
    return None


def match_flag(text: str) -> str | None:
    """The high-risk mark that a yes/no column is about: 是否涉及有限空间, 粉尘涉爆企业, 液氨."""
    plain = _BRACKETS.sub("", plain_header(text))
    asked = [plain, *(plain.removeprefix(prefix) for prefix in _FLAG_PREFIXES if plain.startswith(prefix))]
    for candidate in (*asked, *(_FLAG_SUFFIXES.sub("", one, count=1) for one in asked)):
        if candidate in words.FLAGS or candidate in words.FLAG_WORDS:
            return words.FLAG_WORDS.get(candidate, candidate)
    return None


def is_exact(text: str, field: Field) -> bool:
    """Whether a title is a key, label or alias word for word: such a column goes before one that only resembles it."""
    return _index().get(plain_header(text)) is field


def is_own_title(text: str, field: Field) -> bool:
    return plain_header(text) in {plain_header(own) for own in (field.key, field.label, field.header)}


def is_bare_phone(text: str) -> bool:
    return _without_brackets(plain_header(text)) in _BARE_PHONES


def is_bare_person(text: str) -> bool:
    return _without_brackets(plain_header(text)) in _BARE_PERSONS


def header_unit(text: str, field: Field) -> str | None:
    """The unit a title names, if values of the field can be brought from it to their own: 营业收入(元)."""
    for found in _UNIT.finditer(half_width(text).replace(" ", "")):
        unit = found[1] or found[2]
        if field.unit and conversion(unit, field.unit) is not None:
            return unit
    return None


def _readings(plain: str) -> Iterable[str]:
    yield plain
    bare = _without_brackets(plain)
    yield bare
    shorter = [bare.removeprefix(prefix) for prefix in _PREFIXES if bare.startswith(prefix)]
    yield from shorter
    for start in (bare, *shorter):
        yield from (start.removesuffix(suffix) for suffix in _SUFFIXES if start.endswith(suffix) and start != suffix)


def _without_brackets(plain: str) -> str:
    return re.sub(r"/(万?元|人|㎡)$", "", _BRACKETS.sub("", plain))


@cache
def _index() -> dict[str, Field]:
    index: dict[str, Field] = {}
    for field in FIELDS:
        for title in (field.key, field.label, field.header, *field.aliases):
            index.setdefault(plain_header(title), field)
    return index
