"""The supervised industry (八大行业) of an enterprise from its GB/T 4754 code, by the longest matching prefix.

The table (`resources/codes/industries.yaml`) is passed in. A longer prefix outweighs a shorter one, so an exclusion is
simply a longer entry. What the table does not name belongs to none of the eight: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

INDUSTRIES = ("冶金", "有色", "建材", "机械", "轻工", "纺织", "烟草", "商贸")


@dataclass(frozen=True)
class IndustryRule:
    """Codes that begin with `prefix` belong to `industry` (None: to none of the eight)."""

    prefix: str
    industry: str | None
    verified: bool
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class SupervisedIndustry:
    """What the code says, and by which rule. `open_exclusions`: longer prefixes that a short code leaves open."""

    industry: str | None
    code: str
    rule: IndustryRule | None
    open_exclusions: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        return self.rule is not None and self.rule.verified and not self.open_exclusions


def supervised_industry(code: str, rules: Sequence[IndustryRule]) -> SupervisedIndustry:
    """`code`: two to four digits. A code that no rule knows gives no industry."""
    fitting = [rule for rule in rules if code.startswith(rule.prefix)]
    if not fitting:
        return SupervisedIndustry(None, code, None)
    rule = max(fitting, key=lambda one: len(one.prefix))
    longer = (one for one in rules if one.prefix.startswith(code) and len(one.prefix) > len(code))
    opened = tuple(sorted(one.prefix for one in longer if one.industry != rule.industry))
    return SupervisedIndustry(rule.industry, code, rule, opened)


def explain(found: SupervisedIndustry) -> str:
    """Why, in one sentence for the enterprise's page."""
    if found.rule is None:
        return f"行业代码 {found.code} 不在对照表中，请手工选择监管行业。"
    name = f"（{found.rule.name}）" if found.rule.name else ""
    start = f"行业代码 {found.code} 按 {found.rule.prefix}{name}"
    end = f"归入{found.industry}" if found.industry else "不归入八大行业"
    doubts = []
    if found.open_exclusions:
        doubts.append(f"代码位数少，{'、'.join(found.open_exclusions)} 等另有归属")
    if not found.rule.verified:
        doubts.append("对照关系待核")
    return f"{start}{end}{'；' + '；'.join(doubts) if doubts else ''}。"
