"""The marker outside the data folder: how a restored or copied folder is noticed. Design: section 4, rule 5.

It lies in the platform's state folder, is bound to this machine and this folder, and remembers the highest `seq`
and count of papers that this replica ever reached. Whenever it is missing or says more than the database, the
database is not the one that was last at work here.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from safetydesk.models.files import write_whole


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
            mark = Mark(**json.loads(self._path(replica).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return mark if (mark.machine, mark.folder) == (machine(), self._folder) else None

    def advance(self, replica: UUID, seq: int, papers: int) -> None:
        """Remember that `replica` came this far. Never goes back, whichever process writes last."""
        known = self.read(replica)
        if known is not None:
            seq, papers = max(seq, known.seq), max(papers, known.papers)
        mark = Mark(replica.hex, machine(), self._folder, seq, papers)
        if mark != known:
            self._state.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._path(replica), json.dumps(asdict(mark)).encode(), mode=0o600, flush=known is None)

    def _path(self, replica: UUID) -> Path:
        return self._state / f"{replica.hex}.json"


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
