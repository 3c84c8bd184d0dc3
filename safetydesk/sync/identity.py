"""Who an installation is to others: an age identity to be written to, and a key to sign with. Design: section 5."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True)
class PublicIdentity:
    """What others may know."""

    age_recipient: str
    verify_key: str  # Ed25519, base64url without padding

    @property
    def fingerprint(self) -> str:
        """Twenty digits in groups of four, for two people to compare: 66 bits over both keys."""
        digest = hashlib.sha256(f"safetydesk identity 1\n{self.age_recipient}\n{self.verify_key}".encode()).digest()
        digits = f"{int.from_bytes(digest) % 10**20:020d}"
        return " ".join(digits[at : at + 4] for at in range(0, 20, 4))


@dataclass(frozen=True, repr=False)
class Identity:
    """The secret halves. Kept in the keyring alone."""

    age_identity: str
    signing_key: str

    def public(self) -> PublicIdentity:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
        from pyrage import x25519

        verify = self._private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return PublicIdentity(str(x25519.Identity.from_str(self.age_identity).to_public()), _text(verify))

    def sign(self, purpose: str, message: bytes) -> str:
        """A signature that holds for this purpose only, base64url."""
        return _text(self._private().sign(_scoped(purpose, message)))

    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(_bytes(self.signing_key))


def new_identity() -> Identity:
    import secrets

    from pyrage import x25519

    return Identity(str(x25519.Identity.generate()), _text(secrets.token_bytes(32)))


def is_signed(verify_key: str, purpose: str, message: bytes, signature: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(_bytes(verify_key)).verify(_bytes(signature), _scoped(purpose, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def _scoped(purpose: str, message: bytes) -> bytes:
    return f"safetydesk {purpose} 1\n".encode() + message


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
