"""What X says of a call that it refused."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from requests import Response

from bot.x.clock import ahead

_LONGEST = 200
_TELLING = 16
"""So many characters in a row that X's sentence shares with something hidden give it away."""
_KEYS = ("type", "title", "detail", "reason", "message", "code")
_SPENT = ("usage-capped", "problems/credits", "creditsdepleted", "spend cap", "spending limit")
_DUPLICATE = ("duplicate", "code=187")
_LOCKED_OUT = (
    *("oauth1-permissions", "app permissions", "unsupported-authentication"),
    *("client-forbidden", "client-not-enrolled", "suspended", "locked"),
)
_UNCALLED = ("only reply to", "not been mentioned")
CLOCKS_DIFFER = "This machine's clock is minutes off X's, so X trusts no signature: set it right."
_TOLERANCE = timedelta(minutes=4)
"""X refuses signatures that are about five minutes old or early."""


class Kind(StrEnum):
    """What sort of refusal it is."""

    ACCESS = "access"
    CREDITS = "credits"
    DUPLICATE = "duplicate"
    TOO_MANY = "too_many"
    UNCALLED = "uncalled"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal: its status, X's own sentence (may be empty), and everything to tell it by."""

    status: int
    sentence: str
    marks: str
    clocks_differ: bool = False

    @property
    def kind(self) -> Kind:
        """The sort of refusal, by status and by X's type, words and legacy code."""
        match self.status:
            case 402:
                return Kind.CREDITS
            case 403 | 429 if self.has(*_SPENT):
                return Kind.CREDITS
            case 403 if self.has(*_DUPLICATE):
                return Kind.DUPLICATE
            case 401:
                return Kind.ACCESS
            case 403 if self.has(*_LOCKED_OUT):
                return Kind.ACCESS
            case 403 if self.has(*_UNCALLED):
                return Kind.UNCALLED
            case 429:
                return Kind.TOO_MANY
            case 400 | 403 | 404 | 413 | 415:
                return Kind.REFUSED
            case _:
                return Kind.UNCLEAR

    def has(self, *marks: str) -> bool:
        """Whether X's type, title, words or codes contain any of these (in lower case)."""
        return any(mark in self.marks for mark in marks)

    @property
    def words(self) -> str:
        """Our words and X's for a person: what it is, and who can do something about it."""
        ours = _OURS.get(self.kind) or f"X answered with status {self.status}."
        ours = CLOCKS_DIFFER if self.status == 401 and self.clocks_differ else ours
        return f"{ours} X says: {self.sentence.rstrip('.')}." if self.sentence else ours


_OURS = {
    Kind.ACCESS: "X does not let the bot's keys do this: an operator must look at them.",
    Kind.CREDITS: "The credits for X's API are used up: an operator must top them up.",
    Kind.UNCALLED: (
        "X takes an answer only where its author has mentioned or quoted the account: ask them to "
        "mention it, or send this as a tweet of its own."
    ),
    Kind.TOO_MANY: "The account's rate limit at X is used up for now.",
}


def problem(response: Response, hidden: Collection[str], now: datetime) -> Problem:
    """Read a refusal; a sentence that repeats something hidden (a text, a key) is left out."""
    body = _body(response)
    return Problem(
        status=response.status_code,
        sentence=_shown(str(body.get("detail") or ""), hidden),
        marks=" ".join(_said(body)).lower(),
        clocks_differ=abs(ahead(response, now) or timedelta(0)) > _TOLERANCE,
    )


def _body(response: Response) -> dict[str, Any]:
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _said(body: dict[str, Any]) -> Iterator[str]:
    errors = body.get("errors")
    for entry in (body, *(errors if isinstance(errors, list) else [])):
        if isinstance(entry, dict):
            yield from (f"{key}={entry[key]}" for key in _KEYS if entry.get(key))


def _shown(sentence: str, hidden: Collection[str]) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in sentence)
    line = " ".join(printable.split())[:_LONGEST]
    return "" if any(_tells(line, secret) for secret in hidden) else line


def _tells(line: str, secret: str) -> bool:
    """Whether a line holds a secret or a good piece of it; spaces and case do not hide it."""
    line, secret = line.casefold(), " ".join(secret.casefold().split())
    shared = SequenceMatcher(None, secret, line, autojunk=False).find_longest_match().size
    return shared >= min(len(secret), _TELLING) > 0
