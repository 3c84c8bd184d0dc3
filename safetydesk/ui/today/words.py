"""What a line of the day says: what, why it is here, how long yet, and what its button does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safetydesk.domain.hazards import HazardState
from safetydesk.ui.text import tr
from safetydesk.ui.widgets.dates import day_text, days_left_text

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.today import Band, DayLine, NextVisit


def band_text(band: Band) -> str:
    return {"overdue": tr("已逾期"), "today": tr("今天"), "week": tr("七天内"), "later": tr("以后")}[band.value]


def what_text(line: DayLine) -> str:
    match line.task.value:
        case "continue":
            return tr("检查还没有结束")
        case "issue":
            return tr("查出 {count} 条隐患，还没有下文书", count=line.count)
        case _:
            return line.text


def why_text(line: DayLine, today: date) -> str:
    """In one clause: what happened last and until when it was to be mended."""
    match line.task.value:
        case "continue":
            return tr("{day}开始", day=_since(line.since, today))
        case "issue":
            due = line.due or line.since
            return tr("{day}检查，最早 {due}到期", day=_since(line.since, today), due=day_text(due, today))
        case _:
            return tr("{state}，期限 {due}", state=_state(line), due=day_text(line.due or line.since, today))


def where_text(line: DayLine) -> str:
    return " · ".join(part for part in (line.enterprise, line.village) if part)


def days_text(line: DayLine, today: date) -> str:
    if line.days_left is not None and line.task.value == "recheck":
        return days_left_text(line.days_left)
    if line.days_left is not None and line.days_left < 0:
        return days_left_text(line.days_left)
    days = (today - line.since).days
    if line.task.value == "continue":
        return tr("今天开始") if days <= 0 else tr("{days} 天前开始", days=days)
    return tr("今天检查") if days <= 0 else tr("{days} 天前检查", days=days)


def button_text(line: DayLine) -> str:
    return {"continue": tr("继续检查"), "issue": tr("出文书"), "recheck": tr("复查")}[line.task.value]


def spoken(line: DayLine, today: date) -> str:
    """The whole line for a screen reader."""
    parts = (what_text(line), line.enterprise, why_text(line, today), days_text(line, today), button_text(line))
    return "，".join(part for part in parts if part)


def next_visit_text(visit: NextVisit, today: date) -> str:
    where = tr("（{village}）", village=visit.village) if visit.village else ""
    name = f"{visit.enterprise}{where}"
    if visit.last_on is None:
        return tr("{name}还没有检查过。", name=name)
    return tr("{name}最久没有检查，上次是 {day}。", name=name, day=day_text(visit.last_on, today))


def _since(day: date, today: date) -> str:
    return tr("今天") if day == today else tr("{day}", day=day_text(day, today))


def _state(line: DayLine) -> str:
    match line.state:
        case HazardState.OPEN:
            return tr("上次复查没有通过")
        case HazardState.PARTIAL:
            return tr("上次复查改了一部分")
        case HazardState.TRANSFERRED:
            return tr("已移送，等结果")
        case _:
            return tr("已下文书")
