"""What use cases and loops work with: the rows, the clock, the team's policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from bot.cards.reading import read_card
from bot.domain.audit import Actor, AuditAction
from bot.domain.card import DraftCard
from bot.domain.policy import Policy
from bot.guidelines import Guidelines
from bot.guidelines.loading import standard
from bot.ports import Clock, Follow, Wake, utc_now
from storage import audit, notices, stand_ins
from storage.database import Database
from storage.models import Draft


def _nobody() -> None:
    """Wake no loop: what a use case does without a heartbeat around it."""


@dataclass(slots=True)
class Desk:
    """The rows, the clock, the policy, and the bell that wakes the loops after a commit."""

    database: Database
    policy: Policy
    clock: Clock = utc_now
    wake: Wake = field(default=_nobody)
    caught_up: bool = True
    """False after a gap, until the chat was read again: nothing is claimed meanwhile."""
    guidelines: Guidelines = field(default_factory=standard)
    """The rules that judge every revision."""
    follow: Follow | None = None
    """Looks where links lead, for the loops alone; None where the operator leaves that off."""

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction; when it is committed, the loops look at what changed."""
        with self.database.write() as session:
            yield session
        self.wake()

    def team(self, session: Session) -> Policy:
        """Return the policy with those who stand in for somebody at this moment."""
        return self.policy.as_of_now(stand_ins.standing(session, self.clock()))

    def card(self, session: Session, draft: Draft) -> DraftCard:
        """Return a draft as people see it."""
        return read_card(session, draft, self.policy, self.clock())


def record(
    session: Session,
    now: datetime,
    actor: Actor,
    action: AuditAction,
    draft: Draft,
    /,
    **detail: str | int,
) -> None:
    """Write an audit entry about a draft and its current revision."""
    audit.append(
        session,
        now,
        actor,
        action,
        draft_id=draft.id,
        fingerprint=draft.fingerprint,
        **detail,
    )


def tell_operators(
    desk: Desk, session: Session, draft: Draft, key: str, text: str, now: datetime
) -> None:
    """Leave word for every operator, where the draft is; the same key is said once to each."""
    for person in sorted(desk.policy.operators):
        notices.add(session, f"{draft.id}:{key}:{person}", person, draft.channel, None, text, now)


def tell_author(session: Session, draft: Draft, key: str, text: str, now: datetime) -> None:
    """Leave word for the author of a draft, in its thread; the same key is said once."""
    notices.add(session, f"{draft.id}:{key}", draft.author, draft.channel, draft.ts, text, now)
