"""The words of every understandable problem."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from string import Formatter

import pytest

import safetydesk
from safetydesk.catalog.errors import BadTemplate, BrokenReference, Fault, Reference
from safetydesk.domain.enterprise_fields import FieldProblem, ProblemReason
from safetydesk.domain.errors import IntegrityError, SafetyDeskError
from safetydesk.domain.uscc import UsccProblem, UsccProblemKind
from safetydesk.spreadsheets.errors import FileNotWritten, SheetMissing, TooBig, WrongKindOfFile
from safetydesk.workflows import error_facts
from safetydesk.workflows.error_texts import ERROR_TEXTS, Words, words_for
from safetydesk.workflows.finding import BadCode

WITHOUT_FACTS = {"usage", "integrity", "refused"}
CHINESE = re.compile("[\u4e00-\u9fff]")
COMMAND = re.compile(
    r"apt-get install|safetydesk [a-z -]+|--?[a-z][a-z-]*|[A-Z]+_[A-Z]+|\.sdbackup|sslmode=[a-z-]+|verify-full|SAFETYDESK_[A-Z]+"
)
NAMES = re.compile(
    r"\b(PDF|JPEG|PNG|HEIC|JSON|USB|xlsx|csv|item|result|object|advice|rectification|name|unit\.power|paper void|"
    r"MH-\d+-\d+|T\d+:\d+:\d+|paper list|law list|hazard list)\b"
)


def import_everything() -> None:
    for module in pkgutil.walk_packages(safetydesk.__path__, "safetydesk."):
        if not module.name.endswith(("__main__", "migrations.env")):
            importlib.import_module(module.name)


def below(kind: type[SafetyDeskError]) -> Iterator[type[SafetyDeskError]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def classes() -> list[type[SafetyDeskError]]:
    import_everything()
    return sorted(
        {one for one in below(SafetyDeskError) if one.__module__.startswith("safetydesk.")}, key=lambda c: c.code
    )


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_problem_has_words_of_its_own() -> None:
    missing = [f"{one.__module__}.{one.__qualname__}: {one.code}" for one in classes() if one.code not in ERROR_TEXTS]
    assert missing == []


def test_every_class_says_its_code_itself() -> None:
    assert [one.__qualname__ for one in classes() if "code" not in vars(one)] == []


def test_a_code_means_one_thing() -> None:
    by_code: dict[str, set[str]] = {}
    for one in classes():
        by_code.setdefault(one.code, set()).add(one.__qualname__)
    shared = {code: names for code, names in by_code.items() if len(names) > 1}
    assert shared == {}


def test_no_words_are_left_without_a_problem() -> None:
    assert set(ERROR_TEXTS) - {one.code for one in classes()} == {"refused"}


def test_words_are_plain_chinese_with_a_way_out() -> None:
    texts = [text for words in ERROR_TEXTS.values() for text in (words.message, words.hint)]
    for text in texts:
        plain = NAMES.sub("", COMMAND.sub("", re.sub(r"\{\w+\}", "", text)))
        assert not re.search(r"[A-Za-z]{3,}", plain), plain
        assert CHINESE.search(text) or text == "{sheets_are}"
        assert text.endswith(("。", "}")), text
        assert "{{" not in text


@pytest.mark.parametrize("one", classes(), ids=lambda one: one.__qualname__)
def test_every_fact_in_the_words_is_named_by_the_class(one: type[SafetyDeskError]) -> None:
    words = ERROR_TEXTS[one.code]
    named = set(re.findall(r"\w+", one.__doc__ or ""))
    unknown = placeholders(words.message + words.hint) - named - set(error_facts._LABELS)
    assert unknown == set()


@pytest.mark.parametrize("one", classes(), ids=lambda one: one.__qualname__)
def test_words_come_whatever_the_facts_are(one: type[SafetyDeskError]) -> None:
    odd = {"kind": 7, "power": "x", "problem": "y", "line": [], "what": {}, "sheets": 3, "reason": None, "given": "{a}"}
    for facts in ({}, odd, dict.fromkeys(odd), dict.fromkeys(odd, "长" * 5000)):
        error = one.__new__(one)
        SafetyDeskError.__init__(error, **facts)
        vars(error).setdefault("reason", ProblemReason.TOO_LONG)  # what FieldProblem keeps beside its facts
        words = words_for(error)
        assert isinstance(words, Words)
        assert len(words.message) < 1500


def test_braces_in_a_fact_are_plain_characters() -> None:
    assert "{why} {0}" in words_for(WrongKindOfFile(file="{why} {0}", found=None)).message


def test_facts_are_said_in_the_words_of_the_office() -> None:
    lost = UsccProblem(UsccProblemKind.CHARACTERS, character="O", position=3, suggestion="0")
    said = {
        words_for(BadCode(given="9O", problem=lost)).message: "第 3 位不能是 O，是否为 0",
        words_for(TooBig(file="a.xlsx", what="rows", limit=200_000)).message: "行数超过 200000",
        words_for(FileNotWritten(file="a.xlsx", reason="busy")).message: "Excel）里打开",
        words_for(WrongKindOfFile(file="a", found="图片")).message: "表格文件（是图片）",
        words_for(SheetMissing(sheet="甲", sheets=("乙", "丙"))).hint: "文件里有：乙、丙。",
        words_for(SheetMissing(sheet="甲", sheets=())).hint: "不分工作表",
        words_for(
            BadTemplate(file="a.yaml", what=Fault.UNREADABLE, got="No such file")
        ).message: "没有采用：文件打不开。",
        words_for(
            BadTemplate(file="a.yaml", what=Fault.TOO_LONG, line=3, where="items[0].text")
        ).message: "第 3 行，items",
        words_for(
            BrokenReference(file="a", item="CS-01", kind=Reference.LAW, key="x")
        ).message: "没有采用：检查项 CS-01 的法规“x”",
        words_for(
            FieldProblem(ProblemReason.TOO_LONG, "长", limit=5).about("name", "企业名称")
        ).message: "“企业名称”没有采用“长”：超过 5 个字",
    }
    for message, part in said.items():
        assert part in message


def test_no_value_of_python_shows_through() -> None:
    from safetydesk.domain.deadlines import DueBeforeInspection

    words = words_for(DueBeforeInspection(due=date(2026, 11, 1), inspected_on=date(2026, 11, 2), item="CS-01"))
    assert "2026-11-01 早于检查日 2026-11-02" in words.message
    assert "None" not in words_for(BadTemplate(file="a", what=Fault.NOT_YAML)).message


def test_damage_is_a_branch_of_its_own() -> None:
    damaged = {one.code for one in classes() if issubclass(one, IntegrityError)}
    assert {"damaged_store", "missing_blob", "damaged_key_file", "file_unreadable"} <= damaged
    assert damaged.isdisjoint({"wrong_passphrase", "not_a_pdf", "not_a_photo", "disk_full"})
