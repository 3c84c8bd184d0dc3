"""Which failed items make a major hazard (重大事故隐患) likely.

The standard (应急管理部令第10号) decides by criterion; most hold alone, 第十三条第（一）项 needs both halves ("并且").
Whatever comes out is a suspicion: the competent authority or an expert confirms it, never the program.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from safetydesk.domain.checklist import Checklist, ChecklistItem, MajorRule, When


class Combination(StrEnum):
    """How the circumstances named by one criterion combine."""

    ONE = "one"
    ANY = "any"
    ALL = "all"

    @property
    def label(self) -> str:
        return {Combination.ONE: "单一情形", Combination.ANY: "居一即成立", Combination.ALL: "须同时成立"}[self]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One item of the standard in our words. `applies` holds codes (see `APPLIES_TO`); `exceptions` are to be asked."""

    id: str
    article: str
    group: str
    applies: tuple[str, ...]
    text: str
    look: str
    rule: Combination
    exceptions: tuple[str, ...]
    verified: bool
    look_verified: bool
    note: str | None = None


APPLIES_TO: dict[str, str] = {
    "ALL": "所有工贸企业",
    "SMELT": "金属冶炼企业",
    "MET": "冶金企业",
    "NFM": "有色企业",
    "BM": "建材企业",
    "MCH": "机械企业",
    "LT": "轻工企业",
    "TX": "纺织企业",
    "TB": "烟草企业",
    "DUST": "存在粉尘爆炸危险的工贸企业",
    "NH3": "使用液氨制冷的工贸企业",
    "CS": "有中毒风险的有限空间作业的工贸企业",
}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A failed item points at a criterion. `together_with` are the failed items that complete it.

    `premise`, where given, still has to be confirmed on site; for `when` DEPENDS nothing is suspected until it is.
    """

    item: str
    criterion: str
    when: When
    together_with: tuple[str, ...] = ()
    premise: str | None = None
    verified: bool = False

    @property
    def needs_confirmation(self) -> bool:
        """The facts seen do not carry it alone: the officer has to say that the premise holds."""
        return self.when is When.DEPENDS or self.premise is not None


def suspected(checklist: Checklist, failed: Iterable[str]) -> list[Suspicion]:
    """All suspicions that the failed items raise, in checklist order whatever order they were found in.

    Ids that the checklist does not have are passed over: an older version of it may have had them.
    """
    failed_ids = frozenset(failed)
    return [
        suspicion
        for item in checklist.items
        if item.id in failed_ids
        for rule in item.major
        if (suspicion := _suspicion(item, rule, failed_ids)) is not None
    ]


def suspected_criteria(suspicions: Iterable[Suspicion]) -> dict[str, tuple[Suspicion, ...]]:
    """The same by criterion: one criterion is one major hazard, however many items point at it."""
    grouped: dict[str, list[Suspicion]] = {}
    for suspicion in suspicions:
        grouped.setdefault(suspicion.criterion, []).append(suspicion)
    return {criterion: tuple(grouped[criterion]) for criterion in sorted(grouped)}


def _suspicion(item: ChecklistItem, rule: MajorRule, failed: Collection[str]) -> Suspicion | None:
    others = tuple(other for other in rule.with_items if other in failed and other != item.id)
    if rule.when is When.TOGETHER and not others:
        return None
    return Suspicion(
        item=item.id,
        criterion=rule.criterion,
        when=rule.when,
        together_with=others if rule.when is When.TOGETHER else (),
        premise=rule.premise,
        verified=rule.verified,
    )
