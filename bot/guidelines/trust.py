"""Who stands behind a site, told from the end of its host's name: by dots, as `is_within` does."""

from bot.domain.destination import Trust
from bot.guidelines.addresses import is_within
from bot.guidelines.judging import Guidelines

_KINDS = {
    Trust.GOVERNMENT: frozenset(
        ("gov", "mil", "gov.uk", "gov.scot", "gov.wales", "gov.au", "gov.ie", "govt.nz", "gc.ca",
         "canada.ca", "europa.eu")
    ),
    Trust.EDUCATION: frozenset(("edu", "edu.au", "ac.uk", "ac.nz")),
    Trust.HEALTH: frozenset(
        ("nhs.uk", "nhs.scot", "hscni.net", "hse.ie", "who.int", "paho.org", "unicef.org")
    ),
}  # fmt: skip


def trust_of(host: str, guidelines: Guidelines) -> Trust:
    """Return who stands behind a host: what the team says itself comes before what we know."""
    if is_within(host, guidelines.own):
        return Trust.OWN
    for kind, suffixes in _KINDS.items():
        if is_within(host, suffixes):
            return kind
    return Trust.LISTED if is_within(host, guidelines.trusted) else Trust.UNKNOWN
