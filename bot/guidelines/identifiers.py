"""What identifies somebody, by kind; and whether a tweet tells of anybody's care or home."""

from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.privacy.context import EXACT_AGE, RESIDES, is_clinical
from bot.guidelines.privacy.passage import read
from bot.guidelines.texts import WHOLE, Spans
from bot.guidelines.tweet import Seen


def _identifier(seen: Seen, params: Params) -> Spans:
    kinds: frozenset[str] = params["kinds"]
    return tuple((span.start, span.end) for span in seen.private if span.kind.value in kinds)


def _tells_of_care(seen: Seen, _params: Params) -> Spans:
    return WHOLE if is_clinical(read(seen.raw.text).whole()) else ()


def _tells_of_home(seen: Seen, _params: Params) -> Spans:
    around = read(seen.raw.text).whole()
    of_one = around.has(RESIDES) or around.has(EXACT_AGE)
    return WHOLE if of_one and is_clinical(around) else ()


CHECKS = {
    "identifier": Check(_identifier, {"kinds": Kind.WORDS}, reads_links=True),
    "tells_of_care": Check(_tells_of_care),
    "tells_of_home": Check(_tells_of_home),
}
