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
_BEFORE = (
    r"(?:[Rr]ue|Avenue|Avenida|Avda?\.?|Calle|C/|Carrer|Via|Viale|Vicolo|Corso|Strada|Piazza"
    r"|Piazzetta|Plaza|Largo|Rua|Travessa|Praça|Ulica|[Uu]l\.|[Aa]l\.|[Oo]s\.|Boulevard|Bd|Bulevar"
    r"|Πλατεία|Οδός)"
)
_SMALL = r"(?:(?:d[aeiou]|dos|das|du|des|de[li]|degli|dell[ae]|l[aeo]s?|el)\s){0,2}"
_JOINED = (
    r"(?:stra(?:ss|ß)e|str\.|gasse|weg|platz|allee|damm|ufer|straat|laan|plein|gracht|kade"
    r"|vej|(?<!Bri)gade|gata|gatan|vägen|veien|vegen|braut|stræti|straeti|ntie|katu|kuja)"
)
_BEHIND = r"(?:u\.|út|utca|tér|körút|[Ss]tra(?:ss|ß)e|[Ww]eg|[Pp]latz)"
_SECOND = r"(?:Apt|Apartment|Suite|Ste|Flat)\b\.?"

_ADDRESS = re.compile(
    rf"(?<![\w$£€.,])\d{{1,6}}[A-Za-z]?\s(?:{_WORD}\s){{1,4}}{_STREET}\b{_UNIT}"
    rf"|(?<![\w$£€.,])\d{{1,6}}[A-Za-z]?,?\s(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Vv]ia|[Cc]alle|Av)\s"
    r"(?:[\w'.-]{1,24}\s?){1,4}"
    rf"|(?<![\w/])(?:\d{{1,6}}\s)?{_BEFORE}\s?{_SMALL}(?:{_WORD}\s){{1,4}}\d{{1,5}}(?![\w%])"
    rf"|(?<!\w)(?:\d{{1,6}}\s)?[^\W\d_a-z][^\W\d_]{{1,30}}\s?{_JOINED}\s\d{{1,4}}[a-z]?(?![\w%])"
    rf"|(?<!\w)(?:{_WORD}\s){{1,3}}{_BEHIND}\s\d{{1,4}}(?![\w%])"
    rf"|(?<!\w)(?:\d{{1,6}}\s)?(?:{_WORD}\s){{1,4}}\d{{1,4}}[.,]?\s{{1,3}}{_SECOND}\s?\d{{1,5}}"
    r"|\b(?:P\.?\s?O\.?\sBox|Postbox|Postfach|Postboks|Casella Postale|Apartado)\s\d{1,7}"
    r"|\b(?:PSC|Unit|CMR)\s\d{1,5},?\sBox\s\d{1,5}|\b[AFD]PO\sA[AEP]\s\d{5}"
    rf"|\b{_SECOND}\s(?:no\.?\s)?\d{{1,5}}[A-Z]?\b",
)
_LAST_LINE = re.compile(
    r"\n[ >]*[^\W\d_][^\d\n]{1,30}\s(?P<code>\d{4,6}|\d{3} \d\d|\d\d-\d{3})[ ]*(?=\n|$)"
)
"""The line with its postcode on which an address ends."""
_BLOCK = 90
"""Characters that the lines of an address behind its street may take."""
_LIVES = re.compile(
    r"\b(?:(?:lives?|lived|living|resides?|residing|stays|moved|home is|house is|picked up|pick up"
    r"|find (?:him|her)|home visits?|the house) (?:at|on|to|in)"
    r"|(?:home |his |her |my |your |their )address(?: is)?:?)\s"
    rf"(?P<place>\d{{1,6}}[a-z]?,?\s(?:(?-i:{_WORD})\s?){{1,3}}"
    r"|\d{1,6}[a-z]?,?\s(?:[a-z]{2,20}\s){1,2}(?:street|road|avenue|lane|drive|close|court|way)\b"
    rf"|(?-i:{_WORD}\s){{1,4}}(?!(?:19|20)\d\d\b)\d{{1,5}}[a-z]?(?=[,.;:!?)\n]|\s(?:and|street|with)|$))"
    r"(?![\w%])",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    rf"\b{_STATE}\s\d{{5}}(?:-\d{{4}})?\b"
    r"|\b(?:GIR 0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r" \d[ABD-HJLNP-UW-Z]{2})\b"
    r"|\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d\b"
)
_ZIP = re.compile(
    r"\b(?:zip|post)(?:\s?code)?\b\W{0,3}(?:is\s)?(?P<code>\d{5}(?:-\d{3,4})?|\d{4}(?:\s?[A-Z]{2}|-\d{3})?"
    r"|\d{3}\s?\d\d|\d\d-\d{3})\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\d{1,3}\s(?:Ways?|Steps?|Tips|Reasons|Things|Facts|Days?|Years?|Weeks?)\b")

_ROOM = re.compile(
    r"\b(?:room|rm|bed|bay|cubicle|pod|theatre)\s{0,2}(?:no\.?|number|#)?\s{0,2}\d{1,4}[a-z]?"
    r"(?![\w%-]|[.,]\d| of \d)"
    r"|(?<=\bin )\d{1,3}(?-i:[A-H])"
    r"(?=[.!;]|\s(?:is|was|has|had|needs?|refuses|wants|died|fell)\b|$)",
    re.IGNORECASE,
)
_GUEST = re.compile(
    r"\b(?:patient(?! (?:forum|groups?|council|education|support|information|day|evening|meeting))"
    r"|patients (?:in|from)|pt|his|her|resident|gentleman|lady|guy|man|woman|kid"
    r"|child|boy|girl|he|she|mr|mrs|ms|family of|mum|mom|dad|baby)\b"
    r"|(?<=\d)'s\s(?:family|wife|husband|son|daughter|visitors?)\b",
    re.IGNORECASE,
)
_EVENT_ROOM = re.compile(
    r"\b(?:conference|meeting|seminar|lecture|class|training|escape|webinar|exam|break-?out|zoom"
    r"|board|event)\s?room\b|\broom (?:rates?|service)\b|\b(?:hall|auditorium|building|session)\b",
    re.IGNORECASE,
)


def addresses(passage: Passage, known: Known) -> Iterator[PrivateSpan]:
    """Yield streets with their number, post boxes and full postcodes."""
    for span in _streets(passage):
        near = passage.prose[max(0, span.start - 60) : span.end + 60].lower()
        if not any(site in near for site in known.addresses):
            yield span
    for found in _ZIP.finditer(passage.prose):
        yield PrivateSpan(Kind.ADDRESS, *found.span("code"))


def _streets(passage: Passage) -> Iterator[PrivateSpan]:
    for pattern in (_ADDRESS, _POSTCODE):
        for found in pattern.finditer(passage.prose):
            if not _TITLE.match(found[0]):
                end = found.start() + len(found[0].rstrip())
                yield PrivateSpan(Kind.ADDRESS, found.start(), end)
                if last := _LAST_LINE.search(passage.prose, end, end + _BLOCK):
                    yield PrivateSpan(Kind.ADDRESS, *last.span("code"))
    for found in _LIVES.finditer(passage.prose):
        end = found.start("place") + len(found["place"].rstrip())
        yield PrivateSpan(Kind.ADDRESS, found.start("place"), end)


def rooms(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield the room or bed in which somebody lies."""
    for found in _ROOM.finditer(passage.prose):
        around = passage.around(*found.span())
        if around.has(_GUEST) and not around.has(_EVENT_ROOM):
            yield PrivateSpan(Kind.ROOM, *found.span())
