"""Pages of papers for the window: sizes, pictures, and the file that a person saves."""

from __future__ import annotations

from pathlib import Path

from safetydesk.documents.pages import POINTS_PER_INCH, PageImage, page_sizes, render_page
from safetydesk.workflows import outgoing
from safetydesk.workflows.outgoing import StagedFile

__all__ = ["POINTS_PER_INCH", "PageImage", "page_sizes", "render_page", "save", "save_into"]


def save(path: Path, content: bytes) -> Path:
    """Write whole, under this very name; the person was asked before one is overwritten. Raises DiskFull, NotWritable."""
    waiting = outgoing.stage(path.parent, path.name, content)
    return StagedFile(waiting.waiting, path).publish()


def save_into(folder: Path, name: str, content: bytes) -> Path:
    """Write whole, beside what may have the name already. Raises DiskFull, NotWritable."""
    return outgoing.stage(folder, name, content).publish()
