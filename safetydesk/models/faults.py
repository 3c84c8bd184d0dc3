"""What the engine and the disk say, translated into what a person understands."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models.errors import (
    DamagedStore,
    DatabaseUnreachable,
    DiskFull,
    FolderNotWritable,
    StoreBusy,
)

_SAID = (
    ("disk is full", DiskFull),
    ("no space left", DiskFull),
    ("readonly database", FolderNotWritable),
    ("unable to open database", FolderNotWritable),
    ("database is locked", StoreBusy),
    ("locking protocol", StoreBusy),
    ("lock timeout", StoreBusy),
)
_LEAST_FREE = 1 << 20
_DAMAGED = ("not a database", "malformed", "disk i/o error", "hmac check failed")
_UNREACHABLE = ("connection", "password authentication", "does not exist", "timeout expired", "server closed")


@contextmanager
def understood(folder: Path) -> Iterator[None]:
    """Raise typed errors for a full disk, a read-only folder, a busy or damaged store, a server that is away."""
    try:
        yield
    except OSError as error:
        raise _of_system(error, folder) or error from error
    except (DBAPIError, sqlcipher.DatabaseError) as error:
        raise _of_engine(error, folder) or error from error


def _of_system(error: OSError, folder: Path) -> SafetyDeskError | None:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return DiskFull(folder=str(folder))
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return FolderNotWritable(folder=str(folder))
        case errno.ENOTDIR | errno.EEXIST | errno.ENOENT | errno.ENAMETOOLONG:
            return FolderNotWritable(folder=str(error.filename or folder))
        case errno.EIO:
            return DamagedStore(what=str(error.filename or folder))
        case _:
            return None


def _of_engine(error: Exception, folder: Path) -> SafetyDeskError | None:
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    # what SQLite says where it cannot make its log longer, or opened the file only to be read for want of space
    if ("disk i/o error" in said or "readonly database" in said) and _is_full(folder):
        return DiskFull(folder=str(folder))
    for words, kind in _SAID:
        if words in said:
            return kind(folder=str(folder))
    if any(words in said for words in _DAMAGED):
        return DamagedStore(what=str(folder))
    from_server = isinstance(error, OperationalError | InterfaceError) and "psycopg" in type(error.orig).__module__
    if from_server and any(words in said for words in _UNREACHABLE):
        return DatabaseUnreachable(why=said.splitlines()[0][:200])
    return None


def _is_full(folder: Path) -> bool:
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    try:
        return shutil.disk_usage(there).free < _LEAST_FREE
    except OSError:
        return False
