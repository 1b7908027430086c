"""Ed25519 keys: the only file that knows `cryptography`."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)


def public_half(private: bytes) -> bytes:
    """Return the public key of a private one; ValueError where it is none."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, text: str) -> bytes:
    """Return the signature over a text, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(text.encode("utf-8"))


def verify(public: bytes, signature: bytes, text: str) -> bool:
    """Whether a signature over a text is the key's; ValueError where the key is none."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode("utf-8"))
    except InvalidSignature:
        return False
    return True
