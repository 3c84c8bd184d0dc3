"""Where an installation lives. Imports nothing that costs time: the lock screen waits for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

NAME = "safetydesk"
KEY_FILE = "key.json"
_CHOSEN = "data-folder.txt"  # in the state folder
_MOST_BYTES = 8192
_ON_LINUX = sys.platform.startswith("linux")


class Place(NamedTuple):
    """Where an installation lives: its data folder, and the state folder of its marker."""

    folder: Path
    state: Path

    @property
    def is_set_up(self) -> bool:
        return (self.folder / KEY_FILE).exists() or (self.folder / "safetydesk.db").exists()


def data_folder() -> Path:
    """The folder that was chosen at the first start, or the platform's data folder."""
    return chosen_data_folder() or usual_data_folder()


def chosen_data_folder() -> Path | None:
    """Where the person wanted the data, if not in the usual place. A note that makes no sense counts as none."""
    try:
        with (state_folder() / _CHOSEN).open("rb") as file:
            said = file.read(_MOST_BYTES).decode().strip()
    except (OSError, ValueError):
        return None
    return Path(said) if said and "\0" not in said and Path(said).is_absolute() else None


def choose_data_folder(folder: Path) -> None:
    """Look here from now on. The usual folder needs no note."""
    note = state_folder() / _CHOSEN
    if folder == usual_data_folder():
        note.unlink(missing_ok=True)
        return
    from safetydesk.models.files import write_whole

    note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(note, f"{folder}\n".encode())


def usual_data_folder() -> Path:
    """The platform's data folder."""
    if _ON_LINUX:
        return _of_linux("XDG_DATA_HOME", ".local/share")
    import platformdirs

    return Path(platformdirs.user_data_dir(NAME, appauthor=False))


def state_folder() -> Path:
    """The platform's state folder, outside of every data folder."""
    if _ON_LINUX:
        return _of_linux("XDG_STATE_HOME", ".local/state")
    import platformdirs

    return Path(platformdirs.user_state_dir(NAME, appauthor=False))


def _of_linux(variable: str, usual: str) -> Path:
    """What platformdirs answers here (a test compares), without the 2 ms that loading it costs the lock screen."""
    said = os.environ.get(variable, "").strip()
    return (Path(said) if said else Path.home() / usual) / NAME
