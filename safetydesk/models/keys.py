"""The data key, wrapped by the passphrase (Argon2id), in a small file beside the database. Design: section 5."""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from safetydesk.domain.errors import IntegrityError
from safetydesk.models.errors import DamagedKeyFile, FolderNotWritable, NoDataFolder, WrongPassphrase
from safetydesk.models.files import flush_folder, write_whole

KEY_FILE = "key.json"
LEAST_CHARACTERS = 8
_MOST_MEMORY_KIB = 1 << 19  # a key file from outside may not ask for more
_MOST_WORK_KIB = 1 << 22  # memory times passes: some seconds on a slow laptop
_SALT_BYTES = 16
_MOST_BYTES = 65536
_SENSELESS = (KeyError, TypeError, ValueError, OverflowError, RecursionError)  # what a file of other content raises


class PassphraseUnchanged(IntegrityError):
    """The new key file did not read back: the old passphrase still holds. facts: file."""

    code = "passphrase_unchanged"


@dataclass(frozen=True)
class Kdf:
    """Argon2id: memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int = 2


@dataclass(frozen=True)
class KeyFile:
    """What is needed, besides the passphrase, to get at the data key."""

    kdf: Kdf
    salt: bytes
    wrapped: bytes


class DataKey:
    """The random key of one installation; every use has its own key derived from it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for `purpose` (HKDF-SHA256)."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), 32, None, f"safetydesk 1 {purpose}".encode()).derive(self._secret)

    def wrapped_by(self, passphrase: str, kdf: Kdf) -> KeyFile:
        salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(12)
        sealed = _cipher(passphrase, kdf, salt).encrypt(nonce, self._secret, _bound(kdf, salt))
        return KeyFile(kdf, salt, nonce + sealed)


def new_data_key() -> DataKey:
    return DataKey(secrets.token_bytes(32))


def calibrated_kdf() -> Kdf:
    """As much as this computer does in about a fifth of a second, and never less than 64 MiB and three passes."""
    from argon2.low_level import Type, hash_secret_raw

    started = time.perf_counter()
    hash_secret_raw(b"calibration", b"0" * 16, 3, 65536, 2, 32, Type.ID)
    took = time.perf_counter() - started
    return Kdf(131072 if took < 0.12 else 65536, 3)


def unwrap(key_file: KeyFile, passphrase: str) -> DataKey:
    """The data key. Slow on purpose. Raises WrongPassphrase."""
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(passphrase, key_file.kdf, key_file.salt)
    try:
        secret = cipher.decrypt(key_file.wrapped[:12], key_file.wrapped[12:], _bound(key_file.kdf, key_file.salt))
    except InvalidTag:
        raise WrongPassphrase from None
    return DataKey(secret)


def read_key_file(folder: Path) -> KeyFile:
    """Raises NoDataFolder where nothing was set up, DamagedKeyFile where it makes no sense."""
    path = folder / KEY_FILE
    try:
        return _read(path)
    except (FileNotFoundError, NotADirectoryError):
        if (folder / "safetydesk.db").exists():  # data without its key: never "set up anew"
            raise DamagedKeyFile(file=str(path)) from None
        raise NoDataFolder(folder=str(folder)) from None
    except PermissionError:
        raise FolderNotWritable(folder=str(folder)) from None
    except (OSError, *_SENSELESS):
        raise DamagedKeyFile(file=str(path)) from None


def write_key_file(folder: Path, key_file: KeyFile) -> None:
    write_whole(folder / KEY_FILE, _said(key_file), mode=0o600)


def rewrap(folder: Path, old: str, new: str, kdf: Kdf) -> None:
    """Close the same data key with another passphrase.

    The new file takes the old one's place only after it was read back and opened: at every moment one of the two
    lies there whole. Slow on purpose. Raises WrongPassphrase, PassphraseUnchanged; OSError leaves all as it was.
    """
    key = unwrap(read_key_file(folder), old)
    fresh = folder / f".{KEY_FILE}.{secrets.token_hex(4)}"
    try:
        write_whole(fresh, _said(key.wrapped_by(new, kdf)), mode=0o600)
        _check_opens(fresh, new, key)
        os.replace(fresh, folder / KEY_FILE)
    finally:
        fresh.unlink(missing_ok=True)
    flush_folder(folder)


def _check_opens(file: Path, passphrase: str, key: DataKey) -> None:
    try:
        again = unwrap(_read(file), passphrase)
    except (OSError, WrongPassphrase, *_SENSELESS):
        raise PassphraseUnchanged(file=str(file)) from None
    if again.derive("check") != key.derive("check"):
        raise PassphraseUnchanged(file=str(file))


def _said(key_file: KeyFile) -> bytes:
    plain = {
        "format": 1,
        "kdf": {"name": "argon2id", **asdict(key_file.kdf)},
        "salt": base64.b64encode(key_file.salt).decode(),
        "wrapped": base64.b64encode(key_file.wrapped).decode(),
    }
    return json.dumps(plain, indent=1).encode()


def _read(path: Path) -> KeyFile:
    return _key_file(json.loads(path.read_bytes()[:_MOST_BYTES]))


def passphrase_from_environment() -> str | None:
    """The passphrase where nobody can type, taken out of the environment as it is read."""
    return os.environ.pop("SAFETYDESK_PASSPHRASE", None)


def _key_file(plain: dict[str, Any]) -> KeyFile:
    kdf = Kdf(int(plain["kdf"]["memory_kib"]), int(plain["kdf"]["passes"]), int(plain["kdf"]["lanes"]))
    salt, wrapped = (base64.b64decode(plain[name], validate=True) for name in ("salt", "wrapped"))
    if plain["format"] != 1 or plain["kdf"]["name"] != "argon2id" or not _is_bearable(kdf):
        raise ValueError
    if (len(salt), len(wrapped)) != (_SALT_BYTES, 12 + 32 + 16):
        raise ValueError
    return KeyFile(kdf, salt, wrapped)


def _is_bearable(kdf: Kdf) -> bool:
    """Within what Argon2 takes (RFC 9106 section 3.1) and what a computer of an office can do."""
    if not (1 <= kdf.lanes <= 8 and 8 * kdf.lanes <= kdf.memory_kib <= _MOST_MEMORY_KIB and kdf.passes >= 1):
        return False
    return kdf.memory_kib * kdf.passes <= _MOST_WORK_KIB


def _cipher(passphrase: str, kdf: Kdf, salt: bytes) -> Any:
    from argon2.low_level import Type, hash_secret_raw
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    said = unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")  # an environment may hold any bytes
    return AESGCM(hash_secret_raw(said, salt, kdf.passes, kdf.memory_kib, kdf.lanes, 32, Type.ID))


def _bound(kdf: Kdf, salt: bytes) -> bytes:
    return f"safetydesk key 1 {kdf.memory_kib} {kdf.passes} {kdf.lanes} {salt.hex()}".encode()
