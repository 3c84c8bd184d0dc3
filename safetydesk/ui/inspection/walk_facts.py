"""From the walk's state to what its parts show: marks, findings, places, words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safetydesk.domain.checklist import Concerns
from safetydesk.domain.deadlines import due_date
from safetydesk.domain.kinds import Level, Result
from safetydesk.ui.inspection.findings_pane import FindingLine
from safetydesk.ui.inspection.strip import StripItem, StripSection
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.ui.inspection.walk_model import WalkModel
    from safetydesk.ui.inspection.walk_photo_model import PhotoTrouble
    from safetydesk.workflows.answering import AnswerInput
    from safetydesk.workflows.walking_shapes import AnswerState, ItemShown, Walk

_MOST_NAMED = 3


def strip_of(walk: Walk, model: WalkModel) -> list[StripSection]:
    """Every section with its marks."""
    failed = model.failed
    return [
        StripSection(section.title, tuple(_mark(walk, model, item, failed) for item in section.items))
        for section in walk.sections
    ]


def finding_lines(walk: Walk, model: WalkModel) -> list[FindingLine]:
    """What failed and is the enterprise's, in the order of the checklist."""
    failed = model.failed
    lines = []
    for position, item in enumerate(model.items):
        if item.id not in failed or item.item.concerns is Concerns.OFFICER:
            continue
        lines += [_line(walk, model, item, state, position, failed) for state in _failing(walk, item.id)]
    return lines


def major_count(lines: Sequence[FindingLine]) -> int:
    return sum(line.level is Level.MAJOR for line in lines)


def places_of(walk: Walk) -> list[str]:
    """Places named on this visit, the latest first, then the enterprise's objects."""
    states = sorted(walk.answers.values(), key=lambda state: state.answered_at, reverse=True)
    said = [state.place for state in states if state.place]
    return list(dict.fromkeys([*said, *(one.name for one in walk.objects)]))


def is_stored(one: AnswerInput, walk: Walk | None) -> bool:
    """Whether the store says this already. Only the parts that the answer speaks of are looked at."""
    state = walk.answers.get((one.item, one.object)) if walk is not None else None
    if one.readings or "readings" in one.cleared:
        return False
    parts = {
        "note": (one.note or "", state.note if state else ""),
        "place": (one.place or "", state.place if state else ""),
        "filled": (dict(one.filled), dict(state.filled) if state else {}),
        "level": (one.level, state.level if state else None),
        "deadline": (one.deadline, state.deadline if state else None),
    }
    if one.result is not (state.result if state else Result.UNCHECKED):
        return False
    return all(said == stored for name, (said, stored) in parts.items() if name in one.cleared)


def photo_words(trouble: PhotoTrouble) -> str:
    """Which pictures were not taken and why; nothing where all were."""
    if not trouble.bad:
        return ""
    from safetydesk.workflows.error_texts import words_for

    rest = tr("其余 {count} 张已添加。", count=trouble.taken) if trouble.taken else ""
    if len(trouble.bad) == 1:
        return words_for(trouble.bad[0][1]).message + rest
    names = "、".join(name for name, _ in trouble.bad[:_MOST_NAMED])
    more = tr(" 等 {count} 个文件", count=len(trouble.bad)) if len(trouble.bad) > _MOST_NAMED else ""
    return tr("没有添加：{names}{more}，不是照片或已损坏。", names=names, more=more) + rest


def _mark(walk: Walk, model: WalkModel, item: ItemShown, failed: list[str]) -> StripItem:
    result = model.result_of(item.id)
    major = result is Result.FAIL and any(
        _level(walk, item, state, failed) is Level.MAJOR for state in _failing(walk, item.id)
    )
    return StripItem(item.number - 1, item.item.text, result, major)


def _failing(walk: Walk, item: str) -> list[AnswerState]:
    return [state for key, state in walk.answers.items() if key[0] == item and state.result is Result.FAIL]


def _level(walk: Walk, item: ItemShown, state: AnswerState, failed: list[str]) -> Level:
    from safetydesk.workflows.judging import judged_level

    return judged_level(walk.checklist, item.id, failed, state.level).level


def _line(
    walk: Walk, model: WalkModel, item: ItemShown, state: AnswerState, position: int, failed: list[str]
) -> FindingLine:
    from safetydesk.workflows import walking_words

    place = state.place or next((one.name for one in walk.objects if one.id == state.object), "")
    text = walking_words.preview_stored(item.item, state, place)
    due = state.deadline or due_date(walk.started_on, item.item.days)
    days = (due - walk.started_on).days
    word = tr("立即") if days == 0 else tr("{days} 天，{month} 月 {day} 日", days=days, month=due.month, day=due.day)
    return FindingLine(position, item.number, text, _level(walk, item, state, failed), word, model.at == position)
