"""Backups and restores, as an officer or the office does them."""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models import backup, migrations
from safetydesk.models.backup import MadeBackup
from safetydesk.models.faults import understood
from safetydesk.models.store import BACKUP_FOLDER, Store
from safetydesk.models.tables import LocalSetting
from safetydesk.workflows import settings
from safetydesk.workflows.desk import Progress, Quiet

LAST_BACKUP = "backup.last"  # the local setting that remembers it


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


@dataclass(frozen=True)
class LastBackup:
    """The newest backup that this computer made and read back."""

    made_at: datetime
    file: str
    blobs: int
    size: int  # bytes, without photos


def back_up(store: Store, out: Path, progress: Progress | None = None) -> MadeBackup:
    """A verified backup. Raises BackupFailed; what the disk says; Cancelled, which leaves copied photos for the next.

    When it was made is remembered where the store can be written; where it cannot, the backup counts all the same.
    """
    with understood(out):
        made = backup.make(store, out, watch=_Steps(progress or Quiet(), "抄写照片和文书"))
    with suppress(SafetyDeskError):
        _remember(store, made)
    return made


def last_backup(session: Session) -> LastBackup | None:
    row = session.get(LocalSetting, LAST_BACKUP)
    if row is None or not isinstance(row.value, dict):
        return None
    said = row.value
    return LastBackup(datetime.fromisoformat(said["made_at"]), str(said["file"]), int(said["blobs"]), int(said["size"]))


def _remember(store: Store, made: MadeBackup) -> None:
    said = {"made_at": store.clock.now().isoformat(), "file": str(made.file), "blobs": made.blobs, "size": made.size}
    with store.writing() as session:
        session.merge(LocalSetting(key=LAST_BACKUP, value=said))


@dataclass(frozen=True)
class _Steps:
    """Progress in the words of a workflow, for what the models do photo by photo."""

    progress: Progress
    what: str

    def __call__(self, done: int, total: int) -> None:
        self.progress.check_cancelled()
        self.progress.report(done, total, self.what)


def lay_out(file: Path, passphrase: str, folder: Path, moment: str, progress: Progress | None = None) -> Path | None:
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
            backup.unpack(file, key, fresh, watch=_Steps(progress or Quiet(), "放回照片和文书"))
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
