"""The tables."""

from storage.models.accounts import AccountRow, Pause
from storage.models.chat import ChannelMark, Notice, SourceMark
from storage.models.drafts import Draft, FindingRow, ReviewRow, Revision, WishKind
from storage.models.publications import Attempt, Publication, PublicationPart
from storage.models.record import AuditEntry

__all__ = [
    "AccountRow",
    "Attempt",
    "AuditEntry",
    "ChannelMark",
    "Draft",
    "FindingRow",
    "Notice",
    "Pause",
    "Publication",
    "PublicationPart",
    "ReviewRow",
    "Revision",
    "SourceMark",
    "WishKind",
]
