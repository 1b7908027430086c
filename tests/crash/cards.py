"""Cards as people see them: read from the messages of the channel, by nothing but what is shown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_TITLE = re.compile(
    r"\*(?P<headline>[^*]+)\* · draft (?P<draft>\d+), version (?P<version>\d+), by "
)
_TWEET = re.compile(r"https://x\.com/\w+/status/(\d+)$")
_PERSON = re.compile(r"<@(\w+)>")
_COUNT = re.compile(r"\d+/\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part as a card shows it; linked with its tweet where the card says that it is public."""

    text: str
    tweet_id: str | None
    taken_down: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What people read on a card, and which buttons they find."""

    ts: str
    headline: str
    parts: tuple[Part, ...]
    buttons: frozenset[str]
    approved_by: frozenset[str]
    words: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The wording that this card is about."""
        return tuple(part.text for part in self.parts)


Board = Mapping[str, tuple[Card, ...]]
"""The cards in each thread, by the ts of the message that began it."""


def read(messages: list[Json]) -> Board:
    """Find every card among the messages of a channel."""
    board: dict[str, tuple[Card, ...]] = {}
    for message in messages:
        if not message.get("bot") or message.get("ephemeral"):
            continue
        card = _card(message)
        if card is not None:
            thread = str(message.get("thread_ts"))
            board[thread] = (*board.get(thread, ()), card)
    return board


def _card(message: Json) -> Card | None:
    blocks: list[Json] = message.get("blocks") or []
    sections = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    title = _TITLE.match(sections[0]) if sections else None
    if title is None:
        return None
    stages = next((text for text in sections[1:] if text.startswith("Clinical ")), "")
    return Card(
        ts=str(message["ts"]),
        headline=title["headline"],
        parts=tuple(_parts(blocks)),
        buttons=frozenset(_buttons(blocks)),
        approved_by=frozenset(_PERSON.findall(stages)),
        words=" ".join(sections[1:]),
    )


def _parts(blocks: list[Json]) -> Iterator[Part]:
    for block in blocks:
        if block["type"] != "rich_text" or len(block["elements"]) != 2:
            continue
        label, text = block["elements"]
        said = "".join(str(run.get("text", "")) for run in label["elements"])
        if text["type"] != "rich_text_quote" or not _COUNT.search(said):
            continue
        links = [_TWEET.search(str(run.get("url", ""))) for run in label["elements"]]
        ids = [link[1] for link in links if link]
        yield Part(
            text="".join(str(run.get("text", "")) for run in text["elements"]),
            tweet_id=ids[0] if ids else None,
            taken_down="taken down" in said,
        )


def _buttons(blocks: list[Json]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "actions":
            yield from (str(element["action_id"]) for element in block["elements"])
