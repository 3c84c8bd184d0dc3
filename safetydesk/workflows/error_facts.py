"""The facts of an error as text: short, on one line, in the words of the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from safetydesk.catalog.errors import Fault
from safetydesk.domain.enterprise_fields import FieldProblem, reason_text
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import LABELS, PaperKind, Power
from safetydesk.domain.uscc import UsccProblem

LONGEST = 160

_TOO_BIG = {
    "file": "文件",
    "unzipped": "解压后的内容",
    "sheets": "工作表",
    "rows": "行数",
    "columns": "列数",
    "cells": "格子",
    "cell": "一格里的字数",
}
_NOT_WRITTEN = {
    "no_space": "磁盘满了",
    "denied": "没有权限，或文件夹是只读的",
    "busy": "文件正在别的程序（例如 Excel）里打开",
    "missing_folder": "文件夹不存在",
}


def said(error: SafetyDeskError) -> dict[str, str]:
    """Every fact as text, labels beside codes. Whatever the facts are, this does not raise."""
    facts = {name: _text(value) for name, value in error.facts.items()}
    for name, label in _LABELS.items():
        if words := label(error.facts):
            facts[name] = words
    if isinstance(error, FieldProblem):
        facts["why"] = _reason(error)
    return facts


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case float():
            return f"{value:g}"
        case tuple() | list() | frozenset() | set():
            return _short("、".join(_text(one) for one in value))
        case _:
            return _short(" ".join(str(value).split()))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _reason(problem: FieldProblem) -> str:
    try:
        return _short(reason_text(problem))
    except KeyError:  # a fact that its words name is missing
        return "填写的内容不能用"


def _kind(facts: Mapping[str, object]) -> str:
    return next((LABELS[kind] for kind in PaperKind if kind == facts.get("kind")), "")


def _power(facts: Mapping[str, object]) -> str:
    return next((LABELS[power] for power in Power if power == facts.get("power")), "")


def _at_line(facts: Mapping[str, object]) -> str:
    return f"第 {_text(facts['line'])} 行，" if facts.get("line") else ""


def _where(facts: Mapping[str, object]) -> str:
    return f"{_text(facts['where'])} 处" if facts.get("where") else ""


def _got(facts: Mapping[str, object]) -> str:
    """What was found instead; of a file that does not open it is the system's English."""
    return f"（{_text(facts['got'])}）" if facts.get("got") and facts.get("what") is not Fault.UNREADABLE else ""


def _found(facts: Mapping[str, object]) -> str:
    return f"（是{_text(facts['found'])}）" if facts.get("found") else ""


def _sheets(facts: Mapping[str, object]) -> str:
    sheets = facts.get("sheets")
    return f"文件里有：{_text(sheets)}。" if sheets else "这个文件不分工作表，请去掉 --sheet。"


def _too_big(facts: Mapping[str, object]) -> str:
    return next((label for what, label in _TOO_BIG.items() if what == facts.get("what")), "内容")


def _not_written(facts: Mapping[str, object]) -> str:
    return next(
        (label for reason, label in _NOT_WRITTEN.items() if reason == facts.get("reason")), "磁盘或文件夹有问题"
    )


def _code_problem(facts: Mapping[str, object]) -> str:
    problem = facts.get("problem")
    if not isinstance(problem, UsccProblem):
        return ""
    match problem.kind.value:
        case "length":
            return f"应有 18 位，现在是 {problem.length} 位"
        case "characters":
            meant = f"，是否为 {problem.suggestion}" if problem.suggestion else ""
            return f"第 {problem.position} 位不能是 {problem.character}{meant}"
        case "check_digit":
            return f"校验码不对，按前 17 位算应为 {problem.expected}"
        case _:
            return "像是被表格软件当成数字，末尾几位已经丢失"


_LABELS: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "kind_label": _kind,
    "power_label": _power,
    "at_line": _at_line,
    "where_is": _where,
    "got_is": _got,
    "found_is": _found,
    "sheets_are": _sheets,
    "what_label": _too_big,
    "reason_label": _not_written,
    "why": _code_problem,
}
