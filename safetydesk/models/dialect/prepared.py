"""Statements that every write runs: compiled once, then handed to SQLite's driver directly.

SQLAlchemy's own execution costs several times what the statement does, which is nothing for a list on the screen and
everything for one answer or a hundred thousand rows. On PostgreSQL the round trip dwarfs it, so there the statement
runs the ordinary way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Executable, Select
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

_RAW = "raw connection"


@dataclass(frozen=True)
class _Compiled:
    sql: str
    names: Sequence[str]
    bind: Sequence[Callable[[Any], Any] | None]
    result: Sequence[Callable[[Any], Any] | None]

    def values(self, parameters: Mapping[str, Any]) -> list[Any]:
        return [
            parameters[name] if process is None else process(parameters[name])
            for name, process in zip(self.names, self.bind, strict=True)
        ]


class Prepared:
    """One Core statement. Parameters go by the names of its bind parameters."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    def run(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Once for each row."""
        raw = _raw_connection(session)
        if raw is None:
            session.connection().execute(self._statement, [dict(row) for row in rows])
            return
        compiled = self._for_sqlite(session)
        if len(rows) == 1:
            raw.execute(compiled.sql, compiled.values(rows[0]))
        else:
            raw.executemany(compiled.sql, map(compiled.values, rows))

    def first(self, session: Session, parameters: Mapping[str, Any] | None = None) -> Sequence[Any] | None:
        """The first row as plain values, or none."""
        raw = _raw_connection(session)
        if raw is None:
            return session.connection().execute(self._statement, dict(parameters or {})).first()
        compiled = self._for_sqlite(session)
        row = raw.execute(compiled.sql, compiled.values(parameters or {})).fetchone()
        if row is None:
            return None
        return [
            value if process is None else process(value) for value, process in zip(row, compiled.result, strict=True)
        ]

    def _for_sqlite(self, session: Session) -> _Compiled:
        if self._compiled is None:
            self._compiled = _compiled(self._statement, session.get_bind().dialect)
        return self._compiled


def forget(session: Session) -> None:
    """The transaction is over: the connection goes back to its pool."""
    session.info.pop(_RAW, None)


def _compiled(statement: Executable, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    names = list(compiled.positiontup or [])
    bind = [compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    columns = list(statement.selected_columns) if isinstance(statement, Select) else []
    result = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return _Compiled(str(compiled), names, bind, result)


def _raw_connection(session: Session) -> Any:
    """SQLite's own connection of this transaction; none on PostgreSQL."""
    if _RAW not in session.info:
        sqlite = session.get_bind().dialect.name == "sqlite"
        session.info[_RAW] = session.connection().connection.dbapi_connection if sqlite else None
    return session.info[_RAW]
