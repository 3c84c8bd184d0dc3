"""How long until one sees something: the lock screen, and 今日 after the passphrase, beside an empty main window.

Everything is a whole process, offscreen, with compiled bytecode, in turn: start.py [ROUNDS] [ENTERPRISES].
Budgets (design, section 8): the lock screen within 1.25 of an empty PySide6 main window; from the passphrase to a
usable 今日 with 10,000 enterprises within the key derivation + 300 ms; 150 MB after unlocking.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from common import PASSPHRASE, row
from grown import grown

from safetydesk.workflows.folders import Place

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 12
ENTERPRISES = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
HERE = Path(__file__).parent
DRIVER = str(HERE / "start_driver.py")
DERIVATION = f"""
import sys, time
from pathlib import Path
from safetydesk.models import keys
file = keys.read_key_file(Path(sys.argv[1]))
import argon2.low_level, cryptography.hazmat.primitives.ciphers.aead
started = time.perf_counter()
keys.unwrap(file, {PASSPHRASE!r})
print((time.perf_counter() - started) * 1000)
"""
PATIENCE = 60.0  # seconds


class Figures:
    """Milliseconds and KiB by what they are of."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.memory: dict[str, list[int]] = defaultdict(list)

    def median(self, name: str) -> float:
        return statistics.median(self.times[name])

    def megabytes(self, name: str) -> float:
        return statistics.median(self.memory[name]) * 1024 / 1e6


def environment(trace: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "SAFETYDESK_TRACE": str(trace), "PYTHONPATH": str(HERE.parent)}


def moments(trace: Path) -> dict[str, int]:
    """The first of each name, in nanoseconds of the clock that all processes share."""
    found: dict[str, int] = {}
    for line in trace.read_text().splitlines() if trace.exists() else []:
        name, _, at = line.partition(" ")
        if at.isdigit():
            found.setdefault(name, int(at))
    return found


def memory_of(process: int) -> dict[str, int]:
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return {"rss": int(lines["VmRSS"].split()[0]), "peak": int(lines["VmHWM"].split()[0])}


def empty_window(figures: Figures, trace: Path) -> None:
    started = time.monotonic_ns()
    said = subprocess.run(
        [sys.executable, DRIVER, "empty"], env=environment(trace), check=True, capture_output=True, text=True
    )
    figures.times["empty main window painted"].append((moments(trace)["painted"] - started) / 1e6)
    for what, kib in json.loads(said.stdout)["painted"].items():
        figures.memory[f"empty main window painted, {what}"].append(kib)


def lock_screen(figures: Figures, trace: Path, place: Place) -> None:
    """The program as a person starts it; it is ended when its lock screen was painted."""
    command = [sys.executable, "-m", "safetydesk", "--data", str(place.folder)]
    started = time.monotonic_ns()
    with subprocess.Popen(command, env=environment(trace), stdout=subprocess.DEVNULL) as running:
        while "lock_painted" not in (seen := moments(trace)):
            assert running.poll() is None
            assert (time.monotonic_ns() - started) / 1e9 < PATIENCE
            time.sleep(0.002)
        found = memory_of(running.pid)
        running.send_signal(signal.SIGKILL)
    figures.times["lock screen painted"].append((seen["lock_painted"] - started) / 1e6)
    for what, kib in found.items():
        figures.memory[f"lock screen painted, {what}"].append(kib)


def unlocking(figures: Figures, trace: Path, place: Place, when: str) -> None:
    command = [sys.executable, DRIVER, "unlock", str(place.folder), str(place.state), when, PASSPHRASE]
    said = subprocess.run(command, env=environment(trace), check=True, capture_output=True, text=True)
    seen = moments(trace)
    given = seen["passphrase_given"]
    typed = "typed when loaded" if when == "warmed" else "typed at once"
    figures.times[f"passphrase to key and store open, {typed}"].append((seen["unlocked"] - given) / 1e6)
    figures.times[f"passphrase to usable 今日, {typed}"].append((seen["today_usable"] - given) / 1e6)
    if when == "warmed":
        figures.times["lock screen painted to all loaded"].append((seen["warmed"] - seen["lock_painted"]) / 1e6)
        for moment, found in json.loads(said.stdout.splitlines()[-1]).items():
            for what, kib in found.items():
                figures.memory[f"{moment}, {what}"].append(kib)


def derivation(figures: Figures, trace: Path, place: Place) -> None:
    said = subprocess.run(
        [sys.executable, "-c", DERIVATION, str(place.folder)],
        env=environment(trace),
        check=True,
        capture_output=True,
        text=True,
    )
    figures.times["key derivation alone"].append(float(said.stdout))


def main() -> None:
    place = grown(ENTERPRISES)
    figures = Figures()
    for turn in range(ROUNDS + 1):
        kept = figures if turn else Figures()  # the first round compiles, and fills the system's cache
        with tempfile.TemporaryDirectory() as folder:
            empty_window(kept, Path(folder, "empty"))
            lock_screen(kept, Path(folder, "lock"), place)
            derivation(kept, Path(folder, "derivation"), place)
            unlocking(kept, Path(folder, "warmed"), place, "warmed")
            unlocking(kept, Path(folder, "at_once"), place, "at_once")
    for name, times in figures.times.items():
        print(row(name, times))
    print("\nmedian of the memory, MB")
    for name in figures.memory:
        print(f"{name:<44} {figures.megabytes(name):8.1f}")
    ratio = figures.median("lock screen painted") / figures.median("empty main window painted")
    rest = figures.median("passphrase to usable 今日, typed when loaded") - figures.median("key derivation alone")
    settled = max(figures.megabytes("今日 usable, rss"), figures.megabytes("settled, rss"))
    print(f"\nlock screen : empty main window = {ratio:.2f} (budget 1.25)")
    print(f"passphrase to usable 今日, {ENTERPRISES:,} enterprises: the derivation + {rest:.0f} ms (budget 300)")
    print(f"memory after unlocking: {settled:.0f} MB (budget 150)")


if __name__ == "__main__":
    main()
