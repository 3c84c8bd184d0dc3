"""What opening an installation needs, loaded while the passphrase is typed."""

from __future__ import annotations

from importlib import import_module
from threading import Lock

from safetydesk.models import put_off

_NEEDED = (  # by name: an import that nothing here uses would be taken for one too many
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.hashes",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "argon2.low_level",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "safetydesk.models.dialect.sqlite",
    "safetydesk.workflows.opening",
    "safetydesk.workflows.wall_clock",
)


_loading = Lock()


def load() -> None:
    """One after the other: of two threads that import SQLAlchemy together, one finds it half there and fails."""
    with _loading:
        put_off.import_sqlalchemy()
        for name in _NEEDED:
            import_module(name)
