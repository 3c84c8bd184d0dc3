"""Backups and restores, as an officer or the office does them."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models import backup, migrations
from safetydesk.models.backup import MadeBackup
from safetydesk.models.faults import understood
from safetydesk.models.store import BACKUP_FOLDER, Store
from safetydesk.workflows import settings


class NoBackupFolder(SafetyDeskError):
    """Nobody said where to, and no setting does."""

    code = "no_backup_folder"


def before_migration(store: Store) -> MadeBackup:
    """The backup that an old database gets before it is brought up to date."""
    return backup.make(store, store.folder / BACKUP_FOLDER, name=f"before-{migrations.HEAD}-{secrets.token_hex(3)}")


def usual_folder(store: Store) -> Path:
    """Where this computer's backups go by its setting. Raises NoBackupFolder."""
    with store.reading() as session:
        folder = settings.value_of(session, "backup.folder")
    if folder is None:
        raise NoBackupFolder
    return Path(str(folder))


def back_up(store: Store, out: Path) -> MadeBackup:
    """A verified backup. Raises BackupFailed; what the disk says."""
    with understood(out):
        return backup.make(store, out)


def lay_out(file: Path, passphrase: str, folder: Path, moment: str) -> Path | None:
    """Put a backup in the place of `folder`. What was there is kept beside it; its new name is returned.

    The data must then take a new replica id: the caller opens it and renews. Raises NotABackup, WrongPassphrase,
    DamagedBackup; then nothing has changed. A backup of PostgreSQL becomes an encrypted file here.
    """
    key = backup.unlock(file, passphrase)
    with understood(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = folder.with_name(f".{folder.name}-restoring-{secrets.token_hex(4)}")
        fresh.mkdir(mode=0o700)
        try:
            backup.unpack(file, key, fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        return _exchange(folder, fresh, moment)


def _exchange(folder: Path, fresh: Path, moment: str) -> Path | None:
    """Put `fresh` in the place of `folder`, and back again if that fails."""
    if not folder.exists():
        fresh.rename(folder)
        return None
    if not any(folder.iterdir()):
        folder.rmdir()
        fresh.rename(folder)
        return None
    kept = _free(folder.with_name(f"{folder.name}-before-restore-{moment}"))
    folder.rename(kept)
    try:
        fresh.rename(folder)
    except OSError:
        kept.rename(folder)
        raise
    return kept


def _free(path: Path) -> Path:
    """The name, or one with a count behind it."""
    candidates = (path.with_name(f"{path.name}-{count}") for count in range(2, 1000))
    return path if not path.exists() else next(one for one in candidates if not one.exists())
