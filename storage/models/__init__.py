"""The tables."""

from storage.models.accounts import AccountRow, Pause
from storage.models.chat import ChannelMark, Notice, SourceMark
from storage.models.drafts import Draft, FindingRow, Reply, ReviewRow, Revision, WishKind
from storage.models.links import LinkRow, LookRow
from storage.models.media import Blob, BlobPiece, SourceFile
from storage.models.people import HomeTab, Person, StandInRow
from storage.models.publications import Attempt, Publication, PublicationPart
from storage.models.record import AuditEntry, CheckpointRow, Purge
from storage.models.recurrences import OccurrenceRow, RecurrenceRow
from storage.models.refusals import Refusal, RefusalKey

__all__ = [
    "AccountRow",
    "Attempt",
    "AuditEntry",
    "Blob",
    "BlobPiece",
    "ChannelMark",
    "CheckpointRow",
    "Draft",
    "FindingRow",
    "HomeTab",
    "LinkRow",
    "LookRow",
    "Notice",
    "OccurrenceRow",
    "Pause",
    "Person",
    "Publication",
    "PublicationPart",
    "Purge",
    "RecurrenceRow",
    "Refusal",
    "RefusalKey",
    "Reply",
    "ReviewRow",
    "Revision",
    "SourceFile",
    "SourceMark",
    "StandInRow",
    "WishKind",
]
