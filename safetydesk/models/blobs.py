"""The encrypted store of photos and sealed papers.

Each content is named by a keyed hash, so that nobody who holds the folder can confirm a picture he knows; what rows
keep is the plain SHA-256. Beside SQLite the contents are files, on PostgreSQL encrypted rows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from safetydesk.models.errors import DamagedStore, MissingBlob
from safetydesk.models.files import make_folder, write_whole
from safetydesk.models.keys import DataKey
from safetydesk.models.tables.local import BlobRow


class Shelf(Protocol):
    """Where encrypted contents lie by name."""

    def has(self, session: Session, name: str) -> bool: ...
    def write(self, session: Session, name: str, sealed: bytes) -> None: ...
    def read(self, session: Session, name: str) -> bytes | None: ...
    def names(self, session: Session) -> Iterator[str]: ...
    def drop(self, session: Session, name: str) -> None: ...


class FolderShelf:
    """One file for each content, flushed before the row that names it can be committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def has(self, _session: Session, name: str) -> bool:
        return self.path(name).exists()

    def write(self, _session: Session, name: str, sealed: bytes) -> None:
        self.save(name, sealed)

    def save(self, name: str, sealed: bytes) -> None:
        path = self.path(name)
        make_folder(path.parent)
        write_whole(path, sealed, mode=0o600)

    def read(self, _session: Session, name: str) -> bytes | None:
        return self.load(name)

    def load(self, name: str) -> bytes | None:
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def names(self, _session: Session) -> Iterator[str]:
        return (path.name for path in sorted(self.folder.glob("??/*")) if not path.name.startswith("."))

    def drop(self, _session: Session, name: str) -> None:
        self.path(name).unlink(missing_ok=True)


class RowShelf:
    """One row for each content, in the same transaction as the row that names it."""

    def has(self, session: Session, name: str) -> bool:
        return session.scalar(select(BlobRow.name).where(BlobRow.name == name)) is not None

    def write(self, session: Session, name: str, sealed: bytes) -> None:
        session.add(BlobRow(name=name, content=sealed))
        session.flush()

    def read(self, session: Session, name: str) -> bytes | None:
        return session.scalar(select(BlobRow.content).where(BlobRow.name == name))

    def names(self, session: Session) -> Iterator[str]:
        return iter(session.scalars(select(BlobRow.name).order_by(BlobRow.name)))

    def drop(self, session: Session, name: str) -> None:
        session.execute(delete(BlobRow).where(BlobRow.name == name))


class Blobs:
    """Puts contents away and gives them back, checked."""

    def __init__(self, shelf: Shelf, key: DataKey) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self.shelf = shelf
        self._names = key.derive("blob names")
        self._cipher = AESGCM(key.derive("blob contents"))

    def name(self, digest: str) -> str:
        return hmac.new(self._names, bytes.fromhex(digest), hashlib.sha256).hexdigest()

    def put(self, session: Session, content: bytes) -> str:
        """Store once, however often it comes. Returns the SHA-256 of the content."""
        digest = hashlib.sha256(content).hexdigest()
        name = self.name(digest)
        if not self.shelf.has(session, name):
            nonce = secrets.token_bytes(12)
            self.shelf.write(session, name, nonce + self._cipher.encrypt(nonce, content, name.encode()))
        return digest

    def get(self, session: Session, digest: str) -> bytes:
        """Raises MissingBlob, or DamagedStore if it does not decrypt to what was put away."""
        name = self.name(digest)
        sealed = self.shelf.read(session, name)
        if sealed is None:
            raise MissingBlob(digest=digest)
        content = self._opened(name, sealed)
        if content is None:
            raise DamagedStore(what=digest)
        return content

    def is_sound(self, name: str, sealed: bytes) -> bool:
        """Whether this is, byte for byte, the content that was put away under this name."""
        return self._opened(name, sealed) is not None

    def _opened(self, name: str, sealed: bytes) -> bytes | None:
        from cryptography.exceptions import InvalidTag

        try:
            content = self._cipher.decrypt(sealed[:12], sealed[12:], name.encode())
        except (InvalidTag, ValueError):
            return None
        return content if self.name(hashlib.sha256(content).hexdigest()) == name else None
