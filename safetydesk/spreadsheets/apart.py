"""Old workbooks (.xls) are read in a process of their own.

Their binary layout cannot be checked beforehand as the XML of the newer kinds can, and the reader ends the whole
process on some damaged ones. There it takes only the child with it, and the file is said to be unreadable.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.spreadsheets.errors import FileUnreadable

if TYPE_CHECKING:
    from safetydesk.spreadsheets.grid import Grid
    from safetydesk.spreadsheets.guards import Limits

_PATIENCE = 120.0  # seconds for one sheet
_MEMORY = 4 << 30


def grids_apart(data: bytes, file: str, sheet: str | None, limits: Limits) -> Iterator[Grid]:
    """The sheets one by one, as `grid.workbook_grids` gives them. Raises what that raises, and FileUnreadable."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_read, args=(theirs, data, file, sheet, limits), daemon=True)
    child.start()
    theirs.close()
    try:
        while (message := _next(ours, file)) is not None:
            if isinstance(message, SafetyDeskError):
                raise message
            yield message
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()


def _next(connection: Connection, file: str) -> Grid | SafetyDeskError | None:
    try:
        if connection.poll(_PATIENCE):
            kind, content = connection.recv()
            return _error(kind, content) if kind not in ("grid", "end") else content
    except (EOFError, OSError):
        pass
    raise FileUnreadable(file=file)


def _error(name: str, facts: dict[str, object]) -> SafetyDeskError:
    from safetydesk.spreadsheets import errors

    error: SafetyDeskError = getattr(errors, name)(**facts)
    return error


def _read(connection: Connection, data: bytes, file: str, sheet: str | None, limits: Limits) -> None:
    """What the child does. It says nothing on standard error: a crash there is expected of damaged files."""
    from safetydesk.spreadsheets.grid import workbook_grids

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit_memory()
    try:
        for grid in workbook_grids(data, file, sheet, limits):
            connection.send(("grid", grid))
        connection.send(("end", None))
    except SafetyDeskError as error:
        connection.send((type(error).__name__, error.facts))
    except BrokenPipeError:
        pass  # the parent has seen enough
    except BaseException:  # a panic of the reader, memory: all mean that the file cannot be read
        connection.send((FileUnreadable.__name__, {"file": file}))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: the limits on cells hold there too
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
