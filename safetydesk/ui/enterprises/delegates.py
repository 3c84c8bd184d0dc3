"""Cells of the list that are more than text: the colour of risk, the next deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from safetydesk.ui.enterprises import words
from safetydesk.ui.enterprises.risk import paint_risk
from safetydesk.ui.widgets.cells import BadgeDelegate, DueDelegate


def risk_delegate(parent: QWidget) -> BadgeDelegate:
    """红 重大 as a badge."""
    return BadgeDelegate(_paint_risk, parent)


def next_due_delegate(today: Callable[[], date], parent: QWidget) -> DueDelegate:
    """The first deadline of what is open."""

    def days_left(row: Any) -> int | None:
        return words.days_left(row, today())

    return DueDelegate(days_left, parent)


def _paint_risk(painter: QPainter, area: QRectF, row: Any) -> None:
    paint_risk(painter, area, row.risk)
