"""The facts of an error as text: short, on one line, in the words of the office."""

from __future__ import annotations

from datetime import date

from safetydesk.domain.enterprise_fields import FieldProblem, reason_text
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import LABELS, PaperKind, Power
from safetydesk.domain.uscc import UsccProblem

LONGEST = 160


def said(error: SafetyDeskError) -> dict[str, str]:
    """Every fact as text; labels beside codes."""
    facts = {name: _text(value) for name, value in error.facts.items()}
    match error.facts.get("kind"):
        case str() as kind if kind in tuple(PaperKind):
            facts["kind_label"] = LABELS[PaperKind(kind)]
    match error.facts.get("power"):
        case str() as power:
            facts["power_label"] = LABELS[Power(power)]
    match error.facts.get("problem"):
        case UsccProblem() as problem:
            facts["why"] = _code_problem(problem)
    if isinstance(error, FieldProblem):
        facts["why"] = reason_text(error)
    return facts


def _text(value: object) -> str:
    match value:
        case date():
            return value.isoformat()
        case float():
            return f"{value:g}"
        case tuple() | list() | frozenset():
            return "、".join(_text(one) for one in value)[:LONGEST]
        case _:
            return " ".join(str(value).split())[:LONGEST]


def _code_problem(problem: UsccProblem) -> str:
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
