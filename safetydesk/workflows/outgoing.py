"""Files for people: on disk before the transaction commits, under their own name only after it has."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from safetydesk.models.faults import understood
from safetydesk.models.files import flush_folder, write_whole


@dataclass(frozen=True)
class StagedFile:
    """A file that waits under a hidden name."""

    waiting: Path
    path: Path

    def publish(self) -> Path:
        """Give it its name, beside what may have had it before: nothing is overwritten but the same bytes."""
        os.replace(self.waiting, self.path)
        flush_folder(self.path.parent)
        return self.path

    def discard(self) -> None:
        self.waiting.unlink(missing_ok=True)


def stage(folder: Path, name: str, content: bytes) -> StagedFile:
    """Write and flush. Raises DiskFull, FolderNotWritable: in time, so that the paper is not sealed for nothing."""
    with understood(folder):
        folder.mkdir(parents=True, exist_ok=True)
        waiting = folder / f".{secrets.token_hex(6)}.tmp"
        write_whole(waiting, content)
    return StagedFile(waiting, _free_name(folder / _safe(name), content))


def _free_name(path: Path, content: bytes) -> Path:
    """The name itself, or one with a count where another file has it."""
    candidate, count = path, 1
    while candidate.exists() and candidate.read_bytes() != content:
        count += 1
        candidate = path.with_name(f"{path.stem}（{count}）{path.suffix}")
    return candidate


def _safe(name: str) -> str:
    """Without the characters that Windows and FAT forbid."""
    return "".join("_" if character in '\\/:*?"<>|' or not character.isprintable() else character for character in name)
