"""The record: who did what, chained so that an edit shows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

GENESIS = "0" * 64
"""The hash before the first entry."""


class Role(StrEnum):
    """In what capacity somebody acted."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    OPERATOR = "operator"
    MEMBER = "member"
    BOT = "bot"


class AuditAction(StrEnum):
    """Everything that leaves an entry, as `subject:action`."""

    DRAFT_SUBMIT = "draft:submit"
    DRAFT_REVISE = "draft:revise"
    DRAFT_REFUSE = "draft:refuse"
    DRAFT_WITHDRAW = "draft:withdraw"
    DRAFT_WISH = "draft:wish"
    DRAFT_LAPSE = "draft:lapse"
    REVIEW_APPROVE = "review:approve"
    REVIEW_REQUEST_CHANGES = "review:request_changes"
    REVIEW_REJECT = "review:reject"
    REVIEW_REVOKE = "review:revoke"
    PUBLICATION_SCHEDULE = "publication:schedule"
    PUBLICATION_CANCEL = "publication:cancel"
    PUBLICATION_CLAIM = "publication:claim"
    PUBLICATION_INTENT = "publication:intent"
    PUBLICATION_OUTCOME = "publication:outcome"
    PUBLICATION_STOP = "publication:stop"
    PUBLICATION_RETRY = "publication:retry"
    PUBLICATION_LOOKUP = "publication:lookup"
    PUBLICATION_SETTLE = "publication:settle"
    PUBLICATION_REMOVE = "publication:remove"
    PUBLICATION_REMOVED = "publication:removed"
    PUBLICATION_CONTRADICTED = "publication:contradicted"
    ACCOUNT_PAUSE = "account:pause"
    ACCOUNT_RESUME = "account:resume"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, and in what role."""

    id: str
    role: Role


BOT = Actor("countersign", Role.BOT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry before it is chained; `detail` never holds draft text."""

    at: datetime
    actor: Actor
    action: AuditAction
    draft_id: int | None
    fingerprint: str | None
    detail: Mapping[str, str | int]


def chained(previous: str, sequence: int, entry: Entry) -> str:
    """SHA-256 (hex) over the previous hash and every field of the entry."""
    fields = [
        previous,
        sequence,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor.id,
        entry.actor.role.value,
        entry.action.value,
        entry.draft_id,
        entry.fingerprint,
        sorted(entry.detail.items()),
    ]
    canonical = json.dumps(fields, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
