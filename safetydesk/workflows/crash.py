"""Where the details of a bug go: the places in the code, never the values."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path


def note_crash(error: Exception) -> Path | None:
    """Append to the log in the state folder. Returns the file, or none where it cannot be written."""
    from safetydesk import __version__
    from safetydesk.workflows.folders import state_folder

    places = [f"  {frame.filename.rpartition('safetydesk')[2]}:{frame.lineno} {frame.name}" for frame in _frames(error)]
    lines = [f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {__version__} {type(error).__name__}", *places]
    try:
        folder = state_folder() / "log"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "safetydesk.log"
        with file.open("a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return file


def _frames(error: Exception) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)
