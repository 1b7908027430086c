"""What a draft would make public: its parts, and whose account says it."""

from dataclasses import dataclass, replace

from bot.domain.media import Media
from bot.domain.tweet import normalise

SEPARATOR = "---"
"""A line of only this separates the parts of a thread in a chat message."""


@dataclass(frozen=True, slots=True)
class Part:
    """One tweet of a draft: its text, and its pictures in order."""

    text: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that an approval covers."""

    account: str
    parts: tuple[Part, ...]


def split_parts(text: str) -> tuple[Part, ...]:
    """Cut a typed text into parts at lines of only `---`; empty parts at the ends fall away."""
    pieces: list[list[str]] = [[]]
    for line in normalise(text).split("\n"):
        if line.strip() == SEPARATOR:
            pieces.append([])
        else:
            pieces[-1].append(line)
    texts = [normalise("\n".join(piece)) for piece in pieces]
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    while len(texts) > 1 and not texts[0]:
        texts.pop(0)
    return tuple(Part(text) for text in texts)


def with_media(parts: tuple[Part, ...], media: tuple[Media, ...]) -> tuple[Part, ...]:
    """Return parts of which the first has these pictures: a message does not say whose they are."""
    first, *others = parts
    return (replace(first, media=media), *others)


def described(content: Content, alts: tuple[str, ...]) -> Content:
    """Return a content whose pictures, counted over all parts, have these alt texts."""
    left = iter(alts)
    parts = (
        replace(part, media=tuple(replace(one, alt=next(left)) for one in part.media))
        for part in content.parts
    )
    return replace(content, parts=tuple(parts))


def told(content: Content) -> str:
    """Return everything that is public of a content in words, alt texts too, for comparing."""
    return f"\n{SEPARATOR}\n".join(
        "\n".join([part.text, *(f"[Picture: {one.alt}]" for one in part.media)])
        for part in content.parts
    )


def joined(content: Content) -> str:
    """Return the text as its author would type it, parts separated by `---`."""
    return f"\n{SEPARATOR}\n".join(part.text for part in content.parts)


CHAT = "//"
"""A message that begins with this is talk among colleagues, not a draft."""


def is_chat(text: str) -> bool:
    """Whether a typed text is talk rather than a draft."""
    return text.lstrip().startswith(CHAT)
