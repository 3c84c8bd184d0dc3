"""PostgreSQL of an office or county."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from safetydesk.models.errors import DatabaseUnreachable, InsecureConnection

BUSY_SECONDS = 30
_HERE = {"", "localhost", "127.0.0.1", "::1"}


def checked_url(text: str) -> URL:
    """The address, with TLS demanded unless the server is this machine. Raises where it is none, or forbids TLS."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise DatabaseUnreachable(why="数据库地址的写法不对") from None
    if url.get_backend_name() != "postgresql":
        raise DatabaseUnreachable(why="只支持 postgresql:// 地址")
    url = url.set(drivername="postgresql+psycopg")
    socket = str(url.query.get("host", "")).startswith("/")
    if socket or (url.host or "") in _HERE:
        return url
    mode = url.query.get("sslmode", "require")
    if mode in ("disable", "allow", "prefer"):
        raise InsecureConnection(host=url.host)
    return url.update_query_dict({"sslmode": str(mode)})


def open_engine(text: str) -> Engine:
    engine = create_engine(checked_url(text), pool_pre_ping=True, connect_args={"connect_timeout": 10})

    @event.listens_for(engine, "connect")
    def _wait_no_longer(connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = '{BUSY_SECONDS * 1000:.0f}ms'")
        connection.commit()

    return engine


def one_moment(connection: Connection) -> Connection:
    """The same connection, whose next transaction sees every table as of one moment, whoever writes meanwhile."""
    return connection.execution_options(isolation_level="REPEATABLE READ")
