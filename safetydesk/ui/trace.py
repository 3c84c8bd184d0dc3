"""Moments of the start, for bench/start.py: one line each in the file that SAFETYDESK_TRACE names."""

from __future__ import annotations

import os
import time

_FILE = os.environ.get("SAFETYDESK_TRACE")


def moment(name: str) -> None:
    if _FILE is None:
        return
    with open(_FILE, "a", encoding="ascii") as out:
        out.write(f"{name} {time.monotonic_ns()}\n")
