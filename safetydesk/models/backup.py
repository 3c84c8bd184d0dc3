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
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from safetydesk.models import copying, keys, migrations
from safetydesk.models.dialect import sqlite
from safetydesk.models.errors import BackupFailed, NotABackup
from safetydesk.models.files import flush_folder, write_whole
from safetydesk.models.keyring import KEYRING_FILE
from safetydesk.models.keys import KEY_FILE, DataKey
from safetydesk.models.store import BLOB_FOLDER, DATABASE_FILE, Store

SUFFIX = ".sdbackup"
PHOTO_FOLDER = "photos"
MANIFEST = "manifest.json"
_MEMBERS = (DATABASE_FILE, KEY_FILE, KEYRING_FILE)
_MOST_MANIFEST = 64 << 20


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
        return hmac.compare_digest(self.seal, self._seal(key))

    def _seal(self, key: DataKey) -> str:
        said = msgspec.json.encode(msgspec.structs.replace(self, seal=""), order="sorted")
        return hmac.new(key.derive("backup manifest"), said, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class MadeBackup:
    file: Path
    blobs: int
    new_blobs: int
    size: int  # bytes of the file


def make(store: Store, out: Path, *, name: str | None = None) -> MadeBackup:
    """Write a backup into `out`, read it back, and only then call it one. Raises BackupFailed, and what the disk says."""
    out.mkdir(parents=True, exist_ok=True)
    made_at = store.clock.now()
    target = out / f"{name or made_at.astimezone().strftime('safetydesk-%Y%m%d-%H%M%S')}{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix=".safetydesk-", dir=out) as scratch:
        database = Path(scratch) / DATABASE_FILE
        _copy_database(store, database)
        blobs, new = _copy_blobs(store, out / PHOTO_FOLDER)
        replica, seq, _, _ = store.mark()
        members = {DATABASE_FILE: database, **{part: store.folder / part for part in (KEY_FILE, KEYRING_FILE)}}
        digests = {part: _digest(path) for part, path in members.items()}
        manifest = Manifest(1, migrations.HEAD, made_at, replica.hex, seq, digests, blobs).sealed_by(store.key)
        written = Path(scratch) / "whole"
        _write_zip(written, members, manifest)
        _verify(written, store.key, out / PHOTO_FOLDER, out)
        written.replace(target)
        flush_folder(out)
    return MadeBackup(target, len(blobs), new, target.stat().st_size)


def read_manifest(file: Path) -> Manifest:
    """What a file says it is; not yet believed. Raises NotABackup."""
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
                raise NotABackup(file=str(file))
            manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (OSError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError):
        raise NotABackup(file=str(file)) from None
    if manifest.format != 1 or set(manifest.members) != set(_MEMBERS):
        raise NotABackup(file=str(file))
    return manifest


def unlock(file: Path, passphrase: str) -> DataKey:
    """The data key of a backup. Raises NotABackup, WrongPassphrase."""
    read_manifest(file)
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(file) as archive:
        archive.extract(KEY_FILE, scratch)
        return keys.unwrap(keys.read_key_file(Path(scratch)), passphrase)


def unpack(file: Path, key: DataKey, folder: Path) -> None:
    """Lay the data of a backup out in an empty folder, everything checked. Raises NotABackup, BackupFailed."""
    manifest = _verify(file, key, file.parent / PHOTO_FOLDER, folder.parent)
    with zipfile.ZipFile(file) as archive:
        for member in _MEMBERS:
            archive.extract(member, folder)
    for name in manifest.blobs:
        target = folder / BLOB_FOLDER / name[:2] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_blob_path(file.parent / PHOTO_FOLDER, name), target)


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


def _copy_blobs(store: Store, folder: Path) -> tuple[list[str], int]:
    new = 0
    with store.reading() as session:
        names = list(store.blobs.shelf.names(session))
        for name in names:
            path = _blob_path(folder, name)
            if path.exists():
                continue
            sealed = store.blobs.shelf.read(session, name)
            if sealed is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, sealed)
                new += 1
    return names, new


def _blob_path(folder: Path, name: str) -> Path:
    return folder / name[:2] / name


def _write_zip(path: Path, members: dict[str, Path], manifest: Manifest) -> None:
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, member in members.items():
                archive.write(member, name)
            archive.writestr(MANIFEST, msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())


def _verify(file: Path, key: DataKey, photos: Path, work: Path) -> Manifest:
    """Read a backup back: its list, its files, its photos, the database page by page. `work` is for scratch."""
    manifest = read_manifest(file)
    if not manifest.is_sealed_by(key):
        raise BackupFailed(file=str(file))
    with tempfile.TemporaryDirectory(prefix=".safetydesk-", dir=work) as scratch, zipfile.ZipFile(file) as archive:
        for name, digest in manifest.members.items():
            if _digest(Path(archive.extract(name, scratch))) != digest:
                raise BackupFailed(file=str(file))
        if sqlite.integrity_problems(Path(scratch) / DATABASE_FILE, key.derive("database")):
            raise BackupFailed(file=str(file))
    if any(not _blob_path(photos, name).exists() for name in manifest.blobs):
        raise BackupFailed(file=str(file))
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
