"""The detector: every family of rules on both forms of a text, the stronger ones first."""

from collections.abc import Callable, Iterator

from bot.guidelines.privacy import (
    ages,
    contact,
    dates,
    identity,
    networks,
    passage,
    patients,
    payment,
    places,
    records,
)
from bot.guidelines.privacy.folding import fold, straight
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import NOBODY, Known, PrivateSpan
from bot.ports import FindPeople


def private_spans(
    text: str, known: Known = NOBODY, people: FindPeople | None = None
) -> tuple[PrivateSpan, ...]:
    """Return what is private in a text, in reading order; no two spans overlap.

    `people` looks for more names than those that we know; NamesError where it fails.
    """
    return _on_both_forms(text, lambda read: _find(read, known, people))


def identifiers(text: str, known: Known = NOBODY) -> tuple[PrivateSpan, ...]:
    """Return every identifier by its form alone: names and dates whatever they stand beside.

    For measuring how well the forms are known; only `private_spans` says what is private.
    """
    return _on_both_forms(text, lambda read: _find_by_form(read, known))


def _on_both_forms(
    text: str, find: Callable[[Passage], Iterator[PrivateSpan]]
) -> tuple[PrivateSpan, ...]:
    plain = straight(text)
    folded = fold(text)
    found = [
        PrivateSpan(span.kind, *folded.original(span.start, span.end))
        for span in find(passage.read(folded.text))
    ]
    if folded.text != plain:
        found += find(passage.read(plain))
    return _without_overlaps(found, len(text))


def _find_by_form(read: Passage, known: Known) -> Iterator[PrivateSpan]:
    yield from _find(read, known)
    yield from dates.candidates(read)
    yield from patients.candidates(read)


def _find(read: Passage, known: Known, people: FindPeople | None = None) -> Iterator[PrivateSpan]:
    yield from networks.find(read)
    yield from identity.find(read, bare=False)
    yield from payment.find(read)
    yield from records.find(read)
    yield from identity.find(read, bare=True)
    yield from contact.find(read, known)
    spotted = people(read.prose) if people and read.prose.strip() else ()
    named = tuple(patients.find(read, known, spotted))
    yield from dates.find(read, named)
    yield from places.addresses(read, known)
    yield from places.rooms(read)
    yield from ages.find(read)
    yield from named


def _without_overlaps(found: list[PrivateSpan], length: int) -> tuple[PrivateSpan, ...]:
    """Keep what was found first where two overlap: no phone in a link, no date in a record."""
    taken = bytearray(length)
    kept: list[PrivateSpan] = []
    for span in found:
        if not any(taken[span.start : span.end]):
            kept.append(span)
            taken[span.start : span.end] = b"1" * (span.end - span.start)
    return tuple(sorted(kept, key=lambda span: span.start))
