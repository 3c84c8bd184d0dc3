"""What the screen says of a hazard and of what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safetydesk.domain.hazards import HazardEventKind, HazardState
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.dates import day_text, days_left_text, short_day

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.hazard_card import HazardCard, HistoryLine
    from safetydesk.workflows.hazard_list import ListedHazard


def due_text(row: ListedHazard, today: date) -> str:
    """12-06  3 天后到期; what has ended has only the date."""
    said = short_day(row.due, today)
    return said if row.days_left is None else f"{said}  {days_left_text(row.days_left)}"


def state_ink(row: ListedHazard) -> Colour | None:
    match row.state:
        case HazardState.CLOSED:
            return Colour.DONE
        case HazardState.WITHDRAWN:
            return Colour.MUTED
        case _:
            return None


def state_text(row: ListedHazard) -> str:
    """待下文书 as long as no paper names it, whatever was looked at since."""
    if row.days_left is not None and not row.is_on_paper and row.state is not HazardState.FOUND:
        return tr("{state}，未下文书", state=row.state_label)
    return row.state_label


def deadline_text(card: HazardCard, today: date) -> str:
    """The deadline in full, and where it came from if it was moved."""
    said = day_text(card.hazard.due, today)
    if card.hazard.days_left is not None:
        said = f"{said}  {days_left_text(card.hazard.days_left)}"
    return said


def history_text(line: HistoryLine, today: date) -> str:
    """One event in a sentence."""
    if line.kind is HazardEventKind.EXTENDED and line.due is not None:
        said = tr("延期到 {day}", day=day_text(line.due, today))
        if line.before is not None:
            said += tr("，原期限 {day}", day=day_text(line.before, today))
            late = (line.on - line.before).days
            said += tr("（逾期 {days} 天后办理）", days=late) if late > 0 else ""
    else:
        said = line.label
        said += tr("，再限期到 {day}", day=day_text(line.due, today)) if line.due is not None else ""
    if line.paper:
        said += f" {line.paper}"
    return said


def history_note(line: HistoryLine) -> str:
    parts = [line.note] if line.note else []
    if line.consent:
        parts.append(tr("同意延期的部门：{who}", who=line.consent))
    return "\n".join(parts)
