"""Opening an installation that was set up. Imports little: this is what every start waits for."""

from __future__ import annotations

from concurrent.futures import Future

from safetydesk.models import keys, store
from safetydesk.models.faults import understood
from safetydesk.models.keyring import KeyringFile
from safetydesk.models.keys import DataKey
from safetydesk.models.marker import Marker
from safetydesk.models.store import Store, WallClock
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.folders import Place

__all__ = ["Place", "is_stranger", "open_desk", "unlock", "verify"]


def open_desk(place: Place, data_key: DataKey | Future[DataKey], clock: WallClock) -> Desk:
    """Open what was set up. The key may still be in the making while this starts.

    An older schema is brought up to date after a backup. Raises NoDataFolder, WrongPassphrase, NewerSchema ...
    """
    key = data_key if isinstance(data_key, DataKey) else data_key.result()
    keyring = KeyringFile(place.folder).read(key)
    with understood(place.folder):
        engine = store.connect_engine(place.folder, key, keyring.database_url)
        opened = Store(engine, place.folder, key, keyring, Marker(place.state, place.folder), clock)
        try:
            store.bring_up_to_date(engine, lambda: _back_up_first(opened))
        except BaseException:
            opened.close()
            raise
    return Desk(opened)


def unlock(place: Place, passphrase: str, clock: WallClock) -> Desk:
    """Open with the passphrase. Slow on purpose. Raises WrongPassphrase, DamagedKeyFile, and what open_desk raises."""
    return open_desk(place, keys.unwrap(keys.read_key_file(place.folder), passphrase), clock)


def verify(place: Place, passphrase: str) -> None:
    """Whether this is the passphrase of what is open already. Raises WrongPassphrase."""
    keys.unwrap(keys.read_key_file(place.folder), passphrase)


def is_stranger(desk: Desk) -> bool:
    """Whether this folder was moved, copied or restored, so that it must take a new replica id before it writes."""
    _, _, _, known = desk.store.mark()
    return not known


def _back_up_first(opened: Store) -> None:
    from safetydesk.workflows import backups

    backups.before_migration(opened)
