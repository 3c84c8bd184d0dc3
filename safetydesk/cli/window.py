"""Without a command the program opens its window. Nothing here may cost time: people look at the clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

REFUSED = 1
_ALONE = frozenset({"--quiet"})


def is_asked(words: Sequence[str]) -> bool:
    """Whether no command is named: nothing at all, or only where the data lives."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--data":
            if not rest or rest.pop(0).startswith("-"):
                return False
        elif word not in _ALONE and not word.startswith("--data="):
            return False
    return True


def open_window(words: Sequence[str]) -> int:
    """Open it, and return its exit code when it was closed. Raises NoDisplay."""
    os.environ.pop("SAFETYDESK_PASSPHRASE", None)  # in the window a person types
    if not _has_display():
        from safetydesk.workflows.window_libraries import NoDisplay

        raise NoDisplay
    try:
        from safetydesk.ui.app import run
    except ImportError as error:
        from safetydesk.cli.qt_libraries import say_missing

        say_missing(error)
        return REFUSED
    from safetydesk.workflows.folders import Place, data_folder, state_folder

    given = _data(words) or os.environ.get("SAFETYDESK_DATA")
    place = Place(Path(given).expanduser().absolute() if given else data_folder(), state_folder())
    return run(place, os.environ.get("SAFETYDESK_NOW") or None)


def _data(words: Sequence[str]) -> str | None:
    for at, word in enumerate(words):
        if word == "--data":
            return words[at + 1]
        if word.startswith("--data="):
            return word.partition("=")[2]
    return None


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
