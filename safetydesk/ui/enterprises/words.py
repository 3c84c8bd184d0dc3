"""What the screen says of an enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.dates import day_text, days_left_text, short_day

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.enterprise_rows import EnterpriseRow


def hazards_text(row: EnterpriseRow) -> str:
    """2（重大 1）; nothing where nothing is open."""
    if not row.open_hazards:
        return ""
    return f"{row.open_hazards}" + (tr("（重大 {count}）", count=row.major_hazards) if row.major_hazards else "")


def hazards_ink(row: EnterpriseRow) -> Colour | None:
    return Colour.MAJOR if row.major_hazards or row.overdue_hazards else None


def hazards_sentence(row: EnterpriseRow) -> str:
    """未闭环 2 条，其中疑似重大 1 条、逾期 1 条."""
    if not row.open_hazards:
        return tr("没有未闭环的隐患")
    parts = [tr("疑似重大 {count} 条", count=row.major_hazards)] if row.major_hazards else []
    parts += [tr("逾期 {count} 条", count=row.overdue_hazards)] if row.overdue_hazards else []
    said = tr("未闭环 {count} 条", count=row.open_hazards)
    return said + (tr("，其中{parts}", parts="、".join(parts)) if parts else "")


def visit_text(row: EnterpriseRow, today: date) -> str:
    return short_day(row.last_visit_on, today) if row.last_visit_on else tr("未检查过")


def visit_ink(row: EnterpriseRow) -> Colour | None:
    return None if row.last_visit_on else Colour.MUTED


def visit_sentence(row: EnterpriseRow, today: date) -> str:
    if row.last_visit_on is None:
        return tr("还没有检查过")
    days = (today - row.last_visit_on).days
    ago = tr("今天") if days == 0 else tr("{days} 天前", days=days)
    return f"{day_text(row.last_visit_on, today)} · {ago}"


def days_left(row: EnterpriseRow, today: date) -> int | None:
    return (row.next_due_on - today).days if row.next_due_on else None


def due_text(row: EnterpriseRow, today: date) -> str:
    """12-06  3 天后到期."""
    left = days_left(row, today)
    return (
        ""
        if row.next_due_on is None or left is None
        else f"{short_day(row.next_due_on, today)}  {days_left_text(left)}"
    )


def due_sentence(row: EnterpriseRow, today: date) -> str:
    left = days_left(row, today)
    if row.next_due_on is None or left is None:
        return tr("没有到期的事")
    return f"{day_text(row.next_due_on, today)} · {days_left_text(left)}"


def phone_text(phone: str) -> str:
    """In the groups in which one dials: 138 0000 1234."""
    plain = phone.strip()
    return (
        f"{plain[:3]} {plain[3:7]} {plain[7:]}" if len(plain) == 11 and plain.isdigit() and plain[0] == "1" else plain
    )
