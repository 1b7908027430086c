"""Every button, in every state, pressed by everybody: it works, or it refuses in words.

A card may be older than what it shows: two people press at once, a redraw comes late, a phone was
asleep. So every button is pressed wherever a draft stands, and not only where it is offered.
"""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.desk import Desk
from bot.domain.card import DraftCard, Offer
from bot.domain.draft import NEXT_SLOT, DraftState
from bot.domain.slots import Calendar, Slot
from handlers.slack.blocks import draw
from handlers.slack.ids import alt_field, finding_block
from tests.conftest import (
    AUTHOR,
    CLINICIAN,
    COLLEAGUE,
    COMPLIANCE,
    OUTSIDER,
    THOROUGH,
    HandClock,
    hurry,
)
from tests.fakes.chat import FakeChat
from tests.fakes.x import FakeX
from tests.office import Office
from tests.slack import bodies
from tests.slack.bodies import Body
from tests.slack.dispatching import Slack
from tests.slack.stations import STATIONS, Station
from tests.slack.windows import Window

ROLES = {
    "author": AUTHOR,
    "colleague": COLLEAGUE,
    "clinician": CLINICIAN,
    "compliance officer and operator": COMPLIANCE,
    "outsider": OUTSIDER,
}
COMPOSED = (Offer.DUPLICATE, Offer.EDIT)
"""Buttons that open the composer."""

FAULT = "Something went wrong on our side"


def forms(card: DraftCard, clock: HandClock) -> dict[Offer, list[dict[str, Body]]]:
    """How each modal may be filled in."""
    found = {finding.rule: bodies.ticked(finding.rule) for finding in card.findings}
    boxes = {finding_block(rule): tick for rule, tick in found.items()}
    alts = [bodies.typed(f"Bed {number}.") for number, _ in enumerate(card.pictures)]
    at = int((clock.now + timedelta(hours=3)).timestamp())
    why = {"reason": bodies.typed("The dose is wrong.")}
    return {
        Offer.APPROVE: [boxes | {"note": bodies.typed("I looked at each.")}],
        Offer.ALT_TEXT: [{alt_field(number): alt for number, alt in enumerate(alts)}],
        Offer.REQUEST_CHANGES: [why],
        Offer.REJECT: [why],
        Offer.TAKE_DOWN: [why],
        Offer.SETTLE_LIVE: [{"address": bodies.typed("https://x.com/RiversideClinic/status/12")}],
        Offer.REPEAT: [
            {
                "rhythm": bodies.chosen("weekly"),
                "first": {"type": "datepicker", "selected_date": "2026-03-20"},
                "clock": {"type": "timepicker", "selected_time": "08:30"},
                "until": {"type": "datepicker", "selected_date": None},
            }
        ],
        Offer.WHEN: [
            {"when": bodies.chosen("now"), "at": bodies.picked(None)},
            {"when": bodies.chosen("at"), "at": bodies.picked(at)},
            {"when": bodies.chosen("slot"), "at": bodies.picked(None)},
        ],
    }


def pressers(offer: Offer, card: DraftCard) -> Sequence[str]:
    """Who presses a button: everybody, or in a sample one of them where it is not on the card."""
    people = sorted(ROLES.values())
    return people if THOROUGH or offer in card.offers else [random.choice(people)]


@contextmanager
def rewound(desk: Desk) -> Iterator[None]:
    """Whatever happens inside is undone: the rows are copied before and put back after."""
    path = desk.database.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as rows, closing(sqlite3.connect(":memory:")) as kept:
        hurry(rows)
        rows.backup(kept)
        try:
            yield
        finally:
            kept.backup(rows)


def standing(card: DraftCard) -> tuple[object, ...]:
    """All of a draft that a decision can change."""
    decided = (card.state, card.revision_id, card.verdict, card.requests)
    return (*decided, card.wish, card.publication, card.recurrence)


