"""The local keyring: who this installation is, under the same protection as the data.

On PostgreSQL it also holds the address of the database, which is never kept in the server. Design: section 5.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from safetydesk.models.errors import DamagedKeyFile
from safetydesk.models.files import write_whole
from safetydesk.models.keys import DataKey

KEYRING_FILE = "keyring.bin"
_BOUND = b"safetydesk keyring 1"


class Keyring(msgspec.Struct, frozen=True):
    """Secrets and self-knowledge of one installation."""

    role: str  # officer | office | county
    officer_id: str
    unit_id: str
    age_identity: str
    signing_key: str  # Ed25519 seed, base64url
    database_url: str | None = None

    def __repr__(self) -> str:  # never into a log
        return f"Keyring(role={self.role!r})"


@dataclass(frozen=True)
class KeyringFile:
    folder: Path

    def write(self, key: DataKey, keyring: Keyring) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        sealed = AESGCM(key.derive("keyring")).encrypt(nonce, msgspec.json.encode(keyring), _BOUND)
        write_whole(self.folder / KEYRING_FILE, nonce + sealed, mode=0o600)

    def read(self, key: DataKey) -> Keyring:
        """Raises DamagedKeyFile."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        path = self.folder / KEYRING_FILE
        try:
            sealed = path.read_bytes()
            plain = AESGCM(key.derive("keyring")).decrypt(sealed[:12], sealed[12:], _BOUND)
            return msgspec.json.decode(plain, type=Keyring)
        except (OSError, InvalidTag, ValueError, msgspec.MsgspecError):
            raise DamagedKeyFile(file=str(path)) from None
