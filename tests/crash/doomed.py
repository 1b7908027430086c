"""`python -m tests.crash.doomed run`: the bot, which kills itself at a named step.

The product knows nothing of it: its functions are wrapped from outside, before it starts.
"""

import os
import signal
import threading
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import sqlmodel
from sqlalchemy import event
from urllib3.connection import HTTPConnection

import bot.__main__
import bot.app
from bot.cards.drawing import Drawer
from bot.publishing import doubt, lane, removal, sending
from bot.x import publisher
from bot.x.publisher import XPublisher
from handlers.slack import socket
from handlers.slack.chat import SlackChat
from tests.crash import naive
from tests.crash.steps import NAIVE, NOTE, Doom, Step, read

TENTH_S = 0.1


class Fate:
    """Counts the passages of each step, and ends the process when one is the last."""

    def __init__(self, dooms: tuple[Doom, ...], note: Path) -> None:
        self._left = {doom.step: doom.passage for doom in dooms}
        self._note = note
        self._lock = threading.Lock()

    def passes(self, step: Step) -> None:
        """Take note that the process is at a step; does not return where it dies there."""
        with self._lock:
            if step not in self._left:
                return
            self._left[step] -= 1
            if self._left[step] == 0:
                self.strikes(step)

    def strikes(self, step: Step) -> None:
        """Write down where, and die as if the machine lost power."""
        with self._note.open("a", encoding="utf-8") as note:
            note.write(f"{step.name}\n")
        os.kill(os.getpid(), signal.SIGKILL)

    def waits(self) -> None:
        """Set the clock of who dies at any moment."""
        tenths = self._left.get(Step.ANYWHERE)
        if tenths is not None:
            timer = threading.Timer(tenths * TENTH_S, self.strikes, (Step.ANYWHERE,))
            timer.daemon = True
            timer.start()

    def wrap(
        self,
        owner: object,
        name: str,
        before: Step | None = None,
        after: Step | None = None,
        *,
        if_any: bool = False,
    ) -> None:
        """Pass steps before and after a function; `if_any`: after it only with a result."""
        original: Callable[..., Any] = getattr(owner, name)

        @wraps(original)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if before is not None:
                self.passes(before)
            result = original(*args, **kwargs)
            if after is not None and not (if_any and result is None):
                self.passes(after)
            return result

        setattr(owner, name, wrapped)

    def wrap_async(self, owner: object, name: str, after: Step) -> None:
        """Pass a step after a coroutine function."""
        original: Callable[..., Any] = getattr(owner, name)

        @wraps(original)
        async def wrapped(*args: Any, **kwargs: Any) -> Any:
            result = await original(*args, **kwargs)
            self.passes(after)
            return result

        setattr(owner, name, wrapped)


def lay(fate: Fate) -> None:
    """Wrap every named step of the product."""
    _lay_transactions(fate)
    _lay_publishing(fate)
    _lay_call(fate)
    _lay_chat(fate)


def _lay_transactions(fate: Fate) -> None:
    event.listen(sqlmodel.Session, "before_commit", lambda _: fate.passes(Step.COMMIT_BEGINS))
    event.listen(sqlmodel.Session, "after_commit", lambda _: fate.passes(Step.COMMITTED))


def _lay_publishing(fate: Fate) -> None:
    fate.wrap(sending, "claim", Step.CLAIM_BEGINS, Step.CLAIMED, if_any=True)
    fate.wrap(sending, "intend", Step.INTENT_BEGINS, Step.INTENDED, if_any=True)
    fate.wrap(sending, "write_answer", Step.ANSWER_KNOWN, Step.ANSWER_WRITTEN)
    fate.wrap(sending, "look", after=Step.LOOKED_AGAIN)
    fate.wrap(lane, "resolve", Step.RESOLVE_BEGINS, Step.RESOLVED)
    fate.wrap(doubt, "look", after=Step.LOOKED)
    fate.wrap(XPublisher, "find", after=Step.CONFIRMED)
    fate.wrap(lane, "take_down", Step.REMOVAL_BEGINS)
    fate.wrap(XPublisher, "delete", after=Step.REMOVED)
    fate.wrap(removal, "_note_gone", after=Step.REMOVAL_WRITTEN)
    fate.wrap(lane, "_take_over", after=Step.TAKING_OVER)


def _lay_call(fate: Fate) -> None:
    """Inside a call to X there is a moment when the request is out and no answer has come."""
    posting = threading.local()
    call, getresponse = getattr(publisher, "call"), HTTPConnection.getresponse  # noqa: B009

    def calls(*args: Any, **kwargs: Any) -> Any:
        posting.now = True
        try:
            return call(*args, **kwargs)
        finally:
            posting.now = False

    def waits_for_answer(connection: HTTPConnection) -> Any:
        if getattr(posting, "now", False):
            fate.passes(Step.REQUEST_SENT)
        return getresponse(connection)

    setattr(publisher, "call", calls)  # noqa: B010 - mypy guards the attribute
    setattr(HTTPConnection, "getresponse", waits_for_answer)  # noqa: B010
    fate.wrap(publisher, "call", after=Step.ANSWER_RECEIVED)
    fate.wrap(XPublisher, "post", Step.CALL_BEGINS)


def _lay_chat(fate: Fate) -> None:
    fate.wrap(socket, "dispatch", after=Step.LISTENED)
    fate.wrap_async(socket, "acknowledge", Step.ACKNOWLEDGED)
    fate.wrap(SlackChat, "reread", after=Step.REREAD)
    fate.wrap(SlackChat, "tell", after=Step.TOLD)
    fate.wrap(SlackChat, "draw", Step.DRAW_BEGINS, Step.DRAWN)
    fate.wrap(Drawer, "_drawn", after=Step.DRAW_WRITTEN)


def main(environment: Mapping[str, str] = os.environ) -> None:
    """Run the bot until its doom."""
    fate = Fate(read(environment), Path(environment.get(NOTE, os.devnull)))
    if environment.get(NAIVE):
        setattr(lane, "publish", naive.publish)  # noqa: B010 - mypy guards what is not exported
    lay(fate)
    fate.waits()
    bot.__main__.main()


if __name__ == "__main__":
    main()
