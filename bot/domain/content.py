"""What a draft would make public: its parts, and whose account says it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.media import Media
from bot.domain.tweet import normalise

SEPARATOR = "---"
"""A line of only this separates the parts of a thread in a chat message."""


@dataclass(frozen=True, slots=True)
class Poll:
    """The answers of which readers choose one, and for how long they may."""

    options: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Part:
    """One tweet of a draft: its text, its pictures in order or a video, and a poll."""

    text: str
    media: tuple[Media, ...] = ()
    poll: Poll | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that an approval covers."""

    account: str
    parts: tuple[Part, ...]
    reply_to: str = ""
    """The id of the tweet that the first part answers, empty where it answers none."""
    sources: tuple[str, ...] = ()
    """Links that support what is said, for reviewers: they are never public."""
    authorization: str = ""
    """Where the signed authorization is kept that the author states; empty where none is stated."""


def split_parts(text: str, pictured: Collection[int] = ()) -> tuple[Part, ...]:
    """Cut a typed text into parts at lines of only `---`; empty parts at the ends fall away.

    Those that have pictures stay, and so does whatever is before one: `pictured` are their places.
    """
    pieces: list[list[str]] = [[]]
    for line in normalise(text).split("\n"):
        if line.strip() == SEPARATOR:
            pieces.append([])
        else:
            pieces[-1].append(line)
    texts = [normalise("\n".join(piece)) for piece in pieces]
    while len(texts) > max(pictured, default=0) + 1 and not texts[-1]:
        texts.pop()
    while not pictured and len(texts) > 1 and not texts[0]:
        texts.pop(0)
    return tuple(Part(text) for text in texts)


def with_media(parts: tuple[Part, ...], media: Sequence[tuple[int, Media]]) -> tuple[Part, ...]:
    """Return parts with these pictures and no others, each at the part that it belongs to.

    Those of a part that is not there any more go to the last one: none is lost in silence.
    """
    last = len(parts) - 1
    return tuple(
        replace(part, media=tuple(one for of, one in media if min(of, last) == number))
        for number, part in enumerate(parts)
    )


def described(content: Content, alts: tuple[str, ...]) -> Content:
    """Return a content whose pictures, counted over all parts, have these alt texts.

    Videos have none, and are not counted.
    """
    left = iter(alts)
    parts = (
        replace(
            part,
            media=tuple(
                replace(one, alt=next(left)) if one.is_described else one for one in part.media
            ),
        )
        for part in content.parts
    )
    return replace(content, parts=tuple(parts))


def told(content: Content) -> str:
    """Return everything that a content says in words: what two versions of it are compared by."""
    reply = [f"[In answer to {content.reply_to}]"] if content.reply_to else []
    parts = f"\n{SEPARATOR}\n".join("\n".join(_told(part)) for part in content.parts)
    sources = (f"[Source: {source}]" for source in content.sources)
    stated = f"[Signed authorization: {content.authorization}]" if content.authorization else ""
    return "\n".join([*reply, parts, *sources, *filter(None, (stated,))])


def _told(part: Part) -> Iterator[str]:
    yield part.text
    yield from (f"[Picture: {one.alt}]" for one in part.media if one.is_described)
    yield from ("[Video]" for one in part.media if not one.is_described)
    if part.poll is not None:
        yield f"[Poll of {part.poll.minutes} minutes: {' / '.join(part.poll.options)}]"


def joined(content: Content) -> str:
    """Return the text as its author would type it, parts separated by `---`."""
    return f"\n{SEPARATOR}\n".join(part.text for part in content.parts)


CHAT = "//"
"""A message that begins with this is talk among colleagues, not a draft."""


def is_chat(text: str) -> bool:
    """Whether a typed text is talk rather than a draft."""
    return text.lstrip().startswith(CHAT)
