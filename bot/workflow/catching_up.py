"""After a gap: the chat is read again before anything is claimed.

Whatever changed meanwhile is treated as the edit or the deletion that it is; what cannot be read
holds its publication.
"""

import logging

from bot.desk import Desk
from bot.domain.audit import BOT
from bot.domain.content import is_chat
from bot.domain.draft import MessageRef, NewDraft
from bot.errors import ChatError
from bot.ports import Chat, PrivateWord
from bot.workflow.intake import become_chat, remove_source, revise
from bot.workflow.refusing import leave_word
from bot.workflow.stopping import hold_unreadable
from storage import drafts, marks

NOT_TAKEN = (
    "I could not take over one of your messages after an interruption, so nothing of it goes out. "
    "Please write it again."
)

_log = logging.getLogger(__name__)


def begin_gap(desk: Desk) -> None:
    """Claim nothing from here on: events may have been lost."""
    desk.caught_up = False


def catch_up(desk: Desk, chat: Chat, front: str, channel: str) -> None:
    """Read what was missed; ChatError (not permanent) where the chat cannot be read just now."""
    _read_new(desk, chat, front, channel)
    with desk.database.read() as session:
        refs = drafts.open_sources(session, front)
    for ref in refs:
        _reread(desk, chat, ref)
    desk.caught_up = True
    desk.wake()


def _read_new(desk: Desk, chat: Chat, front: str, channel: str) -> None:
    with desk.database.read() as session:
        mark = marks.channel(session, front, channel)
    if mark is None:
        _mark(desk, MessageRef(front, channel, f"{desk.clock().timestamp():.6f}"))
        return
    for new in chat.since(channel, mark):
        _take_safely(desk, new)
        _mark(desk, new.ref)


def _reread(desk: Desk, chat: Chat, ref: MessageRef) -> None:
    try:
        found = chat.reread(ref)
    except ChatError as error:
        if not error.permanent:
            raise
        _hold(desk, ref)
        return
    if found is None:
        remove_source(desk, ref)
    else:
        _take_safely(desk, found)


def _take_safely(desk: Desk, new: NewDraft) -> None:
    """Take over one message; one that cannot be taken stops its own draft and no other."""
    try:
        _take(desk, new)
    except Exception as error:  # noqa: BLE001 - one poisoned message must not stop all publishing
        _log.error("message %s could not be taken in: %s", new.ref.ts, type(error).__name__)
        _hold(desk, new.ref)
        word = PrivateWord(new.author, new.ref.channel, None, NOT_TAKEN)
        leave_word(desk, f"not taken:{new.ref.ts}:{new.edited_ts}", word)


def _take(desk: Desk, new: NewDraft) -> None:
    if is_chat(new.text):
        become_chat(desk, new.ref, new.edited_ts)
    else:
        revise(desk, new)


def _hold(desk: Desk, ref: MessageRef) -> None:
    with desk.write() as session:
        draft = drafts.by_source(session, ref)
        if draft is not None:
            hold_unreadable(session, draft, BOT, desk.clock())


def _mark(desk: Desk, ref: MessageRef) -> None:
    with desk.write() as session:
        marks.mark_channel(session, ref)
