"""What the composer holds: what was typed so far, and what it must remember of itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.content import Content, Part, joined, split_parts
from bot.domain.splitting import split_long
from handlers.slack.arrivals import Entry, Filled, Subject
from handlers.slack.ids import Choice, Field, part_block

MOST_PARTS = 25
"""The most parts that the composer has room for; Slack takes 100 blocks."""


class Long(StrEnum):
    """What becomes of a part that is too long."""

    SAY = "say"
    PLAIN = "plain"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Form:
    """One composer, as far as it is filled in."""

    texts: tuple[str, ...] = ("",)
    account: str = ""
    long: Long = Long.SAY
    hashtags: tuple[str, ...] = ()
    timing: Choice = Choice.LATER
    words: str = ""
    """A time in words, as typed."""
    settled: str = ""
    """What was chosen of the times that the words may mean."""
    understood: str = ""
    """The words whose meaning the form shows already."""
    about: Subject | None = None
    """The draft and revision that it changes, None for a new draft."""
    turn: int = 0
    """How often a template has filled it: under a new name, Slack shows new words in a field."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the texts of the parts: cut where that is asked for, with the hashtags at last."""
        texts = [part.text for typed in self.texts for part in split_parts(typed)]
        texts = [text for text in texts if text] or [""]
        said = texts[-1].lower().split()
        texts[-1] = " ".join(
            (texts[-1], *(tag for tag in self.hashtags if tag.lower() not in said))
        )
        if self.long is Long.SAY:
            return tuple(text.strip() for text in texts)
        return tuple(split_long(texts, numbered=self.long is Long.NUMBERED))

    @property
    def text(self) -> str:
        """Return everything as it would be typed in a message."""
        return joined(Content(self.account, tuple(map(Part, self.parts))))

    @property
    def metadata(self) -> str:
        """Return what the modal must remember and does not ask."""
        known = {"parts": len(self.texts), "turn": self.turn, "understood": self.understood}
        return json.dumps(known | {"about": str(self.about or "")})

    def block_of(self, part: int | None) -> str:
        """Return the block in which a part was typed, the first where parts were cut."""
        if part is None or self.long is not Long.SAY:
            return part_block(0, self.turn)
        typed = [
            place
            for place, text in enumerate(self.texts)
            for found in split_parts(text)
            if found.text
        ]
        return part_block(typed[part] if part < len(typed) else 0, self.turn)


def read(filled: Filled) -> Form:
    """Return what somebody has filled in."""
    known, entries = json.loads(filled.metadata), filled.entries
    draft, _, revision = known["about"].partition(":")
    blocks = [part_block(part, known["turn"]) for part in range(known["parts"])]
    return Form(
        texts=tuple(_text(entries, block) for block in blocks),
        account=_text(entries, Field.ACCOUNT),
        long=Long(_text(entries, Field.LONG) or Long.SAY),
        hashtags=_texts(entries, Field.HASHTAGS),
        timing=Choice(_text(entries, Field.WHEN) or Choice.LATER),
        words=_text(entries, Field.WORDS).strip(),
        settled=_text(entries, Field.SETTLED),
        understood=known["understood"],
        about=Subject(int(draft), int(revision)) if draft else None,
        turn=known["turn"],
    )


def first_block(filled: Filled) -> str:
    """Return the block of the first text, where everything is said that has no place of its own."""
    return part_block(0, json.loads(filled.metadata)["turn"])


def _text(entries: Mapping[str, Entry], name: str) -> str:
    found = entries.get(name)
    return found if isinstance(found, str) else ""


def _texts(entries: Mapping[str, Entry], name: str) -> tuple[str, ...]:
    found = entries.get(name)
    return found if isinstance(found, tuple) else ()
