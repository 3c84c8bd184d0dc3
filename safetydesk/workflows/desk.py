"""The desk a person sits at: the open store, who is there, and what the verbs need besides a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from safetydesk.domain.kinds import Role
from safetydesk.models.blobs import Blobs
from safetydesk.models.store import Store
from safetydesk.sync.identity import Identity


class Progress(Protocol):
    """How a long verb says how far it is. `check_cancelled` raises Cancelled."""

    def report(self, done: int, total: int, what: str = "") -> None: ...
    def check_cancelled(self) -> None: ...


class Quiet:
    """Nobody watches, nobody cancels."""

    def report(self, done: int, total: int, what: str = "") -> None:
        pass

    def check_cancelled(self) -> None:
        pass


@dataclass(frozen=True)
class Desk:
    """What is opened once and handed to the verbs."""

    store: Store

    @property
    def role(self) -> Role:
        return Role(self.store.keyring.role)

    @property
    def officer_id(self) -> UUID:
        return UUID(self.store.keyring.officer_id)

    @property
    def unit_id(self) -> UUID:
        return UUID(self.store.keyring.unit_id)

    @property
    def identity(self) -> Identity:
        return Identity(self.store.keyring.age_identity, self.store.keyring.signing_key)

    @property
    def blobs(self) -> Blobs:
        return self.store.blobs

    def now(self) -> datetime:
        return self.store.clock.now()

    def today(self) -> date:
        """The date on the wall, where the computer stands."""
        return local_date(self.now())


def local_date(moment: datetime) -> date:
    return moment.astimezone().date()
