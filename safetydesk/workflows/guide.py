"""The pages of the guide, offline: one per screen, as Markdown."""

from __future__ import annotations

from functools import cache
from pathlib import Path

INDEX = "index"
_MOST_BYTES = 1 << 18


@cache
def guide_folder() -> Path | None:
    """Inside the wheel, or docs/guide of a checkout; nothing in a broken installation."""
    package = Path(__file__).resolve().parent.parent
    candidates = (package / "_guide", package.parent / "docs" / "guide")
    return next((folder for folder in candidates if (folder / f"{INDEX}.md").is_file()), None)


def page_names() -> list[str]:
    folder = guide_folder()
    return sorted(path.stem for path in folder.glob("*.md")) if folder is not None else []


def page(name: str) -> tuple[str, str]:
    """The name and the Markdown of a page; where there is no such page, of the index. Empty where there is none at all.

    A name is one of `page_names`, never a path: nothing else can be read through it.
    """
    folder = guide_folder()
    if folder is None:
        return "", ""
    found = name if name in page_names() else INDEX
    with (folder / f"{found}.md").open("rb") as file:
        return found, file.read(_MOST_BYTES).decode("utf-8", "replace")


def title_of(markdown: str) -> str:
    """The first heading."""
    first = next((line for line in markdown.splitlines() if line.startswith("# ")), "")
    return first.removeprefix("# ").strip()
