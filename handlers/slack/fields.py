"""Reading JSON that others wrote: every field has the type that is asked for, or is malformed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_ID = re.compile(r"[A-Z0-9]{2,64}")
_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
_NUMBER = 2**53


class MalformedError(Exception):
    """A field is missing or of another type; the text is its path and never its content."""


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object, and the path by which it was reached."""

    raw: Mapping[str, Any]
    path: str = ""

    @classmethod
    def of(cls, value: object, path: str = "") -> "Fields":
        """Wrap a value that should be an object; MalformedError where it is none."""
        if not isinstance(value, Mapping):
            raise MalformedError(path or "/")
        return cls(value, path)

    def within(self, name: str) -> "Fields":
        """Return the object in a field."""
        return Fields.of(self.raw.get(name), f"{self.path}/{name}")

    def maybe_within(self, name: str) -> "Fields | None":
        """Return the object in a field, None where the field is missing or null."""
        return None if self.raw.get(name) is None else self.within(name)

    def rows(self, name: str) -> "tuple[Fields, ...]":
        """Return the objects of a list, nothing where the field is missing or null."""
        value = self.raw.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise MalformedError(f"{self.path}/{name}")
        return tuple(Fields.of(row, f"{self.path}/{name}/{n}") for n, row in enumerate(value))

    def entries(self) -> "Iterator[tuple[str, Fields]]":
        """Yield every field of an object of objects."""
        for name in self.raw:
            yield str(name), self.within(name)

    def verbatim(self, name: str) -> str:
        """Return a string as it came, even one that no database would take."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            raise MalformedError(f"{self.path}/{name}")
        return value

    def text(self, name: str) -> str:
        """Return a string that can be stored: lone surrogates and NUL are replaced."""
        return clean(self.verbatim(name))

    def maybe_text(self, name: str) -> str | None:
        """Return a string that can be stored, None where the field is missing or null."""
        return None if self.raw.get(name) is None else self.text(name)

    def id(self, name: str) -> str:
        """Return the id of a person, channel or team."""
        return self._formed(name, _ID)

    def maybe_id(self, name: str) -> str | None:
        """Return an id, None where the field is missing or null."""
        return None if self.raw.get(name) is None else self.id(name)

    def ts(self, name: str) -> str:
        """Return a timestamp as Slack writes it, the id of a message in its channel."""
        return self._formed(name, _TS)

    def maybe_ts(self, name: str) -> str | None:
        """Return a timestamp, None where the field is missing or null."""
        return None if self.raw.get(name) is None else self.ts(name)

    def number(self, name: str) -> int:
        """Return a whole number from 0 to 2^53."""
        value = self.raw.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _NUMBER:
            raise MalformedError(f"{self.path}/{name}")
        return value

    def maybe_number(self, name: str) -> int | None:
        """Return a whole number, None where the field is missing or null."""
        return None if self.raw.get(name) is None else self.number(name)

    def has(self, name: str) -> bool:
        """Whether the field holds anything that is not empty."""
        return bool(self.raw.get(name))

    def _formed(self, name: str, form: re.Pattern[str]) -> str:
        value = self.verbatim(name)
        if not form.fullmatch(value):
            raise MalformedError(f"{self.path}/{name}")
        return value


def clean(text: str) -> str:
    """Replace what cannot be stored or sent as UTF-8."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")
