"""What was said of a draft: by the checks, by reviewers, and by X or whoever stepped in."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.card import DraftCard
from bot.domain.finding import Finding, Severity
from bot.domain.publication import PublicationState
from handlers.slack.elements import (
    Block,
    Element,
    bullets,
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
    Severity.ATTEST: "To be confirmed",
    Severity.WARN: "To be looked at",
}
_LONGEST = 300
_PIECE = 60
"""Characters that a line takes beside what it says, at most."""

_DETAIL = re.compile(r"<@(?P<person>[A-Z0-9]+)>|status/(?P<tweet>[0-9]+)|\*(?P<bold>[^*\n]+)\*")
_QUIET = (PublicationState.PUBLISHED, PublicationState.CANCELLED)


def blocks(card: DraftCard, room: int) -> list[Block]:
    """Return the remarks on a draft within a number of characters, the gravest first."""
    asked = _requests(card, room // 4)
    return [*_findings(card.findings, room // 2), *asked, *_detail(card, room // 4)]


def sentences(card: DraftCard) -> Iterator[str]:
    """Yield what the remarks amount to, in words."""
    for severity, title in _TITLES.items():
        if findings := _of(card.findings, severity):
            more = f" And {len(findings) - 1} more." if len(findings) > 1 else ""
            yield f"{title}: {escape(_said(findings[0]))}{more}"
    for who, reason in card.requests[:3]:
        yield f"<@{who}> asks: {escape(shortened(reason, _LONGEST))}"


def _findings(findings: tuple[Finding, ...], room: int) -> list[Block]:
    runs: list[Element] = []
    for severity, title in _TITLES.items():
        if messages := [_said(finding) for finding in _of(findings, severity)]:
            runs += [line(words(title, bold=True)), bullets(_fitting(messages, room // 3))]
    return [rich_text(*runs)] if runs else []


def _said(finding: Finding) -> str:
    return shortened(finding.message, _LONGEST)


def _of(findings: tuple[Finding, ...], severity: Severity) -> list[Finding]:
    return [finding for finding in findings if finding.severity is severity]


def _fitting(messages: Sequence[str], room: int) -> Iterator[Sequence[Element]]:
    """Yield as many messages as there is room for, at least one, and say how many are left."""
    room -= 2 * _PIECE
    for number, message in enumerate(messages):
        room -= len(message)
        if room < 0 and number:
            yield [words(f"… and {len(messages) - number} more")]
            return
        yield [words(message)]


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
        address = f"https://x.com/{card.handle}/status/{match['tweet']}"
        return link(address, match[0])
    return words(match["bold"], bold=True)
