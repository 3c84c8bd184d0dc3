"""Encrypted SQLite (SQLCipher): opening it, and what only it can do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

BUSY_SECONDS = 30
_USED = "used"  # of a connection that is not for a second time


class _AsItLies(sqlcipher.Connection):  # type: ignore[misc]
    """Reads the file as it lay when it was opened, and cannot write."""


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """One keyed connection. The key is given raw: SQLCipher's own derivation would cost a tenth of a second.

    On a full disk or a read-only medium SQLite cannot even lay out what it reads by. There the file is opened as it
    lies, for reading and for a backup to somewhere else, if no log waits beside it.
    """
    if create:
        path.touch(mode=0o600)
    try:
        return _connect(path, key, "rwc" if create else "rw", create=create)
    except sqlcipher.OperationalError:
        if create or not _is_at_rest(path):
            raise
        return _connect(path, key, "ro&immutable=1", create=False, kind=_AsItLies)


def _connect(path: Path, key: bytes, mode: str, *, create: bool, kind: type[Any] = sqlcipher.Connection) -> Any:
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None,
        check_same_thread=False, factory=kind,
    )  # fmt: skip
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # the program speaks for itself
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")  # a temporary file would not be encrypted
        connection.execute("SELECT count(*) FROM sqlite_master")  # a wrong key shows here
        if create:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_at_rest(path: Path) -> bool:
    """The file is there, and everything that was committed is in it."""
    log = path.with_name(f"{path.name}-wal")
    return path.exists() and (not log.exists() or log.stat().st_size == 0)


def open_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """An engine whose transactions are real: BEGIN, and BEGIN IMMEDIATE for those that write."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, create=create),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    _use_once(engine)
    return engine


def _use_once(engine: Engine) -> None:
    """What was opened as it lay serves one transaction: for the next there may be room, or a disk to write on, again."""

    @event.listens_for(engine, "checkin")
    def _mark(connection: Any, record: ConnectionPoolEntry) -> None:
        if isinstance(connection, _AsItLies):
            record.info[_USED] = True

    @event.listens_for(engine, "checkout")
    def _open_anew(_connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if _USED in record.info:
            raise DisconnectionError


def copy_into(source: Path, target: Path, key: bytes) -> None:
    """A consistent copy of the database under the same key, through the engine: a file copy would miss the log.

    The copy keeps a log too: without one, readers and writers of a restored database would shut each other out.
    """
    connection = connect(source, key)
    try:
        connection.execute(f"ATTACH DATABASE ? AS copy KEY \"x'{key.hex()}'\"", (str(target),))
        connection.execute("SELECT sqlcipher_export('copy')")
        connection.execute("PRAGMA copy.journal_mode = WAL")
        connection.execute("DETACH DATABASE copy")
    finally:
        connection.close()


def integrity_problems(path: Path, key: bytes) -> list[str]:
    """What the engine finds wrong with a file: pages whose seal is broken first, then the structure."""
    connection = connect(path, key)
    try:
        broken = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        return broken or [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    finally:
        connection.close()
