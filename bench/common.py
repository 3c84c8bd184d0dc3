"""What the benchmarks share: medians, a table, a scratch installation."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from safetydesk.domain.kinds import Role
from safetydesk.models import keys
from safetydesk.models.store import WallClock
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.setting_up import Person, set_up

PASSPHRASE = "benchmark passphrase"
CLOCK = WallClock(lambda: datetime.now(UTC))


def scratch_desk() -> Desk:
    """A fresh office in a folder that vanishes with the process."""
    root = Path(tempfile.mkdtemp(prefix="safetydesk-bench-"))
    place = Place(root / "data", root / "state")
    set_up(place, Person(Role.OFFICE, "样溪镇应急办", "袁例办"), PASSPHRASE, CLOCK)
    return open_desk(place, keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE), CLOCK)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def quantile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def row(name: str, times: Sequence[float], unit: str = "ms") -> str:
    return (
        f"{name:<44} median {statistics.median(times):8.2f}  p99 {quantile(times, 0.99):8.2f}  "
        f"min {min(times):8.2f}  max {max(times):8.2f} {unit}  (n={len(times)})"
    )
