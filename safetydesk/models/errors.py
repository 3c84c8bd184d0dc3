"""What can go wrong with the store, in kinds a person understands."""

from __future__ import annotations

from safetydesk.domain.errors import IntegrityError, SafetyDeskError


class NoDataFolder(SafetyDeskError):
    """Nothing was set up here. facts: folder."""

    code = "not_set_up"


class AlreadySetUp(SafetyDeskError):
    """There is data here already. facts: folder."""

    code = "already_set_up"


class WrongPassphrase(SafetyDeskError):
    code = "wrong_passphrase"


class PassphraseNeeded(SafetyDeskError):
    """Nobody can type one and the environment has none."""

    code = "passphrase_needed"


class WeakPassphrase(SafetyDeskError):
    """facts: least (characters)."""

    code = "weak_passphrase"


class DamagedKeyFile(IntegrityError):
    """facts: file."""

    code = "damaged_key_file"


class DamagedStore(IntegrityError):
    """The database or the photo store does not read back. facts: what."""

    code = "damaged_store"


class MissingBlob(IntegrityError):
    """A photo or paper that a row names is not in the store. facts: digest."""

    code = "missing_blob"


class NewerSchema(SafetyDeskError):
    """Written by a newer program. facts: found, known."""

    code = "newer_schema"


class Restored(SafetyDeskError):
    """This folder was restored or copied: it must take a new replica id before it writes. facts: folder."""

    code = "restored"


class ClockNotAllowed(SafetyDeskError):
    """A clock set by hand writes only into folders that were set up under one."""

    code = "clock_not_allowed"


class DiskFull(SafetyDeskError):
    """facts: folder."""

    code = "disk_full"


class FolderNotWritable(SafetyDeskError):
    """facts: folder."""

    code = "not_writable"


class StoreBusy(SafetyDeskError):
    """Another process held the data for too long."""

    code = "busy"


class DatabaseUnreachable(SafetyDeskError):
    """The PostgreSQL server does not answer or refuses. facts: why."""

    code = "database_unreachable"


class InsecureConnection(SafetyDeskError):
    """A server on another machine without TLS. facts: host."""

    code = "insecure_connection"


class BackupFailed(SafetyDeskError):
    """The backup was made but did not read back. facts: file."""

    code = "backup_failed"


class DamagedBackup(IntegrityError):
    """A backup does not read back, or is not what was sealed: nothing of it was taken. facts: file."""

    code = "damaged_backup"


class NotABackup(SafetyDeskError):
    """facts: file."""

    code = "not_a_backup"
