"""What was said of a draft: by the checks, by reviewers, and by X or whoever stepped in."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.address import tweet_address
from bot.domain.card import DraftCard
from bot.domain.finding import Finding, Severity
from bot.domain.marks import visible
from bot.domain.publication import PublicationState
from handlers.slack.elements import (
    Block,
    Element,
    bullets,
    characters,
    line,
    link,
    person,
    rich_text,
    shortened,
    words,
)
from handlers.slack.text import escape

_TITLES = {
    Severity.BLOCK: "To be mended before anybody can approve",
    Severity.WARN: "To be looked at by each reviewer",
    Severity.ATTEST: "To be confirmed by each reviewer",
}
_LONGEST = 300
_PIECE = 60
"""Characters that a line takes beside what it says, at most."""

_CITED = 100
_PLACE = 40

_DETAIL = re.compile(r"<@(?P<person>[A-Z0-9]+)>|status/(?P<tweet>[0-9]+)|\*(?P<bold>[^*\n]+)\*")
_QUIET = (PublicationState.PUBLISHED, PublicationState.CANCELLED)


def blocks(card: DraftCard, room: int) -> list[Block]:
    """Return the remarks on a draft within a number of characters, the gravest first."""
    asked = _requests(card, room // 4)
    return [*_findings(card, room // 2), *asked, *_detail(card, room // 4)]


def sentences(card: DraftCard) -> Iterator[str]:
    """Yield what the remarks amount to, in words."""
    for severity, title in _TITLES.items():
        if rules := _by_rule(card.findings, severity):
            more = f" And {len(rules) - 1} more." if len(rules) > 1 else ""
            first = rules[0][0]
            named = f"{first.title}. " if first.title else ""
            yield f"{title}: {escape(shortened(named + first.message, _LONGEST))}{more}"
    for who, reason in card.requests[:3]:
        yield f"<@{who}> asks: {escape(shortened(reason, _LONGEST))}"


def _findings(card: DraftCard, room: int) -> list[Block]:
    runs: list[Element] = []
    for severity, title in _TITLES.items():
        if rules := _by_rule(card.findings, severity):
            entries = [_entry(card, findings) for findings in rules]
            runs += [line(words(title, bold=True)), bullets(_fitting(entries, room // 3))]
    return [rich_text(*runs)] if runs else []


def _by_rule(findings: Sequence[Finding], severity: Severity) -> list[list[Finding]]:
    """Return the findings of a severity: those of one guideline together, others by themselves."""
    rules: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        if finding.severity is severity:
            rules.setdefault(finding.rule if finding.title else number, []).append(finding)
    return list(rules.values())


def _entry(card: DraftCard, findings: list[Finding]) -> list[Element]:
    """Return what one rule says: its title, what to do, where, and on whose authority."""
    first = findings[0]
    said = [words(shortened(first.message, _LONGEST))]
    if first.title:
        said.insert(0, words(f"{shortened(first.title, _LONGEST)}. ", bold=True))
    if first.title and (places := _places(card, findings)):
        said.append(words(f" {places}"))
    if cited := first.citation:
        named = shortened(cited.title.partition(";")[0], _CITED)
        said += [words(" "), link(cited.address, f"{named} ({first.rule})")]
    return said


def _places(card: DraftCard, findings: list[Finding]) -> str:
    """Return the words that a guideline is about, quoted, of the first few parts."""
    quoted = (_quoted(card, finding) for finding in findings)
    return ", ".join([place for place in quoted if place][:3])


def _quoted(card: DraftCard, finding: Finding) -> str:
    if finding.part is None or finding.start is None or finding.part >= len(card.parts):
        return ""
    place = card.parts[finding.part].text[finding.start : finding.end]
    return f"“{shortened(visible(place), _PLACE)}”"


def _fitting(entries: Sequence[list[Element]], room: int) -> Iterator[Sequence[Element]]:
    """Yield as many entries as there is room for, at least one, and say how many are left."""
    room -= 2 * _PIECE
    for number, entry in enumerate(entries):
        room -= characters(entry)
        if room < 0 and number:
            yield [words(f"… and {len(entries) - number} more")]
            return
        yield entry


def _requests(card: DraftCard, room: int) -> list[Block]:
    if not card.requests:
        return []
    shown = card.requests[:5]
    each = max(room // len(shown) - _PIECE, _PIECE)
    entries = [
        [person(who), words(f": {shortened(reason, each) or 'no reason'}")] for who, reason in shown
    ]
    return [rich_text(line(words("Asked for", bold=True)), bullets(entries))]


def _detail(card: DraftCard, room: int) -> list[Block]:
    """Return what X said, or who stepped in and why."""
    publication = card.publication
    if publication is None or publication.state in _QUIET or not publication.detail:
        return []
    said = _marked(shortened(publication.detail, max(room, _PIECE)), card)
    return [rich_text(line(words("What happened: ", bold=True), *said))]


def _marked(text: str, card: DraftCard) -> list[Element]:
    """Turn the mentions, tweets and strong words of a text into elements; the rest stays plain."""
    elements: list[Element] = []
    at = 0
    for match in _DETAIL.finditer(text):
        elements += [words(text[at : match.start()])] if match.start() > at else []
        elements.append(_mark(match, card))
        at = match.end()
    return [*elements, words(text[at:])] if at < len(text) else elements


def _mark(match: re.Match[str], card: DraftCard) -> Element:
    if match["person"]:
        return person(match["person"])
    if match["tweet"]:
        return link(tweet_address(match["tweet"], card.handle), match[0])
    return words(match["bold"], bold=True)
