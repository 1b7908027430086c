"""Payment cards and bank accounts: nothing but their check digits tells them from other digits."""

import re
from collections.abc import Iterator

from bot.guidelines.privacy.check_digits import digits_of, iban, luhn
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import Kind, PrivateSpan

_CARD = re.compile(r"(?<![\w-])[2-6](?:[ -]?\d){12,18}(?![\w-])")
_SAID = re.compile(
    r"\b(?:card|cc)\b[^\w\n]{0,4}(?:(?:number|no|num|is)[^\w\n]{0,3}){0,2}"
    r"(?P<n>\d(?:[ -]?\d){11,18})(?!\d)",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_SAID_IBAN = re.compile(
    r"\biban\b\W{0,3}(?:is\W{1,3})?(?P<n>[a-z]{2}\d\d(?: ?[a-z0-9]){11,30})(?!\w)", re.IGNORECASE
)


def find(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield card numbers and bank accounts."""
    for found in _CARD.finditer(passage.prose):
        if luhn(digits_of(found[0])):
            yield PrivateSpan(Kind.CARD, *found.span())
    for found in _SAID.finditer(passage.prose):
        if luhn(digits_of(found["n"])):
            yield PrivateSpan(Kind.CARD, *found.span("n"))
    for found in _SAID_IBAN.finditer(passage.prose):
        if iban(found["n"]):
            yield PrivateSpan(Kind.IBAN, *found.span("n"))
    for found in _IBAN.finditer(passage.prose):
        if iban(found[0]):
            yield PrivateSpan(Kind.IBAN, *found.span())
