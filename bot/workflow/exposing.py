"""What keeps a text from being stored, and what an authorization that its author states lets by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.desk import Desk
from bot.domain.beside import Beside, tidy
from bot.domain.content import split_parts
from bot.errors import RefusedError
from bot.guidelines.judging import Exposure
from bot.guidelines.telling import is_unsearched, titles
from bot.guidelines.tweets import tweet_of

IN_A_FIELD = (
    "This seems to hold patient data ({titles}). I kept nothing of it; please say it without that."
)
IN_REFERENCE = (
    "The reference of the authorization seems to hold patient data ({titles}). I kept nothing of "
    "it; please give a number or a place in your own files, which names nobody."
)
UNSEARCHED = (
    "I could not look for names in this, so I kept nothing of it. Please try again in a minute; if "
    "that does not help, an operator can ask `countersign doctor` why."
)
STATE_FIRST = (
    "If a signed authorization exists, state it in the window of /tweet first: it has a button "
    "for that."
)

_WHOSE = "Signed authorization of a patient: "
"""What a reference is read with: a name says whose it is, though nothing beside it would."""

_NAME = re.compile(r"[^\W\d_]{3,}")


def exposed(desk: Desk, text: str, *, authorized: bool = False) -> tuple[Exposure, ...]:
    """Return what keeps a text from being stored, as a whole or in one of its parts."""
    texts = dict.fromkeys((text, *(part.text for part in split_parts(text))))
    found = (_stopped(desk, one, authorized=authorized) for one in texts if one)
    return next(filter(None, found), ())


def exposed_in(desk: Desk, text: str, beside: Beside | None) -> tuple[Exposure, ...]:
    """Return what keeps a text and what stands beside it from being stored, by its place in both.

    A stated authorization excuses what it can allow, but nothing in its own reference.
    """
    given = beside or Beside()
    words = "\n".join((text, *given.words))
    found = exposed(desk, words, authorized=bool(tidy(given).authorization))
    before = len(words) - len(given.authorization)
    return found or tuple(
        replace(one, start=one.start + before, end=one.end + before)
        for one in _in_reference(desk, text, given.authorization)
    )


def refuse_words(desk: Desk, *texts: str) -> None:
    """Raise RefusedError in words where a text that somebody typed must not be stored."""
    for text in texts:
        if found := exposed(desk, text):
            raise RefusedError(_told(IN_A_FIELD, found))


def refuse_content(desk: Desk, text: str, authorization: str) -> None:
    """Raise the same for what a content says in words, with the authorization that it states."""
    if found := exposed(desk, text, authorized=bool(authorization)):
        raise RefusedError(_told_with_way_out(found))


def refuse_form(desk: Desk, text: str, beside: Beside) -> None:
    """Raise the same for what a form gives: its text, and everything beside it."""
    stated = tidy(beside).authorization
    for words in (text, *beside.words):
        refuse_content(desk, words, stated)
    if found := tuple(_in_reference(desk, text, beside.authorization)):
        raise RefusedError(_told(IN_REFERENCE, found))
    if found := exposed_in(desk, text, beside):
        raise RefusedError(_told_with_way_out(found))


def way_out(found: Sequence[Exposure]) -> str:
    """Return how the text may be kept all the same, empty where nothing but another text helps."""
    return STATE_FIRST if all(one.may_be_authorized for one in found) else ""


def _told(words: str, found: Sequence[Exposure]) -> str:
    return UNSEARCHED if is_unsearched(found) else words.format(titles=titles(found))


def _told_with_way_out(found: Sequence[Exposure]) -> str:
    return f"{_told(IN_A_FIELD, found)} {way_out(found)}".strip()


def _in_reference(desk: Desk, text: str, reference: str) -> Iterator[Exposure]:
    """Yield what a reference gives away, in itself or by a name that the text exposes.

    Nothing allows that: whatever was signed, its reference need not say whose it is.
    """
    if not reference:
        return
    for one in exposed(desk, _WHOSE + reference):
        yield _at(one, max(one.start - len(_WHOSE), 0), one.end - len(_WHOSE))
    names = {
        name.casefold(): one
        for one in _found(desk, text)
        for name in _NAME.findall(text[one.start : one.end])
    }
    for match in _NAME.finditer(reference):
        if named := names.get(match[0].casefold()):
            yield _at(named, *match.span())


def _at(one: Exposure, start: int, end: int) -> Exposure:
    return replace(one, start=start, end=end, may_be_authorized=False)


def _stopped(desk: Desk, text: str, *, authorized: bool) -> tuple[Exposure, ...]:
    found = _found(desk, text)
    return tuple(one for one in found if not (authorized and one.may_be_authorized))


def _found(desk: Desk, text: str) -> tuple[Exposure, ...]:
    return desk.guidelines.exposures(tweet_of(text, desk.guidelines))
