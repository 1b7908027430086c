"""The record: who did what, chained so that an edit shows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from json.encoder import encode_basestring_ascii

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
    DRAFT_DISCUSS = "draft:discuss"
    DRAFT_JUDGE = "draft:judge"
    DRAFT_PURGE = "draft:purge"
    DRAFT_REPEAT = "draft:repeat"
    DRAFT_SKIP = "draft:skip"
    DRAFT_REPEAT_NO_MORE = "draft:repeat_no_more"
    REVIEW_APPROVE = "review:approve"
    REVIEW_REQUEST_CHANGES = "review:request_changes"
    REVIEW_REJECT = "review:reject"
    REVIEW_REVOKE = "review:revoke"
    REVIEW_REMIND = "review:remind"
    REVIEWER_AWAY = "reviewer:away"
    REVIEWER_BACK = "reviewer:back"
    PUBLICATION_SCHEDULE = "publication:schedule"
    PUBLICATION_CANCEL = "publication:cancel"
    PUBLICATION_CLAIM = "publication:claim"
    PUBLICATION_INTENT = "publication:intent"
    PUBLICATION_OUTCOME = "publication:outcome"
    PUBLICATION_POSTPONE = "publication:postpone"
    PUBLICATION_RECOVER = "publication:recover"
    PUBLICATION_STOP = "publication:stop"
    PUBLICATION_RETRY = "publication:retry"
    PUBLICATION_LOOKUP = "publication:lookup"
    PUBLICATION_SETTLE = "publication:settle"
    PUBLICATION_REMOVE = "publication:remove"
    PUBLICATION_REMOVED = "publication:removed"
    PUBLICATION_CONTRADICTED = "publication:contradicted"
    ACCOUNT_PAUSE = "account:pause"
    ACCOUNT_RESUME = "account:resume"
    RECORD_EXPORT = "record:export"


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
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hash_of(
        (previous, moment, entry.actor.id, entry.actor.role.value, entry.action.value),
        sequence,
        entry.draft_id,
        entry.fingerprint,
        pairs(entry.detail),
    )


def hash_of(
    words: tuple[str, str, str, str, str],
    sequence: int,
    draft_id: int | None,
    fingerprint: str | None,
    detail: str,
) -> str:
    """Do what `chained` does with what is stored.

    `words` are the previous hash, the moment, the actor, the role and the action. The JSON is put
    together by hand: a long record is walked in half the time.
    """
    previous, moment, actor, role, action = map(encode_basestring_ascii, words)
    draft = "null" if draft_id is None else draft_id
    print_ = "null" if fingerprint is None else encode_basestring_ascii(fingerprint)
    text = f"[{previous},{sequence},{moment},{actor},{role},{action},{draft},{print_},{detail}]"
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def pairs(detail: Mapping[str, str | int]) -> str:
    """Return a detail as its link holds it: JSON of its pairs, in the order of their names."""
    return f"[{','.join(f'[{name},{value}]' for name, value in encoded(detail))}]"


def encoded(detail: Mapping[str, str | int]) -> list[tuple[str, str]]:
    """Return names and values as JSON, in the order of the names."""
    return [(encode_basestring_ascii(name), _value(detail[name])) for name in sorted(detail)]


def _value(value: str | int) -> str:
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    return str(value) if type(value) is int else json.dumps(value)
