"""Reads the query parameters of X's read endpoints, and refuses in X's words what is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.sandbox.knobs import Vocabulary
from bot.sandbox.x.answer import RefusedError
from bot.sandbox.x.problems import invalid

T = TypeVar("T")

_PAGE = "7140dibdnow9c7btw3z"
_PLAIN_FIELDS = (
    *("attachments", "author_id", "card_uri", "community_id", "context_annotations"),
    *("conversation_id", "created_at", "display_text_range", "edit_controls", "entities"),
    *("geo", "id", "in_reply_to_user_id", "lang", "possibly_sensitive", "public_metrics"),
    *("reply_settings", "source", "text", "withheld"),
)
_RENAMED_FIELDS = ("edit_history_{}_ids", "note_{}", "referenced_{}s")
_USER_FIELDS = ("created_at", "description", "id", "name", "protected", "username", "verified")
_TIMES = "does not match the time format YYYY-MM-DDTHH:mm:ssZ"


@dataclass(frozen=True, slots=True)
class TimelineQuery:
    """What a read of a timeline asks for; ids and times bound it, None does not."""

    fields: frozenset[str]
    limit: int
    exclude: frozenset[str]
    since_id: int | None
    until_id: int | None
    start_ms: int | None
    end_ms: int | None
    before_id: int | None


class _Reader:
    """Reads parameters one by one and collects everything that is wrong with them."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query
        self._known: list[str] = []
        self._wrong: list[tuple[str, dict[str, Any]]] = []

    def read(self, name: str, reading: Callable[[str], T], absent: T, wrong: str) -> T:
        """Answer a parameter as `reading` has it; its ValueError means `wrong`."""
        self._known.append(name)
        if (value := self._query.get(name)) is None:
            return absent
        try:
            return reading(value)
        except ValueError:
            message = f"The `{name}` query parameter value [{value}] {wrong}"
            self._wrong.append((message, {name: [value]}))
            return absent

    def among(self, name: str, allowed: Iterable[str]) -> frozenset[str]:
        """Answer a comma-separated parameter of which each value must be allowed."""
        known = sorted(allowed)

        def reading(value: str) -> frozenset[str]:
            if not (values := frozenset(value.split(","))) <= set(known):
                raise ValueError(value)
            return values

        return self.read(name, reading, frozenset(), f"is not one of [{','.join(known)}]")

    def finish(self) -> None:
        """Refuse with 400 if anything was wrong or is left over."""
        for name, value in self._query.items():
            if name not in self._known:
                message = f"The query parameter [{name}] is not one of [{','.join(self._known)}]"
                self._wrong.append((message, {name: [value]}))
        if self._wrong:
            raise RefusedError(invalid(*self._wrong))


def timeline(query: Mapping[str, str], path_id: str, vocabulary: Vocabulary) -> TimelineQuery:
    """Answer what a read of a user's timeline asks for, or refuse."""
    reader = _Reader({"id": path_id, **query})
    reader.read("id", identity, 0, "is not valid")
    asked = TimelineQuery(
        since_id=reader.read("since_id", identity, None, "is not valid"),
        until_id=reader.read("until_id", identity, None, "is not valid"),
        limit=reader.read("max_results", _page_size, 10, "is not between 5 and 100"),
        before_id=reader.read("pagination_token", _page, None, "is not valid"),
        exclude=reader.among("exclude", ("replies", "retweets")),
        start_ms=reader.read("start_time", _unix_ms, None, _TIMES),
        end_ms=reader.read("end_time", _unix_ms, None, _TIMES),
        fields=reader.among(f"{vocabulary}.fields", _fields(vocabulary)),
    )
    reader.finish()
    return asked


def lookup(query: Mapping[str, str], path_id: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Answer the fields that a lookup of one tweet asks for, or refuse."""
    reader = _Reader({"id": path_id, **query})
    reader.read("id", identity, 0, "is not valid")
    fields = reader.among(f"{vocabulary}.fields", _fields(vocabulary))
    reader.finish()
    return fields


def deletion(query: Mapping[str, str], path_id: str) -> int:
    """Answer the id that is to be deleted, or refuse."""
    reader = _Reader({"id": path_id, **query})
    tweet_id = reader.read("id", identity, 0, "is not valid")
    reader.finish()
    return tweet_id


def me(query: Mapping[str, str]) -> frozenset[str]:
    """Answer the fields that a read of one's own account asks for, or refuse."""
    reader = _Reader(query)
    fields = reader.among("user.fields", _USER_FIELDS)
    reader.finish()
    return fields


def page_token(last_id: int) -> str:
    """Answer the token of the page that begins after this tweet."""
    return f"{_PAGE}{last_id:x}"


def identity(value: str) -> int:
    """Read an id: up to 19 digits."""
    if not re.fullmatch("[0-9]{1,19}", value):
        raise ValueError(value)
    return int(value)


def _fields(vocabulary: Vocabulary) -> Iterable[str]:
    return (*_PLAIN_FIELDS, *(field.format(vocabulary) for field in _RENAMED_FIELDS))


def _page_size(value: str) -> int:
    if not 5 <= (size := identity(value)) <= 100:
        raise ValueError(value)
    return size


def _page(value: str) -> int:
    if not re.fullmatch(f"{_PAGE}[0-9a-f]{{1,16}}", value):
        raise ValueError(value)
    return int(value.removeprefix(_PAGE), 16)


def _unix_ms(value: str) -> int:
    return int(datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z").timestamp() * 1000)
