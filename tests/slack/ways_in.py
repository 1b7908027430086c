"""Every way in which people's words reach the rows, and the look for what must not be there.

Every person and every number in here is made up.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import pytest
from sqlmodel import SQLModel

from bot.desk import Desk
from bot.domain.audit import Actor, Role
from bot.domain.card import DraftCard
from bot.workflow.catching_up import catch_up
from bot.workflow.intake import submit
from bot.workflow.stopping import pause_by
from handlers.slack.ids import Field
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, HandClock
from tests.fakes.chat import CHANNEL, FRONT, FakeChat
from tests.fakes.x import FakeX
from tests.office import Office
from tests.pictures import png
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.windows import Window, composer

PRIVATE = "Kevin Marsh (MRN 4471902) had his knee surgery here."
SECRETS = ("Kevin", "Marsh", "4471902", "knee surgery")
NUMBER = "9 in 10 patients are cured."
TOLD = "patient data"
"""Stands in whatever somebody is told whose words were refused."""

REPLY = "1790000050.000100"
AGAIN = "1790000200.000000"


@dataclass(frozen=True, slots=True)
class Desks:
    """The same rows behind Slack's dispatch and behind the team at work."""

    slack: Slack
    office: Office


Answer = object
Way = Callable[[Desks, str], Answer]


def written(desks: Desks, text: str) -> Answer:
    return desks.slack.take(bodies.written(text))


def edited(desks: Desks, text: str) -> Answer:
    desks.slack.take(bodies.written("Flu jabs start on Friday."))
    return desks.slack.take(bodies.changed(text))


def missed(desks: Desks, text: str) -> Answer:
    office = desks.office
    catch_up(office.desk, office.chat, FRONT, CHANNEL)
    office.chat.write(text)
    office.chat.edit(office.sources[office.draft()].ref, text)
    catch_up(office.desk, office.chat, FRONT, CHANNEL)
    return None


def replied(desks: Desks, text: str) -> Answer:
    desks.slack.take(bodies.written("Flu jabs start on Friday."))
    return desks.slack.take(reply(text))


def replied_otherwise(desks: Desks, text: str) -> Answer:
    replied(desks, "Which day?")
    return desks.slack.take(otherwise(text))


def noted(desks: Desks, text: str) -> Answer:
    entries = {"finding:EVD-01": bodies.ticked("EVD-01"), "note": bodies.typed(text)}
    return desks.slack.submit("approve", drafted(desks, NUMBER), CLINICIAN, **entries)


def described(desks: Desks, text: str) -> Answer:
    draft = desks.office.draft(pictures=[png(width=2), png(width=3)])
    desks.office.check()
    first, second = (bodies.typed(words) for words in ("A bed.", text))
    card = desks.office.card(draft)
    return desks.slack.submit("alt_text", card, AUTHOR, alt_0=first, alt_1=second)


def asked_for_changes(desks: Desks, text: str) -> Answer:
    return reasoned(desks, "request_changes", text)


def rejected(desks: Desks, text: str) -> Answer:
    return reasoned(desks, "reject", text)


def taken_down(desks: Desks, text: str) -> Answer:
    card = desks.office.card(desks.office.published())
    return desks.slack.submit("take_down", card, COMPLIANCE, reason=bodies.typed(text))


