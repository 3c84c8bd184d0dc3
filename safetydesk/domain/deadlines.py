"""Deadlines of rectification."""

from __future__ import annotations

from datetime import date, timedelta

from safetydesk.domain.errors import SafetyDeskError

LONG_DAYS = 30  # in practice orders run to 30 days at most (documents.md section 3): said, not enforced


class DueBeforeInspection(SafetyDeskError):
    """facts: due, inspected_on, item."""

    code = "due_before_inspection"


def due_date(inspected_on: date, days: int) -> date:
    """The last good day: calendar days, the first day not counted (民事诉讼法 第八十五条). 0 is the same day."""
    return inspected_on + timedelta(days=days)


def is_long(due: date, inspected_on: date) -> bool:
    return (due - inspected_on).days > LONG_DAYS


def check_due(due: date, inspected_on: date, item: str) -> date:
    if due < inspected_on:
        raise DueBeforeInspection(due=due, inspected_on=inspected_on, item=item)
    return due
