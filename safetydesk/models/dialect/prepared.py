"""Statements that every write and every key of a search runs: compiled once, then handed to SQLite's driver directly.

SQLAlchemy's own execution costs several times what the statement does, which is nothing for a list on the screen and
everything for one answer, a letter that is typed, or a hundred thousand rows. On PostgreSQL the round trip dwarfs it,
so there the statement runs the ordinary way.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Executable, Select
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

_RAW = "raw connection"
_LIST = re.compile(r"__\[POSTCOMPILE_(\w+)\]")  # what the compiler leaves where a list will stand


@dataclass(frozen=True)
class _Compiled:
    sql: str
    names: Sequence[str]
    bind: Sequence[Callable[[Any], Any] | None]
    result: Sequence[Callable[[Any], Any] | None]
    row: Callable[[list[Any]], Any]
    lists: frozenset[str]  # parameters that are many values: expanding ones
    said: Mapping[str, Any]  # values that the statement itself names

    def values(self, parameters: Mapping[str, Any]) -> list[Any]:
        if self.said:
            parameters = {**self.said, **parameters}
        return [
            parameters[name] if process is None else process(parameters[name])
            for name, process in zip(self.names, self.bind, strict=True)
        ]

    def with_lists(self, parameters: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The text with a place for every value of its lists, and all values in their order."""
        if not self.lists:
            return self.sql, self.values(parameters)
        parameters = {**self.said, **parameters}
        long = {name: _rounded(parameters[name]) for name in self.lists}
        sql = _LIST.sub(lambda found: ",".join("?" * len(long[found[1]])), self.sql)
        given: list[Any] = []
        for name, process in zip(self.names, self.bind, strict=True):
            several = long[name] if name in long else (parameters[name],)
            given += several if process is None else map(process, several)
        return sql, given

    def told(self, row: Sequence[Any]) -> list[Any]:
        return [value if process is None else process(value) for value, process in zip(row, self.result, strict=True)]


def _rounded(values: Sequence[Any]) -> Sequence[Any]:
    """Filled up with its last to a length of few kinds, so that the driver knows the statement already."""
    if len(values) < 2:
        return values
    return [*values, *[values[-1]] * ((1 << (len(values) - 1).bit_length()) - len(values))]


class Prepared:
    """One Core statement. Parameters go by the names of its bind parameters; an expanding one takes a list."""

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
        return None if row is None else compiled.told(row)

    def all(self, session: Session, parameters: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """Every row, its values by the names of the columns too. What waits to be written is written before."""
        session.flush()
        raw = _raw_connection(session)
        if raw is None:
            return session.connection().execute(self._statement, dict(parameters or {})).all()
        compiled = self._for_sqlite(session)
        found = raw.execute(*compiled.with_lists(parameters or {})).fetchall()
        return [compiled.row(compiled.told(row)) for row in found]

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
    row = namedtuple("Row", [column.key or "" for column in columns], rename=True)  # type: ignore[misc]
    lists = frozenset(name for name in names if compiled.binds[name].expanding)
    said = {name: compiled.binds[name].effective_value for name in names if not compiled.binds[name].required}
    return _Compiled(str(compiled), names, bind, result, row._make, lists, said)


def _raw_connection(session: Session) -> Any:
    """SQLite's own connection of this transaction; none on PostgreSQL."""
    if _RAW not in session.info:
        sqlite = session.get_bind().dialect.name == "sqlite"
        session.info[_RAW] = session.connection().connection.dbapi_connection if sqlite else None
    return session.info[_RAW]
