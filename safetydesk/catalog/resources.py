"""Where the shipped data lies: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """The folder with checklists, law, codes, fonts and samples. Raises FileNotFoundError in a broken installation."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_resources", package.parent / "resources"):
        if (folder / "checklists").is_dir():
            return folder
    raise FileNotFoundError("resources")


def resource(*parts: str) -> Path:
    """One shipped file or folder, `resource("fonts", "serif.ttf")`."""
    return resources_folder().joinpath(*parts)
