"""Where the links of a draft lead, on its card: what they say beside what is behind them.

Titles come from strangers: they are shown as plain words, in which nothing is markup.
"""

from collections.abc import Iterator

from bot.domain.card import DraftCard
from bot.domain.destination import Condition, Destination, LinkCard, Trust, host_in
from bot.domain.marks import visible
from handlers.slack.elements import (
    Block,
    Element,
    bullets,
    characters,
    line,
    rich_text,
    shortened,
    words,
)
from handlers.slack.text import escape

SHOWN = 12
_URL, _HOST, _TITLE, _WHY = 60, 60, 80, 80
_HEAD = "Where its links lead"
_TRUST = {
    Trust.OWN: "a site your team trusts",
    Trust.GOVERNMENT: "a government",
    Trust.EDUCATION: "a university or school",
    Trust.HEALTH: "a public health body",
    Trust.LISTED: "on our list of trusted sources",
    Trust.UNKNOWN: "a site that nobody vouched for",
}


def blocks(card: DraftCard, room: int) -> list[Block]:
    """Return where each link leads, within a number of characters; nothing before all is seen."""
    seen = list(_seen(card))
    entries: list[list[Element]] = []
    for link, found in seen[:SHOWN]:
        entry = _entry(link, found)
        room -= characters(entry)
        if room < 0:
            break
        entries.append(entry)
    if not entries:
        return []
    more = len(seen) - len(entries)
    rest = [[words(f"… and {more} more")]] if more else []
    return [rich_text(line(words(_HEAD, bold=True)), bullets([*entries, *rest]))]


def sentences(card: DraftCard) -> Iterator[str]:
    """Yield the same in words, to be read aloud, of the links that lead elsewhere or nowhere."""
    for link, found in list(_seen(card))[:SHOWN]:
        said = escape(_said(link))
        if found.condition is Condition.DEAD:
            yield f"The link {said} {escape(_why(found))}."
        elif _is_elsewhere(link, found):
            yield f"The link {said} leads to {escape(_host(found))}."


def _seen(card: DraftCard) -> Iterator[tuple[LinkCard, Destination]]:
    return ((link, link.destination) for link in card.links if link.destination is not None)


def _entry(link: LinkCard, found: Destination) -> list[Element]:
    said = [words(_said(link))]
    if _is_elsewhere(link, found):
        said += [words(" leads to "), words(_host(found), bold=True)]
    if found.condition is not Condition.ANSWERS:
        said.append(words(f" {_why(found)}", bold=found.condition is Condition.DEAD))
    elif found.title:
        said.append(words(f" “{shortened(visible(found.title), _TITLE)}”"))
    return [*said, words(f" ({_TRUST[link.trust]})")] if found.host else said


def _is_elsewhere(link: LinkCard, found: Destination) -> bool:
    return bool(found.host) and host_in(link.url) != found.host


def _said(link: LinkCard) -> str:
    return shortened(visible(link.url), _URL) or "(nothing)"


def _host(found: Destination) -> str:
    return shortened(visible(found.host), _HOST)


def _why(found: Destination) -> str:
    return shortened(visible(found.why), _WHY)
