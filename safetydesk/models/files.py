"""Files that are either whole or not there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BEYOND = 1 << 30
BINARY = getattr(os, "OBINARY", 0)  # Windows would turn line ends over


def write_whole(path: Path, content: bytes, *, mode: int = 0o644, flush: bool = True) -> None:
    """Write to a temporary name, flush to the device, rename. OSError leaves the old file as it was."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if flush:
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if flush:
        flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename durable where the system can (Windows cannot, and need not)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, each durable in the one above: a flushed file needs its folder."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    flush_folder(folder.parent)


@contextmanager
def locked(path: Path, *, writing: bool = False) -> Iterator[int]:
    """An existing file, open and held against other processes: one who writes, or several who read.

    The lock goes when its holder dies.
    """
    handle = os.open(path, (os.O_RDWR if writing else os.O_RDONLY) | BINARY)
    try:
        _wait_for(handle, writing=writing)
        yield handle
    finally:
        os.close(handle)


def _wait_for(handle: int, *, writing: bool) -> None:
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, _BEYOND, os.SEEK_SET)  # such a lock shuts others out of the bytes: take one nobody reads
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX if writing else fcntl.LOCK_SH)
