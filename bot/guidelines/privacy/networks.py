"""Links that carry somebody's identifier, and IP addresses."""

import re
from collections.abc import Iterator

from bot.guidelines.privacy.passage import LINK, Passage
from bot.guidelines.privacy.spans import Kind, PrivateSpan

_PARAMETER = re.compile(
    r"[?&/;](?:mrn|patient_?id|pt_?id|dob|ssn|nhs_?(?:no|number)|member_?id"
    r"|encounter(?:_?id)?|chart_?id|record_?id|access_?token|session_?id|auth|token|e-?mail|phone)=[^&#\s]",
    re.IGNORECASE,
)
_PORTAL = re.compile(
    r"(?:https?://)?(?:www\.)?(?:my-?chart|(?:patient-?|my-?)?portal)[\w-]{0,20}\.", re.IGNORECASE
)
_IDENTIFIER = re.compile(r"\d{5}|[0-9a-f]{16}", re.IGNORECASE)
_RECORD_PATH = re.compile(
    r"/(?:patients?|charts?|encounters?|mrn|records?)/(?:[a-z]{0,3}-?\d{5,20})(?:[/?#]|$)",
    re.IGNORECASE,
)

_BARE = re.compile(
    r"(?<![\w/@.:-])(?:[\w-]{1,40}\.){1,4}[a-z]{2,12}/[^\s<>\"')\]]{1,300}", re.IGNORECASE
)
"""A link as it is spoken of, without its scheme; X makes a link of it all the same."""

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IP = re.compile(
    rf"(?<![\w.])(?<!\bv )(?:{_OCTET}\.){{3}}{_OCTET}(?![\w]|\.\d)"
    r"|(?<![:\w])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![:\w])"
    r"|(?<![:\w])(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,5}(?![:\w])",
    re.IGNORECASE,
)
_NOBODYS = re.compile(r"127\.[\d.]+|0\.0\.0\.0|255\.[\d.]+")
_VERSION = re.compile(r"(?:version|release|firmware|build|app|update)\s?$", re.IGNORECASE)


def find(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield links that lead to one person's data, and addresses of one machine."""
    for found in LINK.finditer(passage.text):
        if _is_private(found[0]):
            yield PrivateSpan(Kind.LINK, *found.span())
    for found in _BARE.finditer(passage.prose):
        if _is_private(found[0]):
            yield PrivateSpan(Kind.LINK, *found.span())
    for found in _IP.finditer(passage.prose):
        before = passage.prose[max(0, found.start() - 9) : found.start()]
        if not _VERSION.search(before) and not _NOBODYS.fullmatch(found[0]):
            yield PrivateSpan(Kind.IP_ADDRESS, *found.span())


def _is_private(link: str) -> bool:
    if _PARAMETER.search(link) or _RECORD_PATH.search(link):
        return True
    portal = _PORTAL.match(link)
    return portal is not None and _IDENTIFIER.search(link, portal.end()) is not None
