"""What surrounds every listener: commit, then acknowledge, and no fault passes in silence.

Nothing may be raised after an acknowledgement (Bolt would take it back), and what is raised
before one makes Slack deliver again. So a listener raises only where not even word could be left.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.errors import RefusedError
from bot.workflow.catching_up import begin_gap
from handlers.slack import interactions, payloads
from handlers.slack.arrivals import (
    Batch,
    Changed,
    Click,
    Command,
    Deleted,
    Malformed,
    Opened,
    Submission,
    Written,
)
from handlers.slack.blocks import Drawn
from handlers.slack.faults import new_reference, note_fault, note_malformed
from handlers.slack.front import Front
from handlers.slack.modals import View
from handlers.slack.once import Once

Listener = Callable[..., None]
Happening = Written | Changed | Deleted
Clicked = TypeVar("Clicked", Click, Batch)


LAST_DELIVERY = 3
"""The number of the last redelivery of an event (docs.slack.dev, Events API, retries)."""

FAULT = (
    "Something went wrong on our side (reference {reference}). Your draft is safe; please try "
    "again. If it happens again, tell an operator the reference."
)
NOT_TAKEN = (
    "Something went wrong on our side (reference {reference}), and your message did not become a "
    "draft. Please write it again. If it happens again, tell an operator the reference."
)


class NotTakenError(Exception):
    """What Slack sent could not be taken in and is not acknowledged; its reference is logged."""


def on_click(front: Front, act: Callable[[Front, Click], None]) -> Listener:
    """Surround what a button does."""
    return _on_click(front, interactions.click, act)


def on_batch(front: Front, act: Callable[[Front, Batch], None]) -> Listener:
    """Surround what a button does that is about several drafts."""
    return _on_click(front, interactions.batch, act)


def _on_click(
    front: Front,
    read: Callable[[dict[str, Any]], Clicked | Malformed],
    act: Callable[[Front, Clicked], None],
) -> Listener:
    once = Once()

    def answer(found: Clicked) -> None:
        if text := refusal_of(lambda: act(front, found)):
            tell(front, found.key, found.person, text, (found.channel, found.thread_ts))

    def listener(ack: Ack, body: dict[str, Any]) -> None:
        found = read(body)
        if isinstance(found, Malformed):
            note_malformed("click", found)
        else:
            once(found.key, partial(answer, found))
        ack()

    return listener


def on_submit(
    front: Front,
    field: str | Callable[[Submission], str],
    act: Callable[[Front, Submission], View | None],
) -> Listener:
    """Surround what a modal does; a refusal is shown at a field, and what was typed stays.

    A view that it returns is put on top, to be answered first; otherwise every window closes.
    """

    def listener(ack: Ack, body: dict[str, Any]) -> None:
        found = interactions.submission(body)
        if isinstance(found, Malformed):
            note_malformed("submission", found)
            ack()
            return
        views: list[View | None] = []
        text = refusal_of(lambda: views.append(act(front, found)))
        if text:
            place = field if isinstance(field, str) else field(found)
            ack(response_action="errors", errors={str(place): text})
        elif views[0]:
            ack(response_action="push", view=views[0])
        elif found.is_on_top:
            ack(response_action="clear")
        else:
            ack()

    return listener


def on_opened(front: Front, act: Callable[[Front, Opened], None]) -> Listener:
    """Surround what opening the app does; where it fails, opening it again helps."""

    def listener(body: dict[str, Any]) -> None:
        found = payloads.opened(body)
        if isinstance(found, Malformed):
            note_malformed("opening", found)
        else:
            refusal_of(lambda: act(front, found))

    return listener


def on_command(front: Front, act: Callable[[Front, Command], str | Drawn]) -> Listener:
    """Surround what a slash command does; the answer is seen by nobody else."""

    def listener(ack: Ack, body: dict[str, Any]) -> None:
        found = payloads.command(body)
        if isinstance(found, Malformed):
            note_malformed("command", found)
            ack()
            return
        answers: list[str | Drawn] = []
        refusal = refusal_of(lambda: answers.append(act(front, found)))
        answer = refusal or answers[0]
        if isinstance(answer, Drawn):
            ack(text=answer.text, blocks=answer.blocks)
        else:
            ack(answer)

    return listener


def on_message(front: Front, act: Callable[[Front, Happening], None]) -> Listener:
    """Surround what a message event does: an event that fails is delivered again, a few times."""

    def listener(body: dict[str, Any], request: BoltRequest) -> None:
        found = payloads.happening(body)
        if isinstance(found, Malformed):
            note_malformed("event", found)
            return
        try:
            act(front, found)
        except Exception as error:  # noqa: BLE001 - whatever it is, Slack must deliver again
            _fail(front, found, _reference_of(body), error, _deliveries(request.headers))

    return listener


def on_error(error: Exception) -> BoltResponse:
    """Decide what becomes of a request in which something was raised.

    Our listeners raise nothing but NotTakenError, so that Slack delivers again. Where no story
    listens, or Bolt stumbles over a payload not made like Slack's, that would not help.
    """
    if isinstance(error, NotTakenError):
        return BoltResponse(status=500)
    if not isinstance(error, BoltUnhandledRequestError):
        note_fault(new_reference(), error)
    return BoltResponse(status=200)


def refusal_of(act: Callable[[], None]) -> str | None:
    """Do something; return the words for a person where it was refused or went wrong."""
    try:
        act()
    except RefusedError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - nothing may be raised out of a listener
        reference = new_reference()
        note_fault(reference, error)
        return FAULT.format(reference=reference)
    return None


def _fail(
    front: Front, found: Happening, reference: str, error: Exception, deliveries: int
) -> None:
    """Let an event come again; where it came for the last time, see that nobody is left waiting.

    A lost edit or deletion must stop what was approved: the channel is read again before
    anything goes out. A new message is lost at worst, and its author is told.
    """
    if deliveries == 0:
        note_fault(reference, error)
    if deliveries < LAST_DELIVERY:
        raise NotTakenError(reference) from None
    if isinstance(found, Written):
        text = NOT_TAKEN.format(reference=reference)
        place = (found.message.channel, None)
        tell(front, f"fault:{reference}", found.message.user, text, place)
    else:
        begin_gap(front.desk)


def tell(
    front: Front, key: str, person: str, text: str, place: tuple[str | None, str | None]
) -> None:
    """Leave word for somebody; NotTakenError where not even that can be written down."""
    try:
        front.tell(key, person, text, *place)
    except Exception as error:  # noqa: BLE001 - whatever it is, Slack must deliver again
        reference = new_reference()
        note_fault(reference, error)
        raise NotTakenError(reference) from None


def _deliveries(headers: Mapping[str, Any]) -> int:
    """Return how often an event was delivered before."""
    number = "".join(headers.get("x-slack-retry-num", ["0"]))
    return int(number) if number.isdecimal() else 0


def _reference_of(body: dict[str, Any]) -> str:
    """Return the reference of an event: the same at every redelivery."""
    return hashlib.sha256(payloads.event_id(body).encode()).hexdigest()[:8]
