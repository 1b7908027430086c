"""The four keys with which the bot speaks for one X account (OAuth 1.0a, they do not expire)."""

import re
from dataclasses import dataclass, field, fields

from bot.errors import SettingsError

_TOKEN = re.compile(r"[0-9]{1,19}-[!-~]+")
_PRINTABLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """The app's key and the account's token, each with its secret. Raises SettingsError."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)

    def __post_init__(self) -> None:
        for key in fields(self):
            if not _PRINTABLE.fullmatch(getattr(self, key.name)):
                raise SettingsError(f"X's {key.name} is empty or has a space in it.")
        if not _TOKEN.fullmatch(self.access_token):
            raise SettingsError("X's access_token must begin with the account's id and a hyphen.")

    @property
    def user_id(self) -> str:
        """The id of the account: X writes it in front of the access token."""
        return self.access_token.partition("-")[0]

    def all(self) -> tuple[str, ...]:
        """Return every one of them: what must never be shown."""
        return tuple(getattr(self, key.name) for key in fields(self))
