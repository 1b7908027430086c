"""Signatures of the record: who signs, and where the key is kept.

What signs (`keys`) is imported when something is signed or verified: before its first checkpoint
a bot is 7 MB smaller.
"""

import logging
import os
import secrets
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.engine import make_url

from bot.domain.checkpoint import Checkpoint, Head, statement
from bot.errors import SettingsError

KEY_BYTES = 32
"""A private key is so many random bytes (RFC 8032, 5.1.5)."""

NO_KEY = (
    "The audit key is none: it is 32 random bytes in base64, as `openssl rand -base64 32` prints."
)
NO_PLACE = "COUNTERSIGN_AUDIT_KEY is missing: beside a database that is no file I can keep none."
NOT_WRITTEN = "The audit key cannot be kept in {path} ({why}). Set COUNTERSIGN_AUDIT_KEY instead."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whoever holds the private key; `key` is the public one."""

    private: bytes = field(repr=False)

    @property
    def key(self) -> str:
        """The public key in base64 for addresses, 43 characters."""
        from bot.record import keys

        return _short(keys.public_half(self.private))

    def sign(self, text: str) -> str:
        """Return the signature over a text, 86 characters."""
        from bot.record import keys

        return _short(keys.sign(self.private, text))

    def checkpoint(self, head: Head) -> Checkpoint:
        """Return a head, signed."""
        return Checkpoint(head, self.key, self.sign(statement(head, self.key)))


def signer_of(secret: str) -> Signer:
    """Return whom a private key belongs to; SettingsError where it is none."""
    try:
        private = b64decode(secret, validate=True)
    except (NotBase64, ValueError) as error:
        raise SettingsError(NO_KEY) from error
    if len(private) != KEY_BYTES:
        raise SettingsError(NO_KEY)
    return Signer(private)


def is_signed(text: str, key: str, signature: str) -> bool:
    """Whether a signature over a text was made with the private half of a key."""
    from bot.record import keys

    try:
        public, signed = urlsafe_b64decode(f"{key}="), urlsafe_b64decode(f"{signature}==")
        return keys.verify(public, signed, text)
    except (NotBase64, ValueError):
        return False


def find_signer(secret: SecretStr | None, path: Path | None) -> Signer | None:
    """Return whoever signs: by the settings, or else by the file beside the database."""
    if secret is not None:
        return signer_of(secret.get_secret_value())
    if path is None or not path.exists():
        return None
    try:
        return signer_of(path.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The audit key {path} cannot be read.") from error


def signer_for(secret: SecretStr | None, path: Path | None) -> Signer:
    """Return whoever signs, making a key where there is none yet; SettingsError."""
    signer = find_signer(secret, path)
    if signer is not None:
        return signer
    if path is None:
        raise SettingsError(NO_PLACE)
    signer = make_signer(path)
    _log.info("a new audit key was made: %s; keep a copy", path)
    return signer


def key_file(database_url: str) -> Path | None:
    """Return where the key of a database is kept, None where the database is no file."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database).with_suffix(".audit-key")


def make_signer(path: Path) -> Signer:
    """Make a key and keep it in a file that only its owner reads; SettingsError."""
    signer = Signer(secrets.token_bytes(KEY_BYTES))
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as out:
            out.write(b64encode(signer.private) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError as error:
        raise SettingsError(NOT_WRITTEN.format(path=path, why=error.strerror)) from error
    return signer


def _short(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")
