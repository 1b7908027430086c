"""A content as the rules see it: its parts one by one, and its sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.domain.content import Content, Part
from bot.domain.destination import Led
from bot.domain.finding import Finding
from bot.domain.links import links
from bot.domain.media import MediaKind as Attached
from bot.domain.tweet import mentions
from bot.guidelines.judging import Guidelines
from bot.guidelines.tweet import Media, MediaKind, Tweet

IN_POLL = "In its poll: {message}"
IN_SOURCES = "In its sources: {message}"


def judged(content: Content, guidelines: Guidelines) -> Iterator[Finding]:
    """Yield what the guidelines say of a content, with the authorization that it states."""
    stated = bool(content.authorization)
    for number, part in enumerate(content.parts):
        tweet = _tweet(part, content, guidelines)
        for finding in guidelines.judge(tweet, number, authorized=stated):
            yield _unplaced(finding, IN_POLL) if _is_behind(finding, part.text) else finding
    if content.sources:
        # nobody but reviewers reads them: only what their addresses say is judged
        addresses = Tweet("\n".join(content.sources))
        for finding in guidelines.judge(addresses, authorized=stated):
            yield _unplaced(finding, IN_SOURCES)


def judged_links(
    content: Content, guidelines: Guidelines, led: Mapping[str, Led]
) -> Iterator[Finding]:
    """Yield what the guidelines say of a content of whose links somebody knows where they lead."""
    dead = frozenset(url for url, one in led.items() if one.dead)
    stated = bool(content.authorization)
    for number, part in enumerate(content.parts):
        yield from guidelines.judge_links(Tweet(part.text, dead=dead), number)
        found = (
            finding
            for link in links(part.text)
            for finding in guidelines.led(
                _breaks(led, link.url), number, (link.start, link.end), authorized=stated
            )
        )
        yield from _once(found)
    found = (
        finding
        for source in content.sources
        for finding in (
            *guidelines.judge_links(Tweet(source, dead=dead)),
            *guidelines.led(_breaks(led, source), None, (0, 0), authorized=stated),
        )
    )
    yield from (_unplaced(finding, IN_SOURCES) for finding in _once(found))


def _breaks(led: Mapping[str, Led], url: str) -> tuple[str, ...]:
    return led[url].breaks if url in led else ()


def _once(found: Iterable[Finding]) -> Iterable[Finding]:
    """Return the first finding of each rule."""
    once: dict[str, Finding] = {}
    for finding in found:
        once.setdefault(finding.rule, finding)
    return once.values()


def tweet_of(text: str, guidelines: Guidelines) -> Tweet:
    """Return a text as the rules see it; one that begins with somebody's name answers them."""
    first = next(iter(mentions(text)), None)
    answers = first is not None and first.start == 0
    ours = first is not None and first.name.lower() in guidelines.allowed.handles
    return Tweet(text, is_reply=answers and not ours)


def _tweet(part: Part, content: Content, guidelines: Guidelines) -> Tweet:
    """Return a part as the rules see it: with the answers of its poll, for they are read as one."""
    text = "\n".join((part.text, *part.poll.options)) if part.poll else part.text
    tweet = tweet_of(text, guidelines)
    # What moves must be told to whoever cannot see it just as well, so a GIF is a photo here.
    media = tuple(Media(_kind(one.kind), one.alt) for one in part.media)
    answers = tweet.is_reply or bool(content.reply_to)
    return Tweet(text, is_reply=answers, media=media, sources=content.sources)


def _kind(kind: Attached) -> MediaKind:
    return MediaKind.VIDEO if kind is Attached.VIDEO else MediaKind.PHOTO


def _is_behind(finding: Finding, text: str) -> bool:
    return finding.end is not None and finding.end > len(text)


def _unplaced(finding: Finding, words: str) -> Finding:
    """Return a finding that is not about the text itself: words say about what."""
    return replace(finding, start=None, end=None, message=words.format(message=finding.message))
