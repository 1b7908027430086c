"""What is private in a text, and what the team says is not."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a private span is; the identifiers of 45 CFR 164.514(b)(2) that a text can hold."""

    EMAIL = "email"
    LINK = "link"
    IP_ADDRESS = "ip_address"
    DEVICE = "device"
    RECORD_NUMBER = "record_number"
    PLAN_NUMBER = "plan_number"
    NATIONAL_ID = "national_id"
    CARD = "card"
    IBAN = "iban"
    PHONE = "phone"
    BIRTH_DATE = "birth_date"
    CARE_DATE = "care_date"
    PATIENT_DATE = "patient_date"
    ADDRESS = "address"
    ROOM = "room"
    AGE = "age"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class PrivateSpan:
    """One private thing at `text[start:end]` of the text as it was typed."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a team has made public itself: never a finding."""

    domains: frozenset[str] = frozenset()
    """Its own domains, in lower case: mailboxes there are shared ones."""
    mailboxes: frozenset[str] = frozenset()
    """Shared mailboxes elsewhere, in lower case."""
    phones: frozenset[str] = frozenset()
    """Its own lines, digits only."""
    addresses: frozenset[str] = frozenset()
    """Its own sites, in lower case."""
    people: frozenset[str] = frozenset()
    """Its public staff, in lower case, as they are written."""


NOBODY = Known()
