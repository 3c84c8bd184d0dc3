"""The marker outside the data folder: how a restored or copied folder is noticed. Design: section 4, rule 5.

It lies in the platform's state folder, is bound to this machine and this folder, and remembers the highest `seq`
and count of papers that this replica ever reached. Whenever it is missing or says more than the database, the
database is not the one that was last at work here.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from uuid import UUID

import msgspec

from safetydesk.models.files import locked, make_folder, write_whole

_SECTOR = 512
_MOST = 65536


@dataclass(frozen=True)
class Mark:
    replica: str
    machine: str
    folder: str
    seq: int
    papers: int


class Marker:
    """The marker of one data folder on this machine."""

    def __init__(self, state: Path, folder: Path) -> None:
        self._state = state / "replicas"
        self._folder = str(folder.resolve())

    def read(self, replica: UUID) -> Mark | None:
        """What is remembered of `replica`; nothing if it never worked on this machine in this folder."""
        try:
            with locked(self._path(replica)) as handle:
                return self._known(handle)
        except OSError:
            return None

    def advance(self, replica: UUID, seq: int, papers: int) -> None:
        """Remember that `replica` came this far. Never goes back, whichever process writes last."""
        try:
            with locked(self._path(replica), writing=True) as handle:
                if (known := self._known(handle)) is not None:
                    _overwrite(handle, known, max(seq, known.seq), max(papers, known.papers))
                    return
        except FileNotFoundError:
            pass
        make_folder(self._state)
        write_whole(self._path(replica), _said(Mark(replica.hex, machine(), self._folder, seq, papers)), mode=0o600)

    def forget(self, replica: UUID) -> None:
        """Of data that was taken away again."""
        self._path(replica).unlink(missing_ok=True)

    def _known(self, handle: int) -> Mark | None:
        try:
            mark = msgspec.json.decode(os.read(handle, _MOST), type=Mark)
        except (msgspec.MsgspecError, RecursionError):
            return None
        return mark if (mark.machine, mark.folder) == (machine(), self._folder) else None

    def _path(self, replica: UUID) -> Path:
        return self._state / f"{replica.hex}.json"


def _overwrite(handle: int, known: Mark, seq: int, papers: int) -> None:
    """In place, not flushed: after a power cut it may lag behind, which is allowed; within a sector it is never torn.

    A rename would wait for the disk on every answer. Spaces at the end keep the length while the numbers grow.
    """
    if (seq, papers) != (known.seq, known.papers):
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, _said(replace(known, seq=seq, papers=papers)))


def _said(mark: Mark) -> bytes:
    return msgspec.json.encode(mark).ljust(_SECTOR)


@cache
def machine() -> str:
    """A fingerprint of this machine, not reversible to its id."""
    return hashlib.sha256(f"safetydesk {_machine_id()}".encode()).hexdigest()[:32]


def _machine_id() -> str:
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            if text := Path(path).read_text("ascii").strip():
                return text
        except OSError:
            continue
    if os.name == "nt":
        return _windows_machine_id()
    return f"{uuid.getnode():x}"


def _windows_machine_id() -> str:
    import winreg

    with winreg.OpenKey(  # type: ignore[attr-defined]
        winreg.HKEY_LOCAL_MACHINE,  # type: ignore[attr-defined]
        r"SOFTWARE\Microsoft\Cryptography",
    ) as key:
        return str(winreg.QueryValueEx(key, "MachineGuid")[0])  # type: ignore[attr-defined]
