"""What the composer holds: what was typed so far, and what it must remember of itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.address import tweet_address
from bot.domain.beside import Beside, beside_of
from bot.domain.content import Content, Part, Poll, joined, split_parts
from bot.domain.splitting import split_long
from handlers.slack.arrivals import Entry, Filled, Subject
from handlers.slack.ids import Choice, Field, Shape, part_block

MOST_PARTS = 25
"""The most parts that the composer has room for; Slack takes 100 blocks."""

DAY = 24 * 60
"""Minutes."""


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
    extras: frozenset[Shape] = frozenset()
    """Which of poll, reply, sources and authorization it asks for."""
    poll: str = ""
    """The answers of the poll, one a line."""
    poll_for: int = DAY
    """For how many minutes the poll is open."""
    reply: str = ""
    """The address of the tweet that it answers."""
    sources: str = ""
    """Links for the reviewers, one a line."""
    authorization: str = ""
    """Where the signed authorization is kept that is stated."""
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
    def beside(self) -> Beside:
        """Return what stands beside the text."""
        options = tuple(line for line in self.poll.splitlines() if line.strip())
        poll = Poll(options, self.poll_for) if options else None
        return Beside(poll, self.reply, tuple(self.sources.split()), self.authorization)

    @property
    def emptied(self) -> "Form":
        """Return it without the words of a draft: Slack keeps them where their fields stay."""
        texts = ("",) * len(self.texts)
        return replace(self, texts=texts, poll="", reply="", sources="")

    @property
    def metadata(self) -> str:
        """Return what the modal must remember and does not ask."""
        known = {"parts": len(self.texts), "turn": self.turn, "understood": self.understood}
        extras = sorted(self.extras)
        return json.dumps(known | {"about": str(self.about or ""), "extras": extras})

    def block_of(self, part: int) -> str:
        """Return the block in which a part was typed, the first where parts were cut."""
        if self.long is not Long.SAY:
            return part_block(0, self.turn)
        typed = [
            place
            for place, text in enumerate(self.texts)
            for found in split_parts(text)
            if found.text
        ]
        return part_block(typed[part] if part < len(typed) else 0, self.turn)


def of_content(content: Content, about: Subject | None) -> Form:
    """Return the form that begins with a content, to change its draft or to make another.

    Another draft has no authorization before its author states one.
    """
    beside = beside_of(content)
    poll, stated = beside.poll, beside.authorization if about else ""
    given = {
        Shape.POLL: bool(poll),
        Shape.REPLY: bool(beside.reply_to),
        Shape.SOURCES: bool(beside.sources),
        Shape.AUTHORIZATION: bool(stated),
    }
    return Form(
        texts=tuple(part.text for part in content.parts),
        account=content.account,
        extras=frozenset(shape for shape, is_given in given.items() if is_given),
        poll="\n".join(poll.options) if poll else "",
        poll_for=poll.minutes if poll else DAY,
        reply=tweet_address(beside.reply_to) if beside.reply_to else "",
        sources="\n".join(beside.sources),
        authorization=stated,
        about=about,
    )


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
        extras=frozenset(map(Shape, known["extras"])),
        poll=_text(entries, Field.POLL),
        poll_for=int(_text(entries, Field.POLL_FOR) or DAY),
        reply=_text(entries, Field.REPLY).strip(),
        sources=_text(entries, Field.SOURCES),
        authorization=_text(entries, Field.AUTHORIZATION).strip(),
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
