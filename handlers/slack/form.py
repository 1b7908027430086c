"""What the composer holds: what was typed so far, and what it must remember of itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.address import tweet_address
from bot.domain.beside import Beside, beside_of
from bot.domain.card import DraftCard
from bot.domain.content import Content, Part, Poll, joined, split_parts
from bot.domain.draft import FileRef
from bot.domain.splitting import Piece, split_long
from handlers.slack.arrivals import Entry, Filled, Picked, Subject
from handlers.slack.emoji_names import with_characters
from handlers.slack.ids import Choice, Field, Shape, keep_block, part_block, pick_block

MOST_PARTS = 25
"""The most parts that the composer has room for; Slack takes 100 blocks."""

DAY = 24 * 60
"""Minutes."""

MOST_KEPT = 10
"""The most pictures of a part that a draft may begin with: Slack takes ten boxes in a row."""

LARGEST = 10_000_000
"""The most bytes of a file in a modal (docs.slack.dev, file input)."""


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
    wrote: str = ""
    """Who wrote the text that it copies: they cannot approve it, whoever asks for the copy."""
    authorization: str = ""
    """Where the signed authorization is kept that is stated."""
    about: Subject | None = None
    """The draft and revision that it changes, None for a new draft."""
    turn: int = 0
    """How often a template has filled it: under a new name, Slack shows new words in a field."""
    pictures: tuple[tuple[str, ...], ...] = ()
    """The files of each text, by Slack's ids."""
    drawing: int = 0
    """How often it was redrawn: what was picked is shown as kept then, under new names."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return each part, cut as asked for, hashtags behind the last words, and its place."""
        typed = self._typed or [(0, "")]
        at = max((n for n, (_, text) in enumerate(typed) if text), default=len(typed) - 1)
        place, last = typed[at]
        said = last.lower().split()
        last = " ".join((last, *(tag for tag in self.hashtags if tag.lower() not in said)))
        typed[at] = (place, last.strip())
        if self.long is Long.SAY:
            return tuple(typed)
        cut = split_long((text for _, text in typed), numbered=self.long is Long.NUMBERED)
        return tuple((typed[of][0], text) for of, text in cut)

    @property
    def text(self) -> str:
        """Return everything as it would be typed in a message."""
        parts = tuple(Part(text) for _, text in self.pieces)
        return joined(Content(self.account, parts))

    @property
    def files(self) -> tuple[FileRef, ...]:
        """Return the files, each with the first part of the text that it was added to."""
        first = {place: part for part, (place, _) in reversed([*enumerate(self.pieces)])}
        return tuple(
            FileRef(ref, first.get(place, 0))
            for place, refs in enumerate(self.pictures)
            for ref in refs
        )

    @property
    def _typed(self) -> list[Piece]:
        """Return the texts that are parts: those with words or pictures, each with its place."""
        pictured = {place for place, refs in enumerate(self.pictures) if refs}
        return [
            (place, part.text)
            for place, text in enumerate(self.texts)
            for number, part in enumerate(split_parts(text, [0] if place in pictured else ()))
            if part.text or (number == 0 and place in pictured)
        ]

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
        known |= {"pictures": self.pictures, "drawing": self.drawing}
        extras = sorted(self.extras)
        known |= {"about": str(self.about or ""), "extras": extras, "wrote": self.wrote}
        return json.dumps(known)

    def block_of(self, part: int) -> str:
        """Return the block in which a part was typed."""
        return part_block(self._place(part), self.turn)

    def pictures_of(self, part: int) -> str:
        """Return the block in which pictures were added to a part."""
        return pick_block(self._place(part), self.drawing)

    def _place(self, part: int) -> int:
        pieces = self.pieces
        return pieces[part][0] if part < len(pieces) else 0


def of_card(card: DraftCard, about: Subject | None) -> Form:
    """Return the form that begins with a draft, to change it or to make another of it.

    Another draft has no authorization before its author states one.
    """
    content = card.content
    beside, last = beside_of(content), len(content.parts) - 1
    poll, stated = beside.poll, beside.authorization if about else ""
    given = {
        Shape.PICTURES: bool(card.files),
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
        wrote="" if about else card.writer,
        authorization=stated,
        about=about,
        pictures=tuple(
            tuple(file.ref for file in card.files if min(file.part, last) == part)
            for part in range(last + 1)
        ),
    )


def read(filled: Filled) -> Form:
    """Return what somebody has filled in."""
    known, entries = json.loads(filled.metadata), filled.entries
    draft, _, revision = known["about"].partition(":")
    blocks = [part_block(part, known["turn"]) for part in range(known["parts"])]
    return Form(
        texts=tuple(with_characters(_text(entries, block)) for block in blocks),
        account=_text(entries, Field.ACCOUNT),
        long=Long(_text(entries, Field.LONG) or Long.SAY),
        hashtags=_texts(entries, Field.HASHTAGS),
        timing=Choice(_text(entries, Field.WHEN) or Choice.LATER),
        words=_text(entries, Field.WORDS).strip(),
        settled=_text(entries, Field.SETTLED),
        understood=known["understood"],
        wrote=known["wrote"],
        extras=frozenset(map(Shape, known["extras"])),
        poll=with_characters(_text(entries, Field.POLL)),
        poll_for=int(_text(entries, Field.POLL_FOR) or DAY),
        reply=_text(entries, Field.REPLY).strip(),
        sources=_text(entries, Field.SOURCES),
        authorization=_text(entries, Field.AUTHORIZATION).strip(),
        about=Subject(int(draft), int(revision)) if draft else None,
        turn=known["turn"],
        pictures=tuple(_pictures(entries, part, known["drawing"]) for part in range(len(blocks))),
        drawing=known["drawing"],
    )


def too_large(filled: Filled) -> tuple[str, ...]:
    """Return the blocks in which a file was picked that has too many bytes."""
    return tuple(
        block
        for block in filled.entries
        if any(file.size > LARGEST for file in _picked(filled.entries, block))
    )


def first_block(filled: Filled) -> str:
    """Return the block of the first text, where everything is said that has no place of its own."""
    return part_block(0, json.loads(filled.metadata)["turn"])


def _text(entries: Mapping[str, Entry], name: str) -> str:
    found = entries.get(name)
    return found if isinstance(found, str) else ""


def _texts(entries: Mapping[str, Entry], name: str) -> tuple[str, ...]:
    found = entries.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, tuple) else ()


def _picked(entries: Mapping[str, Entry], name: str) -> tuple[Picked, ...]:
    found = entries.get(name)
    files = found if isinstance(found, tuple) else ()
    return tuple(one for one in files if isinstance(one, Picked))


def _pictures(entries: Mapping[str, Entry], part: int, drawing: int) -> tuple[str, ...]:
    """Return the files of a part: those that it keeps, then those that were picked."""
    kept = _texts(entries, keep_block(part, drawing))
    picked = (file.id for file in _picked(entries, pick_block(part, drawing)))
    return tuple(dict.fromkeys((*kept, *picked)))