class Pressing:
    """One draft at its station, and what each press of a button comes to."""

    def __init__(self, office: Office, station: Station) -> None:
        self.office, self.draft = office, station(office)
        self.slack = Slack(office.desk)
        self.slack.client.answers["chat.postMessage"] = {"ts": "1790009999.000100"}
        draw(office.card(self.draft))
        self.before, self.drafts = office.card(self.draft), len(self.slack.drafts())
        self.came_to: dict[Offer, list[bool]] = {}

    def press(self, offer: Offer, person: str) -> None:
        """Press a button and, where a modal opens, send it filled in each way."""
        with rewound(self.office.desk):
            asked = len(self.slack.opened())
            self.slack.click(offer.value, self.before, person, stamp=f"{offer}.{person}")
            opened = len(self.slack.opened()) > asked
            if not opened:
                self._judge(offer, person, self._refusal())
        if offer in COMPOSED and opened:
            with rewound(self.office.desk):
                errors = Window(self.slack, person).write("Sleep as well as you can.").submit()
                self._judge(offer, person, " ".join(errors.values()))
        for entries in forms(self.before, self.office.clock).get(offer, []) if opened else []:
            with rewound(self.office.desk):
                answer = self.slack.submit(offer.value, self.before, person, **entries)
                self._judge(offer, person, self._words(answer, set(entries)))

    def _refusal(self) -> str:
        """The word that was left for whoever clicked; a click leaves one when it is refused."""
        words = [word.text for word in self.slack.notices() if word.key.startswith("click:")]
        return "".join(words)

    def _words(self, answer: Body, fields: set[str]) -> str:
        """The refusal that a submission was answered, at a field that the modal has."""
        if not answer:
            return ""
        assert answer["response_action"] == "errors"
        ((field, words),) = answer["errors"].items()
        assert field in fields
        return str(words)

    def _judge(self, offer: Offer, person: str, words: str) -> None:
        after = self.office.card(self.draft)
        if after != self.before:
            draw(after)
        changed = standing(after) != standing(self.before)
        changed = changed or (offer is Offer.DUPLICATE and len(self.slack.drafts()) > self.drafts)
        what = f"{offer} by {person}"
        self.came_to.setdefault(offer, []).append(changed)
        assert FAULT not in words, f"{what} broke"
        if words:
            assert words[0].isupper(), words
            assert words[-1] in ".?!", words
            assert not changed, f"{what} was refused, and changed the draft all the same"
        else:
            assert changed or self._said_before(offer, person), f"{what}: no change, and no word"
        if changed:
            # whoever is in the channel may begin a draft there, of their own
            assert person != OUTSIDER or offer is Offer.DUPLICATE, f"{what} worked"
            assert (person, offer) != (AUTHOR, Offer.APPROVE)

    def _said_before(self, offer: Offer, person: str) -> bool:
        """Whether it says what stands already: then nothing changes, and nobody is told off."""
        if offer is Offer.WITHDRAW:
            return self.before.state is DraftState.WITHDRAWN
        if offer in (Offer.WHEN, Offer.NEXT_SLOT):
            return self.before.wish == NEXT_SLOT
        approvers = [name for stage in self.before.verdict.stages for name in stage.people]
        return person in (*approvers, *(name for name, _ in self.before.requests))


@pytest.fixture
def office(desk: Desk, clock: HandClock) -> Office:
    noon = Calendar(tuple(Slot(day, time(12)) for day in range(7)))
    account = replace(desk.policy.default_account, calendar=noon)
    desk.policy = replace(desk.policy, accounts=(account,))
    return Office(desk, clock, FakeChat(), FakeX(clock=clock))


@pytest.mark.parametrize("station", STATIONS, ids=[one.__name__ for one in STATIONS])
def test_it_works_or_refuses_in_words(office: Office, station: Station) -> None:
    pressing = Pressing(office, station)
    for offer in Offer:
        for person in pressers(offer, pressing.before):
            pressing.press(offer, person)
    assert set(pressing.came_to) == set(Offer)
    unused = [offer for offer in pressing.before.offers if not any(pressing.came_to[offer])]
    assert unused == [], "the card offers what works for nobody"
