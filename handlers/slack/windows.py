"""What surrounds the composer: it may say what is wrong, ask on, or be redrawn in between."""

from collections.abc import Callable
from typing import Any, TypeVar

from slack_bolt import Ack

from handlers.slack import interactions
from handlers.slack.arrivals import Called, Filled, Malformed
from handlers.slack.errors import Listener, refusal_of, tell
from handlers.slack.faults import note_malformed
from handlers.slack.front import Front
from handlers.slack.modals import View

Found = TypeVar("Found", Filled, Called)


class Errors(dict[str, str]):
    """What is wrong in a modal, by the block that it stands at; nothing, and it closes."""


def on_filled(
    front: Front, field: Callable[[Filled], str], act: Callable[[Front, Filled], View | Errors]
) -> Listener:
    """Surround what the composer does: it closes, says what is wrong at a field, or asks on."""

    def listener(ack: Ack, body: dict[str, Any]) -> None:
        found = interactions.filled(body)
        if isinstance(found, Malformed):
            note_malformed("composer", found)
            ack()
            return
        answers: list[View | Errors] = []
        refusal = refusal_of(lambda: answers.append(act(front, found)))
        answer = Errors({field(found): refusal}) if refusal else answers[0]
        if not isinstance(answer, Errors):
            ack(response_action="update", view=answer)
        elif answer:
            ack(response_action="errors", errors=dict(answer))
        else:
            ack()

    return listener


def on_used(front: Front, act: Callable[[Front, Filled], None]) -> Listener:
    """Surround what a button or list inside the composer does."""
    return _telling(front, "composer", interactions.filled, act)


def on_called(front: Front, act: Callable[[Front, Called], None]) -> Listener:
    """Surround what a shortcut does."""
    return _telling(front, "shortcut", interactions.called, act)


def _telling(
    front: Front,
    kind: str,
    read: Callable[[dict[str, Any]], Found | Malformed],
    act: Callable[[Front, Found], None],
) -> Listener:
    def listener(ack: Ack, body: dict[str, Any]) -> None:
        found = read(body)
        if isinstance(found, Malformed):
            note_malformed(kind, found)
        elif text := refusal_of(lambda: act(front, found)):
            tell(front, found.key, found.person, text, (None, None))
        ack()

    return listener
