"""The clock of an installation: the computer's, or one that SAFETYDESK_NOW sets by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models.store import WallClock, system_clock


class BadClock(SafetyDeskError):
    """SAFETYDESK_NOW is no ISO time. facts: given."""

    code = "bad_clock"


def wall_clock(said: str | None) -> WallClock:
    """Raises BadClock."""
    if not said:
        return system_clock()
    try:
        moment = datetime.fromisoformat(said).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise BadClock(given=said[:40]) from None
    return WallClock(lambda: moment, simulated=True)
