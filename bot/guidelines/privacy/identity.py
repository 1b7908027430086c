"""National identity numbers, told by their check digits, their dashes or the word before them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.guidelines.privacy.check_digits import (
    bsn,
    codice_fiscale,
    digits_of,
    dni,
    luhn,
    medicare,
    modulus_11,
    nir,
    pesel,
    pps,
    tax_id,
)
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import Kind, PrivateSpan

_GAP = r"[^\w\n]{0,4}(?:(?:number|no\.?|card|id|is|was)[^\w\n]{0,3}){0,3}"


@dataclass(frozen=True, slots=True)
class _Form:
    """How one country writes a number, and what its check digits say."""

    pattern: re.Pattern[str]
    holds: Callable[[str], bool]
    bare: bool = False
    """Whether it is told without a word before it: whatever has its own word goes first."""


def _named(pattern: str, holds: Callable[[str], bool]) -> _Form:
    return _Form(re.compile(pattern, re.IGNORECASE), holds)


def _bare(pattern: str, holds: Callable[[str], bool]) -> _Form:
    return _Form(re.compile(pattern), holds, bare=True)


def _form(pattern: str, holds: Callable[[str], bool]) -> _Form:
    """Return a form so peculiar that it needs no word before it, and goes first all the same."""
    return _Form(re.compile(pattern), holds)


def _any(_: str) -> bool:
    """Accept a number that has no check digit: its form or its keyword is enough."""
    return True


def _luhn_of(text: str) -> bool:
    return luhn(digits_of(text))


def _modulus_of(text: str) -> bool:
    return modulus_11(digits_of(text))


def _medicare_of(text: str) -> bool:
    return medicare(digits_of(text))


_FORMS = (
    # United States: social security number with its dashes, or after its name
    _bare(r"(?<![\w/-])(?P<n>(?!000|666)\d{3}-(?!00)\d\d-(?!0000)\d{4})(?![\w-])", _any),
    _named(
        rf"\b(?:ssn|ss\s?#|soc(?:ial)?\.?\s?sec(?:urity)?|social\s?#){_GAP}"
        r"(?P<n>\d{3}[- ]?\d\d[- ]?\d{4})(?!\d)",
        _any,
    ),
    # United States: Medicare beneficiary identifier, by its form
    _form(
        r"\b(?P<n>[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]"
        r"[AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d\d)\b",
        _any,
    ),
    # United Kingdom: NHS and CHI number, national insurance number
    _named(rf"\b(?:nhs|chi){_GAP}(?P<n>\d{{3}}[- ]?\d{{3}}[- ]?\d{{4}})(?!\d)", _modulus_of),
    _bare(
        r"\b(?P<n>(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
        r" ?\d\d ?\d\d ?\d\d ?[A-D])\b",
        _any,
    ),
    # Australia: Medicare card, individual healthcare identifier
    _named(rf"\bmedicare{_GAP}(?P<n>\d{{4}}[- ]?\d{{5}}[- ]?\d(?:[-/ ]?\d)?)(?!\d)", _medicare_of),
    _bare(r"(?<!\d)(?P<n>8003 ?6\d{3} ?\d{4} ?\d{4})(?!\d)", _luhn_of),
    # Canada: social insurance number
    _named(
        rf"\b(?:s\.?i\.?n|social insurance)\b\.?{_GAP}(?P<n>\d{{3}}[- ]?\d{{3}}[- ]?\d{{3}})(?!\d)",
        _luhn_of,
    ),
    # Ireland: PPS number; Spain: DNI and NIE
    _named(rf"\bpps(?:n)?\b{_GAP}(?P<n>\d{{7}} ?[A-W][A-IW]?)\b", pps),
    # Germany: tax number; Netherlands: BSN; Poland: PESEL; Sweden: personnummer
    _named(
        r"\b(?:steuer-?(?:id(?:nr)?|identifikationsnummer)|idnr)\b\.?"
        rf"{_GAP}(?P<n>\d(?: ?\d){{10}})(?!\d)",
        tax_id,
    ),
    _named(
        rf"\b(?:bsn|burgerservicenummer){_GAP}(?P<n>\d{{3}}[ .]?\d{{3}}[ .]?\d{{3}})(?!\d)", bsn
    ),
    _named(rf"\bpesel{_GAP}(?P<n>\d{{11}})(?!\d)", pesel),
    _named(rf"\bperson(?:nummer|nr\.?){_GAP}(?:19|20)?(?P<n>\d{{6}}[-+ ]?\d{{4}})(?!\d)", _luhn_of),
    # Italy: codice fiscale, by its form; France: NIR
    _form(r"\b(?P<n>[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z])\b", codice_fiscale),
    _named(
        r"\b(?:nir|n° ?s[ée]cu|num[ée]ro de s[ée]curit[ée] sociale|s[ée]curit[ée] sociale)"
        rf"{_GAP}(?P<n>[12](?: ?\d){{14}})(?!\d)",
        nir,
    ),
    _named(rf"\b(?:dni|nie|nif)\b{_GAP}(?P<n>[XYZ\d]-?\d{{7}}-? ?[A-Z])\b", dni),
)


def find(passage: Passage, *, bare: bool) -> Iterator[PrivateSpan]:
    """Yield the numbers by which a state knows a person: those told by a word, or the others."""
    for form in _FORMS:
        for found in form.pattern.finditer(passage.unlinked) if form.bare is bare else ():
            if form.holds(found["n"]):
                yield PrivateSpan(Kind.NATIONAL_ID, *found.span("n"))
