"""The loop of recurring drafts: some days before each time, a new draft is made of the old one.

Intent first, as everywhere: the occurrence is a row before its message is posted, and the message
is looked for before it is posted. So whatever is lost in between, there is one message and one
draft. What is made is a draft as any other: nothing goes out without approvals of its own.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import BOT, AuditAction
from bot.domain.beside import beside_of
from bot.domain.content import Content, joined
from bot.domain.days import spelled
from bot.domain.draft import NewDraft, Wish
from bot.domain.recurrence import Occurrence, in_words, plan
from bot.domain.retry import next_call
from bot.errors import ChatError
from bot.ports import DIRECT, Chat, Proposal
from bot.workflow.intake import submit
from bot.workflow.objecting import foreseen
from bot.workflow.recurring import end, obstacle
from storage import contents, drafts, notices, recurrences
from storage.models import Draft, OccurrenceRow, RecurrenceRow

GIVE_UP = 5
"""Tries after which a message that the chat refuses for good is left."""

NOTE = "Draft {source} again, as {rhythm}. This one is meant for {when}."
MOVED = "The clocks skip {at:%H:%M} that day, so it is the next minute that they show."
ENDED = "Draft {source} does not repeat any more, because {why}. No new draft of it is made."
SKIPPED = (
    "Draft {source} repeats, but I made no new draft of it for {times}, because {why}. "
    "Nothing goes out in its place; later ones come as planned."
)
LAST = "the last one is made"
SHOWN = 3
"""The most times that are named in one word."""

_log = logging.getLogger(__name__)


class Why(StrEnum):
    """Why an occurrence gets no draft, as the end of a sentence."""

    PASSED = "the time passed before I could"
    ENDED = "it does not repeat any more"
    REFUSED = "Slack does not take its message"
    DELETED = "its message was deleted"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An occurrence that waits for its draft: what that says, or what is against it now."""

    id: int
    proposal: Proposal
    content: Content
    writer: str
    against: Why | None


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Makes one draft, or looks ahead for one recurrence, in each step."""

    desk: Desk
    chat: Chat

    def step(self) -> bool:
        """Do what comes first; False when there is nothing to do now."""
        now = self.desk.clock()
        with self.desk.database.read() as session:
            waiting = recurrences.waiting(session, now)
            due = None if waiting else recurrences.due(session, now)
        if waiting:
            self._make(waiting)
        elif due:
            look_ahead(self.desk, due)
        return bool(waiting or due)

    def _make(self, occurrence_id: int) -> None:
        try:
            with self.desk.database.read() as session:
                found = _read(self.desk, session, occurrence_id)
            if against := found.against or self._submit(found):
                self.chat.retract(found.proposal)
                skip(self.desk, occurrence_id, against)
        except ChatError as error:
            self._later(occurrence_id, error)
        except Exception:  # noqa: BLE001 - a poisoned row must not stop the loop
            _log.exception("the draft of occurrence %s could not be made", occurrence_id)
            self._later(occurrence_id, ChatError("unforeseen", permanent=False))

    def _submit(self, found: _Waiting) -> Why | None:
        """Post the message and make it a draft, in this order; returns why it is none."""
        new = NewDraft(
            self.chat.propose(found.proposal),
            found.proposal.author,
            found.proposal.text,
            account=found.content.account,
            posted=True,
            beside=beside_of(found.content),
            wrote=found.writer,
            occurrence=found.id,
        )
        return None if submit(self.desk, new) else Why.DELETED

    def _later(self, occurrence_id: int, error: ChatError) -> None:
        _log.warning("the draft of occurrence %s is not made yet: %s", occurrence_id, error)
        with self.desk.write() as session:
            row = recurrences.occurrence(session, occurrence_id)
            row.failures += 1
            row.try_after = next_call(row.failures, self.desk.clock(), error.retry_after)
            failures = row.failures
        if error.permanent and failures >= GIVE_UP:
            skip(self.desk, occurrence_id, Why.REFUSED)


def look_ahead(desk: Desk, recurrence_id: int) -> None:
    """Begin the next occurrence of a recurrence if it is ripe, and leave out what has passed."""
    now = desk.clock()
    with desk.write() as session:
        row = recurrences.get(session, recurrence_id)
        if row.ended_at is not None:
            return
        source = drafts.get(session, row.draft_id)
        if why := obstacle(desk, session, source):
            end(session, row, BOT, now, why)
            _tell(session, row, "ended", ENDED.format(source=source.id, why=why), now)
            return
        zone = desk.policy.zone_of(source.account)
        found = plan(recurrences.read(row), zone, row.done, now, desk.policy.repeat_lead)
        if found.passed:
            row.done = found.passed[-1].day
            _say_skipped(desk, session, row, source, found.passed, Why.PASSED)
        if found.ripe:
            recurrences.begin(session, row, found.ripe, now)
        elif found.is_over:
            end(session, row, BOT, now, LAST)
        else:
            row.look_at = found.look_at


def skip(desk: Desk, occurrence_id: int, why: Why) -> None:
    """Leave out an occurrence that waits; whoever asked for it is told, unless they ended it."""
    with desk.write() as session:
        row = recurrences.occurrence(session, occurrence_id)
        recurrences.skip(session, row, desk.clock())
        recurrence = recurrences.get(session, row.recurrence_id)
        source = drafts.get(session, recurrence.draft_id)
        _say_skipped(desk, session, recurrence, source, (_occurrence(row),), why)


def _read(desk: Desk, session: Session, occurrence_id: int) -> _Waiting:
    row = recurrences.occurrence(session, occurrence_id)
    recurrence = recurrences.get(session, row.recurrence_id)
    source = drafts.get(session, recurrence.draft_id)
    revision = drafts.revision(session, source.revision_id)
    content = contents.loads(revision.content)
    note = _note(desk, session, recurrence, source, row)
    key = f"occurrence:{occurrence_id}"
    proposal = Proposal(key, row.created_at, recurrence.person, joined(content), note)
    against = _against(desk, session, recurrence, source, row)
    return _Waiting(occurrence_id, proposal, content, revision.author, against)


def _against(
    desk: Desk, session: Session, recurrence: RecurrenceRow, source: Draft, row: OccurrenceRow
) -> Why | None:
    if recurrence.ended_at is not None or obstacle(desk, session, source):
        return Why.ENDED
    return Why.PASSED if row.at <= desk.clock() else None


def _note(
    desk: Desk, session: Session, recurrence: RecurrenceRow, source: Draft, row: OccurrenceRow
) -> str:
    """Return what people should know of an occurrence, also what speaks against its time."""
    zone, rhythm = desk.policy.zone_of(source.account), recurrences.read(recurrence)
    told = [NOTE.format(source=source.id, rhythm=in_words(rhythm), when=_spelled(row.at, zone))]
    if row.moved:
        told.append(MOVED.format(at=rhythm.at))
    seen = foreseen(desk, session, source, Wish(row.at), desk.clock())
    return " ".join((*told, *seen.words))


def _say_skipped(
    desk: Desk,
    session: Session,
    row: RecurrenceRow,
    source: Draft,
    found: Sequence[Occurrence],
    why: Why,
) -> None:
    """Write down what is left out and why, and tell whoever asked for it."""
    now, last = desk.clock(), found[-1].day.isoformat()
    detail: dict[str, str | int] = {"occurrences": len(found), "last": last, "why": why.value}
    record(session, now, BOT, AuditAction.DRAFT_SKIP, source, **detail)
    if why is not Why.ENDED:
        zone = desk.policy.zone_of(source.account)
        times = ", ".join(_spelled(one.at, zone) for one in found[:SHOWN])
        times += f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        words = SKIPPED.format(source=source.id, times=times, why=why.value)
        _tell(session, row, f"skipped:{last}", words, now)


def _tell(session: Session, row: RecurrenceRow, what: str, text: str, now: datetime) -> None:
    key = f"{row.draft_id}:repeat:{row.id}:{what}"
    notices.add(session, key, row.person, DIRECT, None, text, now)


def _occurrence(row: OccurrenceRow) -> Occurrence:
    return Occurrence(row.day, row.at, row.moved)


def _spelled(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{spelled(local.date())} at {local:%H:%M} ({zone.key})"
