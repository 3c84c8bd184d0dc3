"""What belongs to this installation alone and is never synced."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from safetydesk.models.base import Base
from safetydesk.models.types import PLAIN


class Clock(Base):
    """The one row that every writing transaction locks: the last stamp, the last `seq`, the end of the audit chain."""

    __tablename__ = "clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    replica: Mapped[UUID]
    number: Mapped[int]  # the local number of our own replica
    stamp: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)
    audit_index: Mapped[int] = mapped_column(BigInteger)
    audit_hash: Mapped[str]
    paper_count: Mapped[int] = mapped_column(BigInteger)  # papers ever numbered here; the marker outside remembers it
    generation: Mapped[int]  # a restored office takes a higher one
    simulated: Mapped[bool]  # set up under SAFETYDESK_NOW


class ReplicaNumber(Base):
    """The small local number that stands for a replica in stamps; meaningless elsewhere."""

    __tablename__ = "replica_number"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    replica: Mapped[UUID] = mapped_column(unique=True)


class LocalSetting(Base):
    """A setting of this computer."""

    __tablename__ = "local_setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(PLAIN, nullable=True)


class PaperCounter(Base):
    """The last running number of one kind of paper of one series in one year."""

    __tablename__ = "paper_counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class TakenNumber(Base):
    """Every document number ever taken here: the primary key refuses a second paper with one number."""

    __tablename__ = "taken_number"

    number: Mapped[str] = mapped_column(primary_key=True)
    paper_id: Mapped[UUID]


class LedgerImport(Base):
    """One import of a workbook, with what it changed, so that it can be undone as one step."""

    __tablename__ = "ledger_import"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    imported_at: Mapped[datetime]
    created: Mapped[int]
    updated: Mapped[int]
    changes: Mapped[list[Any]]  # [row id, column, value before, stamp of the import]


class EnterpriseSearch(Base):
    """A line of the search index: what an enterprise is found by, in lower case.

    Four parts with an empty line between them: names, initials of the names, codes, everything else. `number` is its
    place in the sets of `search_gram`.
    """

    __tablename__ = "enterprise_search"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    enterprise_id: Mapped[UUID] = mapped_column(unique=True)
    haystack: Mapped[str]


class SearchGram(Base):
    """The lines of `enterprise_search` that hold one short piece of text, for one block of lines.

    `key` is the piece, hashed, and the block; `lines` a list or a row of bits (`models.dialect.postings`).
    """

    __tablename__ = "search_gram"

    key: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )  # SQLite finds rows by their own number only where it is called INTEGER, which is of 64 bits there
    lines: Mapped[bytes] = mapped_column(LargeBinary)


class BlobRow(Base):
    """Encrypted photos and papers, on PostgreSQL only; beside SQLite they are files."""

    __tablename__ = "blob"

    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
