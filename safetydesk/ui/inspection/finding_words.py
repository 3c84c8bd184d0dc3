"""How gaps and criteria are called beside the finding's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safetydesk.domain.finding_choices import choices
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.walking_words import LevelShown

_LONG_GAP = 8  # characters: a longer one is named by what it asks for


def gap_label(gap: str) -> str:
    """What a gap asks for, short enough to stand beside a field."""
    if len(gap) <= _LONG_GAP and not choices(gap):
        return gap
    if gap.endswith("情形"):
        return tr("情形")
    return gap if len(gap) <= _LONG_GAP else f"{gap[: _LONG_GAP - 1]}…"


def criteria_said(level: LevelShown) -> list[str]:
    """One line for each criterion: what it says, and what it still needs here."""
    lines = []
    for one in level.pointing:
        premise = tr("须先确认：{what}。", what=one.rule.premise) if one.rule.premise else ""
        lines.append(tr("疑似重大：{said}（{article}）。", said=one.text, article=one.article) + premise)
    for one in level.depending:
        confirmed = tr("确认“{what}”的，", what=one.rule.premise or tr("判定情形"))
        lines.append(confirmed + tr("疑似重大：{said}（{article}）。", said=one.text, article=one.article))
    for one, items in level.missing:
        both = tr("{items} 也不符合时，", items="、".join(items))
        lines.append(both + tr("疑似重大：{said}（{article}）。", said=one.text, article=one.article))
    if any(not one.verified for one in (*level.pointing, *level.depending)):
        lines.append(tr("以上归类〔待核〕，最终由有权部门或专家认定。"))
    elif level.pointing:
        lines.append(tr("最终由有权部门或专家认定。"))
    return lines
