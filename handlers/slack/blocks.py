"""The card of a draft: its blocks, and the same in words for notifications and screen readers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.address import tweet_address
from bot.domain.card import DraftCard, Offer
from bot.domain.card_parts import PartCard, PictureCard
from bot.domain.draft import OPEN, DraftState
from bot.domain.marks import visible
from bot.domain.price import WITH_LINK
from bot.domain.quorum import Progress
from bot.domain.tweet import LIMIT
from handlers.slack import beside, buttons, changes, links, pictures, remarks
from handlers.slack.arrivals import Subject
from handlers.slack.elements import (
    Block,
    Element,
    actions,
    characters,
    context,
    line,
    link,
    quote,
    rich_text,
    section,
    shortened,
    words,
)
from handlers.slack.ids import OFFERS, card_block
from handlers.slack.standing import explanation, headline, named
from handlers.slack.text import encode, escape

SHOWN_PARTS = 25
SHOWN = 10_000
"""The most characters of tweet text on one card; a text that may be approved has fewer."""

MOST = 13_000
"""The most characters of a card; Slack refuses a message near 13,200 (bolt-js#2509)."""

CHANGES = 1_500
"""The most characters of what changed since reviewers looked."""

LINKS = 2_500
"""The most characters of where its links lead."""

FALLBACK = 3_500
"""The most characters of the card in words; Slack advises at most 4,000."""

COMING = "pictures without words"
_UNSHOWN = "… The rest is not shown: this is too long for one card, so it cannot be approved."
_CUT_ENTITY = re.compile(r"&[a-z]{0,3}…$")
_SILENT = (DraftState.DRAFTING, DraftState.WITHDRAWN)


Show = Callable[[Sequence[PictureCard]], Iterator[Block]]
"""Shows the pictures and videos of a part."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as Slack takes it."""

    text: str
    blocks: list[Block]


def draw(
    card: DraftCard, shown_at: Mapping[str, str] | None = None, *, thumbnails: bool = True
) -> Drawn:
    """Return a card whole, within Slack's limits whatever the draft is.

    `shown_at` says where people open the files that no card can show.
    """
    others = [*beside.sources(card), *beside.stated(card.content.authorization)]
    show = partial(pictures.blocks, thumbnails=thumbnails, shown_at=shown_at or {})
    parts, whole = _parts(card, SHOWN - characters(others), show)
    whole = whole and beside.is_whole(card)
    offers = tuple(o for o in card.offers if whole or o is not Offer.APPROVE)
    head = [section(_title(card), card_block(card.id)), *beside.reply(card)]
    parts += others
    foot = [section(mrkdwn) for mrkdwn in (_stages(card), explanation(card)) if mrkdwn]
    foot += [context(" · ".join(small))] if (small := list(_small(card))) else []
    row = [actions(buttons.row(card, offers, _subject(card)), OFFERS)] if offers else []
    room = MOST - characters([head, parts, foot, row])
    leads = links.blocks(card, min(room // 3, LINKS))
    room -= characters(leads)
    changed = changes.blocks(card, min(room // 3, CHANGES))
    said = remarks.blocks(card, room - characters(changed))
    return Drawn(_in_words(card), [*head, *parts, *leads, *changed, *said, *foot, *row])


def _subject(card: DraftCard) -> Subject:
    return Subject(card.id, card.revision_id)


def _title(card: DraftCard) -> str:
    return (
        f"*{headline(card)}* · draft {card.id}, version {card.revision}, "
        f"by <@{card.author}> for @{escape(card.handle)}"
    )


def _parts(card: DraftCard, room: int, show: Show) -> tuple[list[Block], bool]:
    """Return the parts as they will be public, and whether that is all of them, uncut."""
    blocks: list[Block] = []
    for number, part in enumerate(card.parts[:SHOWN_PARTS]):
        text = visible(part.text)
        shown = text[:room]
        asked = beside.poll(part.poll) if part.poll else []
        blocks.append(_part(card, number, part, shown, asked))
        room -= len(shown) + characters(asked)
        room -= sum(len(visible(picture.alt)) for picture in part.pictures)
        if len(shown) < len(text) or room < 0:
            return [*blocks, rich_text(line(words(_UNSHOWN)))], False
        blocks += show(part.pictures)
    if len(card.parts) > SHOWN_PARTS:
        return [*blocks, rich_text(line(words(_UNSHOWN)))], False
    return blocks, True


def _part(
    card: DraftCard, number: int, part: PartCard, shown: str, asked: Sequence[Element]
) -> Block:
    several = len(card.parts) > 1
    label = [words(f"Part {number + 1} of {len(card.parts)} ", bold=True)] if several else []
    wordless = "" if shown else _wordless(card, number)
    label.append(words(wordless or f"{part.length}/{LIMIT}"))
    if part.removed:
        label.append(words(" · taken down"))
    elif part.tweet_id:
        label += [words(" · "), link(_address(card, part), "see it on X")]
    if wordless:
        return rich_text(line(*label), *asked)
    text: Sequence[Element] = [words(shown)] if shown else encode("")
    return rich_text(line(*label), quote(text), *asked)


def _wordless(card: DraftCard, number: int) -> str:
    """Return what a part is without words: its pictures, or those that are still to be fetched."""
    if shown := card.parts[number].pictures:
        return f"{pictures.kinds(shown)} without words"
    coming = card.fetching is not None and any(file.part == number for file in card.files)
    return COMING if coming else ""


def _address(card: DraftCard, part: PartCard) -> str:
    return tweet_address(part.tweet_id or "", card.handle)


def _small(card: DraftCard) -> Iterator[str]:
    """Yield what is good to know: that it repeats, the price, and that something was said."""
    if card.recurrence:
        which = card.recurrence.draft_id
        of = "Repeats" if which == card.id else f"One of those that repeat draft {which}:"
        yield f"{of} {escape(card.recurrence.words)}"
    if card.state in OPEN and card.price:
        dear = " (a link makes a tweet 13 times as dear)" if card.price >= WITH_LINK else ""
        yield f"Posting costs about ${_dollars(card.price)}{dear}"
    if card.replies:
        many = f"{card.replies} replies" if card.replies > 1 else "1 reply"
        yield f"{many} in its thread, kept with the draft"


def _dollars(thousandths: int) -> str:
    return f"{thousandths / 1000:.{3 if thousandths % 10 else 2}f}"


def _stages(card: DraftCard) -> str:
    if card.state in _SILENT:
        return ""
    covering = [s.person for s in card.stand_ins if s.person in card.missing]
    waiting = (f"waits for {named(card, person)}" for person in dict.fromkeys(covering[:5]))
    return " · ".join([*(_stage(card, stage) for stage in card.verdict.stages), *waiting])


def _stage(card: DraftCard, stage: Progress) -> str:
    mark = "✓" if stage.complete else f"{len(stage.people)} of {stage.need}"
    people = "".join(f" {named(card, person)}" for person in stage.people[:10])
    return f"{escape(shortened(stage.stage, 60))} {mark}{people}"


def _in_words(card: DraftCard) -> str:
    """Return the card to be read aloud; the text comes last, for it may be cut."""
    sentences = [
        f"{headline(card)}: draft {card.id} by <@{card.author}> for @{escape(card.handle)}.",
        changes.sentence(card),
        explanation(card),
        *remarks.sentences(card),
        *_links(card),
        *pictures.sentences(card.parts[:SHOWN_PARTS]),
        *beside.sentences(card),
        *links.sentences(card),
        f"Its text: {_text(card)[:FALLBACK]}",
    ]
    return _fitted([s for s in sentences if s])


def _text(card: DraftCard) -> str:
    """Return the text on one line, parts with a slash between them."""
    shown = enumerate(card.parts[:SHOWN_PARTS])
    texts = (part.text or f"({_wordless(card, n) or 'no words'})" for n, part in shown)
    return " / ".join(texts)


def _fitted(sentences: list[str]) -> str:
    *told, text = sentences
    room = FALLBACK - sum(len(sentence) + 1 for sentence in told)
    shown = shortened(escape(visible(text)), max(room, 1))
    return " ".join([*told, _CUT_ENTITY.sub("…", shown)])


def _links(card: DraftCard) -> Iterator[str]:
    for part in card.parts[:SHOWN_PARTS]:
        if part.tweet_id and not part.removed:
            yield f"Public: {_address(card, part)}"
