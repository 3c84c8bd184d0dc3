"""Verified backups: one file with the encrypted database and keys, and beside it the photos, of which only the new ones.

Nothing in a backup is readable without the passphrase: database, keyring and photos are encrypted as they lie, and
the list of what belongs to it is sealed by a key of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from safetydesk.models import copying, keys, migrations
from safetydesk.models.blobs import Blobs, FolderShelf
from safetydesk.models.dialect import sqlite
from safetydesk.models.errors import (
    BackupFailed,
    DamagedBackup,
    DamagedKeyFile,
    DamagedStore,
    NewerSchema,
    NotABackup,
)
from safetydesk.models.faults import understood
from safetydesk.models.files import BINARY, flush_folder
from safetydesk.models.keyring import KEYRING_FILE, KeyringFile
from safetydesk.models.keys import KEY_FILE, DataKey
from safetydesk.models.store import BLOB_FOLDER, DATABASE_FILE, Store

SUFFIX = ".sdbackup"
PHOTO_FOLDER = "photos"
MANIFEST = "manifest.json"
_MEMBERS = (DATABASE_FILE, KEY_FILE, KEYRING_FILE)
_MOST_MANIFEST = 64 << 20
Watch = Callable[[int, int], None]  # photos done, of all; whatever it raises stops the work and leaves no backup
_UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError)


class Manifest(msgspec.Struct, frozen=True):
    """What belongs to a backup. `members` are SHA-256 of the files in it, `blobs` names in the photo folder."""

    format: int
    schema: str
    made_at: datetime
    replica: str
    seq: int
    members: dict[str, str]
    blobs: list[str]
    seal: str = ""

    def sealed_by(self, key: DataKey) -> Manifest:
        return msgspec.structs.replace(self, seal=self._seal(key))

    def is_sealed_by(self, key: DataKey) -> bool:
        return hmac.compare_digest(self.seal.encode(errors="replace"), self._seal(key).encode())

    def _seal(self, key: DataKey) -> str:
        said = msgspec.json.encode(msgspec.structs.replace(self, seal=""), order="sorted")
        return hmac.new(key.derive("backup manifest"), said, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class MadeBackup:
    file: Path
    blobs: int
    new_blobs: int
    size: int  # bytes of the file


def _unwatched(_done: int, _total: int) -> None:
    pass


def make(store: Store, out: Path, *, name: str | None = None, watch: Watch = _unwatched) -> MadeBackup:
    """Write a backup into `out`, read it back, and only then call it one. Raises BackupFailed, and what the disk says.

    Raises DamagedStore where a photo of the store is rotten and this place has no good copy of it.
    """
    out.mkdir(parents=True, exist_ok=True)
    made_at = store.clock.now()
    target = _free_name(out, name or made_at.astimezone().strftime("safetydesk-%Y%m%d-%H%M%S"))
    replica, seq, _, _ = store.mark()  # before the copy, which then holds at least that much
    with tempfile.TemporaryDirectory(prefix=".safetydesk-", dir=out) as scratch:
        members, schema = _gather(store, Path(scratch))
        blobs, new = _copy_blobs(store, out / PHOTO_FOLDER, watch)
        digests = {part: _digest(path) for part, path in members.items()}
        manifest = Manifest(1, schema, made_at, replica.hex, seq, digests, blobs).sealed_by(store.key)
        written = Path(scratch) / "whole"
        _write_zip(written, members, manifest)
        _read_back(written, store.key, out / PHOTO_FOLDER, new, target, watch)
        written.replace(target)
        flush_folder(out)
    return MadeBackup(target, len(blobs), len(new), target.stat().st_size)


def read_manifest(file: Path) -> Manifest:
    """What a file says it is; not yet believed. Raises NotABackup."""
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            if any(info.compress_type != zipfile.ZIP_STORED for info in infos):  # so nothing in it can swell
                raise NotABackup(file=str(file))
            if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
                raise NotABackup(file=str(file))
            manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (*_UNREADABLE, OSError, msgspec.MsgspecError):
        raise NotABackup(file=str(file)) from None
    if manifest.format != 1 or set(manifest.members) != set(_MEMBERS):
        raise NotABackup(file=str(file))
    return manifest


def unlock(file: Path, passphrase: str) -> DataKey:
    """The data key of a backup. Raises NotABackup, WrongPassphrase, DamagedBackup."""
    read_manifest(file)
    with tempfile.TemporaryDirectory() as scratch, _archive(file) as archive:
        _extract(archive, KEY_FILE, Path(scratch))
        try:
            key_file = keys.read_key_file(Path(scratch))
        except DamagedKeyFile:
            raise DamagedBackup(file=str(file)) from None
    return keys.unwrap(key_file, passphrase)


def unpack(file: Path, key: DataKey, folder: Path, *, watch: Watch = _unwatched) -> None:
    """Lay the data of a backup out in an empty folder, everything checked.

    Raises NotABackup, DamagedBackup, NewerSchema. What came from a server is laid out as a folder of its own.
    """
    manifest = _lay_out_members(file, key, folder)
    photos, store = FolderShelf(file.parent / PHOTO_FOLDER), FolderShelf(folder / BLOB_FOLDER)
    blobs = Blobs(store, key)
    for done, name in enumerate(manifest.blobs):
        watch(done, len(manifest.blobs))
        sealed = photos.load(name)
        if sealed is None or not blobs.is_sound(name, sealed):
            raise DamagedBackup(file=str(photos.path(name)))
        store.save(name, sealed)


def _gather(store: Store, scratch: Path) -> tuple[dict[str, Path], str]:
    """The files that go into the backup, and the version of the schema they are at.

    The keyring leaves the address of a server out: restored, the data must not open that server's database.
    """
    with store.engine.connect() as connection:
        schema = migrations.found_version(connection) or migrations.HEAD
    members = {part: store.folder / part for part in _MEMBERS} | {DATABASE_FILE: scratch / DATABASE_FILE}
    _copy_database(store, members[DATABASE_FILE])
    if store.keyring.database_url is not None:
        KeyringFile(scratch).write(store.key, msgspec.structs.replace(store.keyring, database_url=None))
        members[KEYRING_FILE] = scratch / KEYRING_FILE
    return members, schema


def _copy_database(store: Store, target: Path) -> None:
    key = store.key.derive("database")
    if store.is_file:
        sqlite.copy_into(store.folder / DATABASE_FILE, target, key)
        return
    portable = sqlite.open_engine(target, key, create=True)
    try:
        copying.copy_rows(store.engine, portable)
    finally:
        portable.dispose()


def _copy_blobs(store: Store, folder: Path, watch: Watch) -> tuple[list[str], list[str]]:
    """All names, and those that were written: what lies there already and reads back is left alone."""
    new, shelf = [], FolderShelf(folder)
    with store.reading() as session:
        names = list(store.blobs.shelf.names(session))
        for done, name in enumerate(names):
            watch(done, len(names))
            with understood(folder):
                there = shelf.load(name)
            if there is not None and store.blobs.is_sound(name, there):
                continue
            sealed = store.blobs.shelf.read(session, name)
            if sealed is None or not store.blobs.is_sound(name, sealed):
                raise DamagedStore(what=name)
            with understood(folder):
                shelf.save(name, sealed)
            new.append(name)
    return names, new


def _write_zip(path: Path, members: dict[str, Path], manifest: Manifest) -> None:
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, member in members.items():
                archive.write(member, name)
            archive.writestr(MANIFEST, msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())


def _read_back(written: Path, key: DataKey, photos: Path, new: list[str], target: Path, watch: Watch) -> None:
    """As a restore would, into scratch. Raises BackupFailed."""
    with tempfile.TemporaryDirectory(prefix=".back-", dir=written.parent) as scratch:
        try:
            _lay_out_members(written, key, Path(scratch))
        except (NotABackup, DamagedBackup):
            raise BackupFailed(file=str(target)) from None
    shelf = FolderShelf(photos)
    blobs = Blobs(shelf, key)
    for done, name in enumerate(new):
        watch(done, len(new))
        sealed = shelf.load(name)
        if sealed is None or not blobs.is_sound(name, sealed):
            raise BackupFailed(file=str(shelf.path(name)))


def _lay_out_members(file: Path, key: DataKey, folder: Path) -> Manifest:
    """Take the files out of a backup, and check its seal, each file, and the database page by page."""
    manifest = read_manifest(file)
    if not manifest.is_sealed_by(key):
        raise DamagedBackup(file=str(file))
    if manifest.schema not in migrations.VERSIONS:
        raise NewerSchema(found=manifest.schema, known=migrations.HEAD)
    with _archive(file) as archive:
        for name, digest in manifest.members.items():
            if _digest(_extract(archive, name, folder)) != digest:
                raise DamagedBackup(file=str(file))
    if sqlite.integrity_problems(folder / DATABASE_FILE, key.derive("database")):
        raise DamagedBackup(file=str(file))
    return manifest


@contextmanager
def _archive(file: Path) -> Iterator[zipfile.ZipFile]:
    """Raises DamagedBackup for whatever a damaged archive can say."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except _UNREADABLE:
        raise DamagedBackup(file=str(file)) from None


def _extract(archive: zipfile.ZipFile, member: str, folder: Path) -> Path:
    """Like `ZipFile.extract`, but flushed, and for nobody else's eyes."""
    path = folder / member
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    with os.fdopen(handle, "wb") as target, archive.open(member) as source:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    return path


def _free_name(folder: Path, name: str) -> Path:
    """A backup never takes the place of an earlier one."""
    path, count = folder / f"{name}{SUFFIX}", 1
    while path.exists():
        count += 1
        path = folder / f"{name}-{count}{SUFFIX}"
    return path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
