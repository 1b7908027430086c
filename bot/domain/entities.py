"""What X makes of signs in a text: @mentions, #hashtags and $cashtags, outside of links."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.hosts import LATIN_ACCENTS, SPACES
from bot.domain.links import links

_MENTION = re.compile(
    r"(?:(?<![0-9A-Za-z_!#$%&*@\uff20])|(?<![0-9A-Za-z_+~.-])[Rr][Tt]:?)"
    r"(?P<sign>[@\uff20])(?P<name>[0-9A-Za-z_]{1,20}+)"
    # a list ("@name/list"), a federated address or the like is no mention
    rf"(?!/[A-Za-z]|[@\uff20{LATIN_ACCENTS}]|://)"
)
_HASHTAG = re.compile(r"[#\uff03](?![\ufe0f\u20e3])")
_IN_HASHTAG = frozenset(
    "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7"
)
_CASHTAG = re.compile(
    rf"(?<![^{SPACES}])(?P<sign>\$)(?P<name>[A-Za-z]{{1,6}}(?:[._][A-Za-z]{{1,2}})?)"
    r"(?=$|[\s!'#%&()*+,\\./:;<=>?@\[\]^_{|}~$-])"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention, hashtag or cashtag at `text[start:end]`, sign included; the name is without it."""

    start: int
    end: int
    name: str


def mentions(text: str) -> tuple[Entity, ...]:
    """Return the accounts that the text mentions."""
    return _outside_links(text, _matched(_MENTION, text))


def cashtags(text: str) -> tuple[Entity, ...]:
    """Return the stock symbols; X allows one a tweet."""
    return _outside_links(text, _matched(_CASHTAG, text))


def hashtags(text: str) -> tuple[Entity, ...]:
    """Return the hashtags, in any script; digits alone are none."""
    return _outside_links(text, _tagged(text))


def _matched(pattern: re.Pattern[str], text: str) -> Iterator[Entity]:
    """Yield what a pattern with a sign and a name finds."""
    for found in pattern.finditer(text):
        yield Entity(found.start("sign"), found.end("name"), found["name"])


def _tagged(text: str) -> Iterator[Entity]:
    """Yield the hashtags, links not looked at."""
    for sign in _HASHTAG.finditer(text):
        start, end = sign.span()
        if start and (_goes_on(text[start - 1]) or text[start - 1] == "&"):
            continue
        while end < len(text) and _goes_on(text[end]):
            end += 1
        name = text[start + 1 : end]
        if any(_is_letter(c) for c in name) and not text.startswith(("#", "\uff03", "://"), end):
            yield Entity(start, end, name)


def _is_letter(character: str) -> bool:
    """Whether it is a letter, or a mark on one."""
    return unicodedata.category(character)[0] in "LM"


def _goes_on(character: str) -> bool:
    """Whether a hashtag goes on with it."""
    return (
        _is_letter(character) or unicodedata.category(character) == "Nd" or character in _IN_HASHTAG
    )


def _outside_links(text: str, entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Keep the entities that do not begin inside a link; both come from left to right."""
    kept = []
    spans = iter(links(text))
    link = next(spans, None)
    for entity in entities:
        while link and link.end <= entity.start:
            link = next(spans, None)
        if not link or entity.start < link.start:
            kept.append(entity)
    return tuple(kept)