def composed(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    return composer(desks.slack, CLINICIAN).write(text).submit()


def begun_by_command(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    answer = desks.slack.take(bodies.command(f"new {text}"))
    return Window(desks.slack, CLINICIAN).submit() if desks.slack.opened() else answer


def begun_from_a_message(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    desks.slack.take(bodies.shortcut("draft_this", CLINICIAN, bodies.message(text)))
    return Window(desks.slack, CLINICIAN).submit() if desks.slack.opened() else None


def copied(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    desks.slack.click("duplicate", desks.office.card(desks.office.published()), CLINICIAN)
    return Window(desks.slack, CLINICIAN).write(text).submit()


def asked_in_a_poll(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    window = composer(desks.slack, CLINICIAN).write("Which is it?").use("add_poll")
    answers = [text[place : place + 25] for place in range(0, min(len(text), 50), 25)]
    return window.fill(poll="\n".join(answers)).submit()


def given_as_a_source(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    window = composer(desks.slack, CLINICIAN).write("It is so.").use("add_sources")
    return window.fill(sources=f"https://a.example/{quote(text)}").submit()


def stated(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    window = composer(desks.slack, CLINICIAN).write("It is so.").use("state_authorization")
    return window.fill(authorization=text).submit()


def redrawn(desks: Desks, text: str) -> Answer:
    desks.slack.client.answers["chat.postMessage"] = {"ts": AGAIN}
    window = composer(desks.slack, CLINICIAN).write(text)
    window.use("more_parts")
    return window.submit()


def edited_copy(desks: Desks, text: str) -> Answer:
    office = desks.office
    new = replace(office.chat.write("Flu jabs start on Friday."), posted=True)
    submit(office.desk, new)
    card = office.card(office.id_of(new))
    desks.slack.click("edit", card, new.author)
    return Window(desks.slack, new.author).write(text).submit()


def paused(desks: Desks, text: str) -> Answer:
    return desks.slack.take(bodies.command(f"pause {text}"))


def paused_from_the_shell(desks: Desks, text: str) -> Answer:
    return pause_by(desks.office.desk, Actor("shell:dana", Role.OPERATOR), text) or TOLD


WAYS: dict[Way, tuple[str, Field | None]] = {
    written: ("revision.content", None),
    edited: ("revision.content", None),
    missed: ("revision.content", None),
    replied: ("reply.text", None),
    replied_otherwise: ("reply.text", None),
    described: ("revision.content", None),
    noted: ("review.reason", Field.NOTE),
    asked_for_changes: ("review.reason", Field.REASON),
    rejected: ("review.reason", Field.REASON),
    taken_down: ("publication.detail", Field.REASON),
    composed: ("revision.content", None),
    begun_by_command: ("revision.content", None),
    begun_from_a_message: ("revision.content", None),
    redrawn: ("revision.content", None),
    asked_in_a_poll: ("revision.content", Field.POLL),
    given_as_a_source: ("revision.content", Field.SOURCES),
    stated: ("revision.content", Field.AUTHORIZATION),
    copied: ("revision.content", None),
    edited_copy: ("revision.content", None),
    paused: ("pause.reason", None),
    paused_from_the_shell: ("pause.reason", None),
}
"""Every way in, with the column that it fills, and the field of a modal that it comes through."""


@pytest.fixture
def desks(slack: Slack, desk: Desk, clock: HandClock) -> Desks:
    return Desks(slack, Office(desk, clock, FakeChat(), FakeX(clock=clock)))


def drafted(desks: Desks, text: str) -> DraftCard:
    return desks.office.card(desks.office.draft(text))


def reasoned(desks: Desks, action: str, text: str) -> Answer:
    card = drafted(desks, "Flu jabs start on Friday.")
    return desks.slack.submit(action, card, CLINICIAN, reason=bodies.typed(text))


def reply(text: str, **more: Any) -> bodies.Body:
    """Somebody says something in the thread of the message."""
    return bodies.written(text, **({"ts": REPLY, "thread_ts": bodies.TS, "user": CLINICIAN} | more))


def otherwise(text: str, event_ts: str = AGAIN) -> bodies.Body:
    """Somebody says it in other words."""
    return bodies.changed(text, event_ts=event_ts, ts=REPLY, thread_ts=bodies.TS, user=CLINICIAN)


def cells(office: Office) -> Iterator[tuple[str, str]]:
    """Everything that stands in the rows, with its column."""
    with office.desk.database.read() as session:
        for table in SQLModel.metadata.sorted_tables:
            for row in session.connection().execute(table.select()).mappings():
                yield from ((f"{table.name}.{name}", str(cell)) for name, cell in row.items())


def check_nothing_is_kept(desks: Desks, *seen: object) -> None:
    office = desks.office
    office.deliver()
    rows = [cell for _, cell in cells(office)]
    told = [word.text for word in office.chat.told]
    drawn = [repr(card) for card in office.chat.drawn]
    said = [repr(what) for what in (*seen, desks.slack.client.calls)]
    for secret in SECRETS:
        assert not [text for text in (*rows, *told, *drawn, *said) if secret in text]
