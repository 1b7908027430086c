"""E-mail addresses and phone numbers by which one person can be reached."""

import re
from collections.abc import Iterator

import phonenumbers

from bot.guidelines.privacy.check_digits import digits_of
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import Kind, Known, PrivateSpan

_EMAIL = re.compile(
    r"(?<![\w.+%-])(?P<box>\w[\w.+%-]{0,63})@(?P<host>(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})(?!\w)",
    re.IGNORECASE,
)
_WEBMAIL = r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|proton(?:mail)?|gmx|live)"
_DISGUISED = re.compile(
    r"(?<![\w.+-])(?P<box>\w[\w.+-]{0,40}(?: dot \w{1,20}){0,2})"
    rf"(?:\s?[(\[]at[)\]]\s?(?:[\w-]{{1,40}}\s?[([]?(?:\.|dot)[)\]]?\s?){{1,3}}[a-z]{{2,10}}"
    rf"|\s(?:@|at)\s?{_WEBMAIL}\s?(?:\.|dot)\s?[a-z]{{2,3}}(?:\.[a-z]{{2}})?)(?!\w)",
    re.IGNORECASE,
)
"""A mailbox written so that no machine should see it."""
_ROLE = re.compile(
    r"(?:info|contact|press|media|news(?:room)?|enquir(?:y|ies)|inquir(?:y|ies)|appointments?"
    r"|bookings?|hello|support|help(?:desk|line)?|feedback|communications?|comms|research|events?"
    r"|donat\w{1,8}|volunteer\w{0,6}|jobs|careers?|recruitment|healthcare|reception|office|team"
    r"|admin|service|care|privacy|editor|letters|webmaster|registration|membership|noreply|trials?"
    r"|stud(?:y|ies)|clinics?|questions?|ask|hi|mail|post|general|sales|marketing|fundraising|tickets?"
    r"|webinars?|conference|secretary|library|shop|complaints?|screening|vaccin\w{1,6}|covid|pals|hr)"
    r"(?:[._-]\w{1,30})?",
    re.IGNORECASE,
)

# two written forms stand beside the library, which refuses 555-123-4567 and 07700 900123
_NORTH_AMERICAN = re.compile(
    r"(?<![\w/.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w/-])"
)
_UK_MOBILE = re.compile(r"(?<![\w/.-])07\d{3}[ -]?\d{3}[ -]?\d{3}(?![\w/-])")
_WRITTEN = re.compile(r"(?<![\w/.,$£€:-])(?:\+|\()?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w/%:]|[.,-]\d)")
_CALL = re.compile(
    r"\b(?:tel|(?:tele)?phone[ds]?|mobile|mob|cell|call(?:ed|s|ing)?|ring|rang|fax|text(?:ed|s)?"
    r"|contact(?:ed)?|whats?app|reach(?:able|ed)?|answer(?:s|ed|ing)?|dial(?:led|ed)?|message[ds]?"
    r"|(?:his|her|my|their) number|number is)\b[^\d\n]{0,24}$",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[ ()./-]")
_REGIONS = ("US", "GB", "AU")
_PUBLIC = re.compile(
    r"(?:1?8(?:00|22|33|44|55|66|77|88)\d{7}"  # toll-free in North America
    r"|(?:44|0)(?:8(?:00|08)|3\d\d)\d{4,8}|(?:44|0)8[47]\d{8}"  # freephone, 03 and 084 lines
    r"|(?:44)?(?:116|111|101|119)\d{0,3}"  # helplines of public interest
    r"|(?:61)?0?1[38]00\d{6}|(?:61)?13\d{4}|(?:64|0)(?:800|508)\d{6,7}|(?:353|0)?1800\d{6})"
)


def find(passage: Passage, known: Known) -> Iterator[PrivateSpan]:
    """Yield mailboxes of persons, and phone numbers that are no public line."""
    yield from _emails(passage, known)
    yield from _phones(passage, known)


def _emails(passage: Passage, known: Known) -> Iterator[PrivateSpan]:
    for found in _EMAIL.finditer(passage.unlinked):
        host = found["host"].lower()
        own = found[0].lower() in known.mailboxes or any(
            host == domain or host.endswith(f".{domain}") for domain in known.domains
        )
        if not own and not _ROLE.fullmatch(found["box"]):
            yield PrivateSpan(Kind.EMAIL, *found.span())
    for found in _DISGUISED.finditer(passage.unlinked):
        if not _ROLE.fullmatch(found["box"]):
            yield PrivateSpan(Kind.EMAIL, *found.span())


def _phones(passage: Passage, known: Known) -> Iterator[PrivateSpan]:
    for pattern in (_NORTH_AMERICAN, _UK_MOBILE, _WRITTEN):
        for found in pattern.finditer(passage.prose):
            digits = digits_of(found[0])
            public = _PUBLIC.fullmatch(digits) or digits in known.phones
            if not public and (pattern is not _WRITTEN or _is_phone(passage, found)):
                yield PrivateSpan(Kind.PHONE, *found.span())


def _is_phone(passage: Passage, found: re.Match[str]) -> bool:
    """Whether digits are a phone number: by the word before them, or grouped as one that exists."""
    before = passage.prose[max(0, found.start() - 40) : found.start()]
    if _CALL.search(before):
        return True
    if not _GROUPED.search(found[0]) and not found[0].startswith("+"):
        return False
    return any(_exists(found[0], region) for region in _REGIONS)


def _exists(number: str, region: str) -> bool:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed)
