"""One draft's whole life, as an auditor reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import AuditAction, Role
from bot.domain.content import Poll
from bot.domain.destination import Condition, Trust
from bot.domain.draft import DraftState
from bot.domain.finding import Finding
from bot.domain.media import Media
from bot.domain.publication import PublicationState, Reason
from bot.domain.quorum import Decision


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the record; `version` is that of the draft at that time."""

    sequence: int
    at: datetime
    actor: str
    role: Role
    action: AuditAction
    version: int | None
    detail: Mapping[str, str | int]
    hash: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One person's decision, with the rules that they acknowledged and attested."""

    at: datetime
    reviewer: str
    decision: Decision
    reason: str
    acknowledged: tuple[str, ...] = ()
    attested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """Where a link led at some moment, and the rules that objected to that."""

    at: datetime
    url: str
    condition: Condition
    host: str
    title: str
    trust: Trust
    why: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One revision: its text part by part, what was found, its links, and who decided what.

    `polls` has one entry for each part; `sources` are the links that reviewers were given, and
    `authorization` is where the signed one is kept that its author stated.
    """

    number: int
    author: str
    at: datetime
    fingerprint: str
    parts: tuple[str, ...]
    links: tuple[str, ...]
    findings: tuple[Finding, ...]
    decisions: tuple[Decided, ...]
    polls: tuple[Poll | None, ...] = ()
    answers: str = ""
    """The address of the tweet that it answers."""
    sources: tuple[str, ...] = ()
    authorization: str = ""
    pictures: tuple[tuple[Media, ...], ...] = ()
    """Those of each part."""
    looks: tuple[Look, ...] = ()
    """Where its links led: before people decided, and again before it went out."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of the draft in its thread; empty once they took it back."""

    at: datetime
    person: str
    text: str
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class LivePart:
    """One part that is or was public: its address, and its text as X returned it."""

    part: int
    tweet_id: str
    address: str
    text: str | None
    live_at: datetime | None
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Published:
    """One publication of one version."""

    version: int
    state: PublicationState
    reason: Reason | None
    detail: str
    due_at: datetime
    parts: tuple[LivePart, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """That the contents of a draft were removed after the time for keeping them."""

    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that is kept of a draft."""

    id: int
    account: str
    handle: str
    author: str
    state: DraftState
    front: str
    channel: str
    message: str
    created_at: datetime
    versions: tuple[Version, ...]
    publications: tuple[Published, ...]
    discussion: tuple[Said, ...]
    record: tuple[Deed, ...]
    removed: Removed | None
