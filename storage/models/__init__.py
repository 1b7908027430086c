"""The tables."""

from storage.models.accounts import AccountRow, Pause
from storage.models.chat import ChannelMark, Notice, SourceMark
from storage.models.drafts import Draft, FindingRow, Reply, ReviewRow, Revision, WishKind
from storage.models.people import HomeTab, Person, StandInRow
from storage.models.publications import Attempt, Publication, PublicationPart
from storage.models.record import AuditEntry, CheckpointRow, Purge
from storage.models.refusals import Refusal, RefusalKey

__all__ = [
    "AccountRow",
    "Attempt",
    "AuditEntry",
    "ChannelMark",
    "CheckpointRow",
    "Draft",
    "FindingRow",
    "HomeTab",
    "Notice",
    "Pause",
    "Person",
    "Publication",
    "PublicationPart",
    "Purge",
    "Refusal",
    "RefusalKey",
    "Reply",
    "ReviewRow",
    "Revision",
    "SourceMark",
    "StandInRow",
    "WishKind",
]
