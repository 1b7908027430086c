"""The Home tab: what a person finds there, and when it is drawn again."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.cards.homes import RECENT, REST, HomeDrawer
from bot.domain.card import DraftCard
from bot.domain.draft import DraftState
from bot.domain.home import Home
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision
from bot.domain.recurrence import Recurrence, Rhythm
from bot.domain.slots import Calendar, Slot
from bot.workflow.absence import away
from bot.workflow.looking import open_home
from bot.workflow.recurring import repeat, stop_repeating
from bot.workflow.stopping import pause
from storage import people
from storage.models import HomeTab
from tests.conftest import (
    AUTHOR,
    CLINICIAN,
    COLLEAGUE,
    COMPLIANCE,
    OPERATOR,
    OUTSIDER,
    START,
)
from tests.office import Office

IN_AN_HOUR = START + timedelta(hours=1)


def loop(office: Office) -> HomeDrawer:
    return HomeDrawer(office.desk.database, office.desk.policy, office.clock, office.chat)


def drawn(office: Office) -> None:
    """Let the Home loop do what is due."""
    while loop(office).step():
        pass


def home(office: Office, person: str) -> Home:
    """Let somebody open their Home tab; returns what it shows."""
    open_home(office.desk, person)
    drawn(office)
    return office.chat.homes[person][-1]


def ids(cards: tuple[DraftCard, ...]) -> list[int]:
    return [card.id for card in cards]


def test_a_reviewer_finds_what_waits_for_their_decision_oldest_first(office: Office) -> None:
    first, second = office.draft("One."), office.draft("Two.")
    office.decide(office.draft("Three."), CLINICIAN)
    office.decide(office.draft("Four."), COMPLIANCE, Decision.REQUEST_CHANGES)
    office.draft("By myself.", author=CLINICIAN)
    office.draft("x" * 300)
    assert ids(home(office, CLINICIAN).waiting.drafts) == [first, second]
    assert ids(home(office, AUTHOR).waiting.drafts) == []


def test_a_stand_in_finds_what_waits_for_the_absent(office: Office) -> None:
    draft, own = office.draft(), office.draft(author=COLLEAGUE)
    away(office.desk, CLINICIAN, COLLEAGUE, START + timedelta(days=3))
    assert ids(home(office, COLLEAGUE).waiting.drafts) == [draft]
    assert ids(home(office, CLINICIAN).waiting.drafts) == [own]


def test_what_needs_a_person_waits_for_its_author_and_for_operators(office: Office) -> None:
    asks = office.in_question("Lost.")
    office.clock.now = START
    late = office.scheduled("Late.", IN_AN_HOUR)
    office.wait_and_work(1, hours=3)
    assert office.state(late) is PublicationState.MISSED
    for person in (AUTHOR, OPERATOR):
        assert {asks, late} <= set(ids(home(office, person).waiting.drafts))
    assert ids(home(office, CLINICIAN).waiting.drafts) == []


def test_authors_find_their_open_drafts_newest_first(office: Office) -> None:
    first, second = office.draft("One."), office.draft("x" * 300)
    office.published("Out.")
    office.draft("Somebody else's.", author=COLLEAGUE)
    shown = home(office, AUTHOR)
    assert ids(shown.mine.drafts) == [second, first]
    assert [card.state for card in shown.mine.drafts] == [
        DraftState.DRAFTING,
        DraftState.IN_REVIEW,
    ]


def test_a_week_lies_ahead_day_by_day_in_the_readers_zone(office: Office) -> None:
    office.chat.zones[AUTHOR] = "Asia/Tokyo"
    evening = office.scheduled("This evening.", START + timedelta(hours=7))  # Tuesday in Tokyo
    soon = office.scheduled("Soon.", IN_AN_HOUR)
    office.scheduled("Next month.", START + timedelta(days=10))
    days = [(day.date, ids(day.drafts)) for day in home(office, AUTHOR).days]
    assert days == [(date(2026, 3, 2), [soon]), (date(2026, 3, 3), [evening])]
    [london] = home(office, CLINICIAN).days
    assert ids(london.drafts) == [soon, evening]
    assert home(office, CLINICIAN).zone.key == "Europe/London"


def test_the_days_have_the_slots_that_nobody_has_yet(office: Office) -> None:
    account = office.desk.policy.default_account
    slots = tuple(Slot(weekday, time(hour)) for weekday in (0, 3) for hour in (8, 12))
    account = replace(account, calendar=Calendar(slots))
    office.desk.policy = replace(office.desk.policy, accounts=(account,))
    taken = office.scheduled("At noon.", START.replace(hour=12))  # START is nine on a Monday
    monday, thursday, next_monday = home(office, AUTHOR).days
    assert (ids(monday.drafts), monday.free) == ([taken], ())
    assert (thursday.date, thursday.drafts) == (date(2026, 3, 5), ())
    assert [(slot.handle, slot.at.hour) for slot in thursday.free] == [
        (account.handle, 8),
        (account.handle, 12),
    ]
    assert [slot.at.hour for slot in next_monday.free] == [8]  # noon is more than a week away
    assert home(office, OUTSIDER).days == ()


def test_what_was_published_last_comes_first(office: Office) -> None:
    published = [office.published(f"Number {n}.") for n in range(7)]
    shown = home(office, OUTSIDER).published
    assert ids(shown) == published[:2:-1]
    assert all(card.parts[0].tweet_id for card in shown)


def test_people_find_what_repeats_for_them(office: Office) -> None:
    drafts = [office.draft(f"Number {n}.") for n in range(5)]
    weekly = Recurrence(Rhythm.WEEKLY, date(2026, 3, 20), time(8, 30))
    for draft in drafts[:4]:
        repeat(office.desk, draft, AUTHOR, weekly)
    repeat(office.desk, drafts[4], CLINICIAN, weekly)
    mine, others = home(office, AUTHOR), home(office, CLINICIAN)
    assert (ids(mine.recurring), mine.more_recurring) == (drafts[:3], True)
    assert (ids(others.recurring), others.more_recurring) == (drafts[4:], False)
    stop_repeating(office.desk, drafts[4], CLINICIAN)
    assert home(office, CLINICIAN).recurring == ()


def test_a_pause_is_told_with_its_reason(office: Office) -> None:
    assert home(office, AUTHOR).pauses == ()
    pause(office.desk, CLINICIAN, "a wrong dose")
    [told] = home(office, AUTHOR).pauses
    assert (told.account, told.person, told.reason) == (None, CLINICIAN, "a wrong dose")


def test_who_neither_writes_nor_decides_sees_only_what_is_public(office: Office) -> None:
    office.scheduled("Secret.", IN_AN_HOUR)
    shown = home(office, OUTSIDER)
    assert not shown.concerned
    assert (shown.waiting.drafts, shown.mine.drafts, shown.days) == ((), (), ())


def test_of_many_drafts_some_are_shown_and_the_rest_is_counted(office: Office) -> None:
    for number in range(11):
        office.draft(f"Number {number}.")
    shown = home(office, CLINICIAN)
    assert (len(shown.waiting.drafts), shown.waiting.more) == (7, 4)


def test_an_open_tab_follows_what_happens_but_not_every_single_step(office: Office) -> None:
    home(office, CLINICIAN)
    first, second = office.draft("One."), office.draft("Two.")
    drawn(office)
    assert len(office.chat.homes[CLINICIAN]) == 1
    office.clock.forward(seconds=REST.total_seconds())
    drawn(office)
    assert len(office.chat.homes[CLINICIAN]) == 2
    assert ids(office.chat.homes[CLINICIAN][-1].waiting.drafts) == [first, second]


def test_a_tab_that_would_look_the_same_is_left_alone(office: Office) -> None:
    home(office, CLINICIAN)
    office.draft("x" * 300)
    office.clock.forward(minutes=1)
    drawn(office)
    assert len(office.chat.homes[CLINICIAN]) == 1


def test_after_an_hour_a_tab_is_not_drawn_any_more_until_it_is_opened(office: Office) -> None:
    home(office, CLINICIAN)
    office.clock.forward(seconds=RECENT.total_seconds())
    office.draft()
    drawn(office)
    assert len(office.chat.homes[CLINICIAN]) == 1
    home(office, CLINICIAN)
    assert len(office.chat.homes[CLINICIAN]) == 2


def test_opening_draws_at_once_also_what_was_drawn_a_moment_ago(office: Office) -> None:
    home(office, CLINICIAN)
    home(office, CLINICIAN)
    assert len(office.chat.homes[CLINICIAN]) == 2


def test_a_chat_that_was_down_heals_by_itself(office: Office) -> None:
    office.chat.fail("show_home", times=2)
    open_home(office.desk, AUTHOR)
    drawn(office)
    assert office.chat.homes == {}
    for _ in range(2):
        office.clock.forward(seconds=10)
        drawn(office)
    assert len(office.chat.homes[AUTHOR]) == 1


def test_without_an_answer_about_the_zone_the_tab_is_drawn_all_the_same(office: Office) -> None:
    office.chat.fail("zone_of")
    assert home(office, AUTHOR).zone.key == "Europe/London"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc"])
def test_a_zone_that_is_none_is_as_good_as_unknown(office: Office, name: str) -> None:
    office.chat.zones[AUTHOR] = name
    assert home(office, AUTHOR).zone.key == "Europe/London"


def test_the_chat_is_asked_for_a_zone_once_a_day(office: Office) -> None:
    home(office, AUTHOR)
    office.chat.zones[AUTHOR] = "Asia/Tokyo"
    assert home(office, AUTHOR).zone.key == "Europe/London"
    office.clock.forward(days=1)
    assert home(office, AUTHOR).zone.key == "Asia/Tokyo"


def test_a_tab_that_is_opened_while_it_is_drawn_is_drawn_once_more(office: Office) -> None:
    class Slow(type(office.chat)):  # type: ignore[misc]  # the class is known at run time only
        def show_home(self, shown: Home) -> None:
            office.clock.forward(seconds=1)
            if not self.homes:
                open_home(office.desk, AUTHOR)
            super().show_home(shown)

    open_home(office.desk, AUTHOR)
    chat = Slow()
    drawer = replace(loop(office), chat=chat)
    while drawer.step():
        pass
    assert len(chat.homes[AUTHOR]) == 2


def test_a_poisoned_row_waits_and_stops_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_home(office.desk, AUTHOR)
    monkeypatch.setattr("bot.cards.homes.read_home", lambda *_: 1 / 0)
    drawn(office)
    monkeypatch.undo()
    home(office, CLINICIAN)
    assert AUTHOR not in office.chat.homes
    with office.desk.database.read() as session:
        assert session.get_one(HomeTab, AUTHOR).failures == 1
        assert people.zone(session, AUTHOR) is None


def test_a_refusal_for_good_is_tried_less_and_less_often(office: Office) -> None:
    office.chat.fail("show_home", times=20, permanent=True)
    open_home(office.desk, AUTHOR)
    for _ in range(40):
        office.clock.forward(minutes=1)
        drawn(office)
    with office.desk.database.read() as session:
        assert session.get_one(HomeTab, AUTHOR).failures < 20
