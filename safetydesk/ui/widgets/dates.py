"""Dates and days as an office writes them."""

from __future__ import annotations

from datetime import date, datetime

from safetydesk.ui.text import tr

_WEEKDAYS = "一二三四五六日"


def day_text(day: date, today: date | None = None) -> str:
    """11 月 21 日（周六）; with the year where it is not this one."""
    said = tr("{month} 月 {day} 日（周{weekday}）", month=day.month, day=day.day, weekday=_WEEKDAYS[day.weekday()])
    return said if today is None or today.year == day.year else tr("{year} 年 ", year=day.year) + said


def short_day(day: date, today: date | None = None) -> str:
    """11-21, or 2025-11-21 where it is another year: for the columns of tables."""
    return day.strftime("%m-%d") if today is not None and today.year == day.year else day.isoformat()


def days_left_text(days: int) -> str:
    """3 天后到期, 今天到期, 逾期 2 天."""
    if days < 0:
        return tr("逾期 {days} 天", days=-days)
    if days == 0:
        return tr("今天到期")
    return tr("{days} 天后到期", days=days)


def moment_text(moment: datetime, today: date | None = None) -> str:
    """A moment on the wall of this computer: 11 月 21 日（周六）09:30."""
    local = moment.astimezone()
    return f"{day_text(local.date(), today)}{local:%H:%M}"
