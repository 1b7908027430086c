"""Where somebody lives or lies: addresses, rooms and beds.

A hospital, a town and a state are never a finding: an organisation may say where it is.
"""

import re
from collections.abc import Iterator

from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import Kind, Known, PrivateSpan

_STATE = (
    r"(?:A[LKZR]|C[AOT]|DE|DC|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI"
    r"|S[CD]|T[NX]|UT|V[TA]|W[AVIY])"
)
_WORD = r"[^\W\d_a-z][\w'.-]{0,24}"
_STREET = (
    r"(?:St(?:reet)?|Ave(?:nue)?|R(?:oa)?d|Blvd|Boulevard|Dr(?:ive)?|Ln|Lane|Ct|Court|Pl(?:ace)?"
    r"|Way|Terrace|Ter|Cir(?:cle)?|Pkwy|Parkway|Hwy|Highway|Close|Crescent|Sq(?:uare)?|Gardens"
    r"|Grove|Hill|Walk|Mews|Row|Trail|Loop)"
)
_UNIT = r"(?:\.?,?\s(?:Apt|Apartment|Suite|Ste|Unit|Flat|#)\.?\s?\w{1,6})?"
_BEFORE = r"(?:Rue|Avenue|Avenida|Av|Calle|Via|Viale|Piazza|Plaza|Rua|Ulica|ul\.|al\.|Boulevard|Bd)"
_JOINED = (
    r"(?:stra(?:ss|ß)e|str\.|gasse|weg|platz|allee|straat|laan|plein"
    r"|vej|gade|gata|gatan|vägen|tie|katu)"
)

_ADDRESS = re.compile(
    rf"(?<![\w$£€.,])\d{{1,6}}[A-Za-z]?\s(?:{_WORD}\s){{1,4}}{_STREET}\b{_UNIT}"
    rf"|(?<![\w$£€.,])\d{{1,6}}[A-Za-z]?,?\s(?:rue|avenue|boulevard|via|calle)\s(?:[\w'.-]{{1,24}}\s?){{1,4}}"
    rf"|(?<!\w){_BEFORE}\s(?:(?:de|da|do|dos|du|des|la|le|di|del|della)\s){{0,2}}(?:{_WORD}\s){{1,4}}\d{{1,5}}(?![\w%])"
    rf"|(?<!\w)[^\W\d_a-z][^\W\d_]{{1,30}}\s?{_JOINED}\s\d{{1,4}}[a-z]?(?![\w%])"
    r"|\bP\.?\s?O\.?\sBox\s\d{1,7}"
    r"|\b(?:Apt|Apartment|Flat)\.?\s(?:no\.?\s)?\d{1,5}[A-Z]?\b",
)
_POSTCODE = re.compile(
    rf"\b{_STATE}\s\d{{5}}(?:-\d{{4}})?\b"
    r"|\b(?:GIR 0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r" \d[ABD-HJLNP-UW-Z]{2})\b"
    r"|\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d\b"
)
_ZIP = re.compile(
    r"\b(?:zip|post)(?:\s?code)?\b\W{0,3}(?:is\s)?(?P<code>\d{5}(?:-\d{3,4})?|\d{4}\s?[A-Z]{2})\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\d{1,3}\s(?:Ways?|Steps?|Tips|Reasons|Things|Facts|Days?|Years?|Weeks?)\b")

_ROOM = re.compile(
    r"\b(?:room|rm|bed|bay|cubicle|pod)\s{0,2}(?:no\.?|number|#)?\s{0,2}\d{1,4}[a-z]?"
    r"(?![\w%-]|[.,]\d| of \d)",
    re.IGNORECASE,
)
_GUEST = re.compile(
    r"\b(?:patient|patients (?:in|from)|pt|resident|gentleman|lady|guy|man|woman|kid"
    r"|child|boy|girl|he|she|mr|mrs|ms|family of|mum|mom|dad|baby)\b",
    re.IGNORECASE,
)
_EVENT_ROOM = re.compile(
    r"\b(?:conference|meeting|seminar|lecture|class|training|escape|webinar|exam|break-?out|zoom"
    r"|board|event)\s?room\b|\broom (?:rates?|service)\b|\b(?:hall|auditorium|building|session)\b",
    re.IGNORECASE,
)


def addresses(passage: Passage, known: Known) -> Iterator[PrivateSpan]:
    """Yield streets with their number, post boxes and full postcodes."""
    for pattern in (_ADDRESS, _POSTCODE):
        for found in pattern.finditer(passage.prose):
            own = any(site in found[0].lower() for site in known.addresses)
            near = passage.prose[max(0, found.start() - 60) : found.end() + 60].lower()
            own = own or any(site in near for site in known.addresses)
            if not own and not _TITLE.match(found[0]):
                yield PrivateSpan(
                    Kind.ADDRESS, found.start(), found.start() + len(found[0].rstrip())
                )
    for found in _ZIP.finditer(passage.prose):
        yield PrivateSpan(Kind.ADDRESS, *found.span("code"))


def rooms(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield the room or bed in which somebody lies."""
    for found in _ROOM.finditer(passage.prose):
        around = passage.around(*found.span())
        if around.has(_GUEST) and not around.has(_EVENT_ROOM):
            yield PrivateSpan(Kind.ROOM, *found.span())
