"""Small disks of our own, to be filled up or made read-only. Root does not mind permissions, so a mount it must be."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Disk:
    """A file system in memory, of its own size."""

    folder: Path

    def fill(self, leave: int = 0) -> None:
        """Take all its space but `leave` bytes."""
        ballast = self.folder / "ballast"
        free = shutil.disk_usage(self.folder).free - leave
        with ballast.open("ab") as file:
            file.write(bytes(max(0, free)))
        assert shutil.disk_usage(self.folder).free <= leave + 4096

    def make_room(self) -> None:
        (self.folder / "ballast").unlink()

    def set_read_only(self, *, read_only: bool) -> None:
        _run("mount", "-o", f"remount,{'ro' if read_only else 'rw'}", str(self.folder))


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Disk]:
    """Skips where this account may not mount."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder.mkdir(parents=True)
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder))
    except (subprocess.CalledProcessError, OSError) as error:
        pytest.skip(f"cannot mount a small disk here: {error}")
    try:
        yield Disk(folder)
    finally:
        _run("umount", "--lazy", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
