"""PostgreSQL of an office or county."""

from __future__ import annotations

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from safetydesk.models.errors import DatabaseUnreachable, InsecureConnection

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
    return create_engine(checked_url(text), pool_pre_ping=True, connect_args={"connect_timeout": 10})
