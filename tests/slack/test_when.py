"""*When* in words, in the window and as a command: nothing is guessed, nothing typed is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.card import DraftCard
from bot.domain.draft import NEXT_SLOT, NOW, Wish
from bot.domain.publication import PublicationState
from bot.domain.slots import Calendar, Quiet, Slot
from bot.publishing.lane import Lane
from bot.timewords import NO_TIME_OF_DAY, NOT_UNDERSTOOD, PASSED
from handlers.slack import schedule, zones
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER, START, HandClock
from tests.fakes.x import FakeX
from tests.slack import bodies
from tests.slack.dispatching import Slack

# START is Monday, 2 March 2026, nine o'clock in London and ten in Berlin
BERLIN = {"user": {"id": AUTHOR, "tz": "Europe/Berlin"}}
NOON = Calendar(tuple(Slot(day, time(12)) for day in range(7)))


@pytest.fixture
def card(slack: Slack) -> DraftCard:
    slack.take(bodies.written())
    return slack.draft()


def keep(slack: Slack, calendar: Calendar) -> None:
    account = replace(slack.desk.policy.default_account, calendar=calendar)
    slack.desk.policy = replace(slack.desk.policy, accounts=(account,))


def write(slack: Slack, card: DraftCard, words: str, choice: str = "at") -> Any:
    """Fill in *When* with a time in words."""
    entries = {"when": bodies.chosen(choice), "words": bodies.typed(words)}
    return slack.submit("when", card, AUTHOR, **entries, at=bodies.picked(None))


def options(view: dict[str, Any]) -> dict[str, str]:
    """What the window that shows a time offers, by its label."""
    (entry,) = [block for block in view["blocks"] if block["type"] == "input"]
    return {o["text"]["text"]: o["value"] for o in entry["element"]["options"]}


def confirm(slack: Slack, card: DraftCard, value: str | None, user: str = AUTHOR) -> Any:
    """Choose a time that was shown, in the window on top of *When*."""
    about = f"{card.id}:{card.revision_id}:when"
    chosen = bodies.chosen(value)
    return slack.take(bodies.submitted("settle_when", about, user, bodies.ON_TOP, settled=chosen))


def test_words_are_read_in_the_writers_zone_and_shown_before_they_count(
    slack: Slack, card: DraftCard
) -> None:
    slack.client.answers["users.info"] = BERLIN
    answer = write(slack, card, "tomorrow 9am")
    assert answer["response_action"] == "push"
    ((label, value),) = options(answer["view"]).items()
    assert label == "Tuesday, 3 March 2026, 09:00 (CET)"
    assert "Europe/Berlin" in str(answer["view"]["blocks"][-1])
    assert slack.draft().wish is None
    assert confirm(slack, card, value) == {"response_action": "clear"}
    assert slack.draft().wish == Wish(datetime(2026, 3, 3, 8, tzinfo=UTC))


def test_the_zone_is_asked_for_once_an_hour(slack: Slack, card: DraftCard) -> None:
    slack.client.answers["users.info"] = BERLIN
    for _ in range(3):
        write(slack, card, "tomorrow 9am")
    assert [method for method, _ in slack.client.calls] == ["users.info"]


def test_a_zone_is_asked_for_again_after_an_hour(
    slack: Slack, card: DraftCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.client.answers["users.info"] = BERLIN
    monkeypatch.setattr(zones, "KEPT_S", 0.0)
    for _ in range(2):
        write(slack, card, "tomorrow 9am")
    assert len(slack.client.calls) == 2


@pytest.mark.parametrize(
    "answer", [{}, {"user": {}}, {"user": {"tz": "Mars/Olympus"}}, {"user": {"tz": "../etc"}}]
)
def test_where_slack_does_not_say_the_zone_the_accounts_is_named(
    slack: Slack, card: DraftCard, answer: dict[str, Any]
) -> None:
    slack.client.answers["users.info"] = answer
    view = write(slack, card, "tomorrow 9am")["view"]
    assert list(options(view)) == ["Tuesday, 3 March 2026, 09:00 (GMT)"]
    assert "Slack did not tell me your time zone" in str(view["blocks"][-1])


@pytest.mark.parametrize(
    ("words", "said"),
    [("soon", NOT_UNDERSTOOD), ("tomorrow", NO_TIME_OF_DAY), ("2026-03-01 09:00", PASSED)],
)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(
    slack: Slack, card: DraftCard, words: str, said: str
) -> None:
    assert write(slack, card, words) == {"response_action": "errors", "errors": {"words": said}}


def test_words_count_before_what_is_chosen_and_are_shown_like_any(
    slack: Slack, card: DraftCard
) -> None:
    answer = write(slack, card, "tomorrow 9am", "now")
    assert list(options(answer["view"])) == ["Tuesday, 3 March 2026, 09:00 (GMT)"]
    assert slack.draft().wish is None


def test_a_time_that_may_be_two_is_the_persons_choice(slack: Slack, card: DraftCard) -> None:
    view = write(slack, card, "2026-10-25 01:30")["view"]
    assert "twice" in view["blocks"][0]["text"]["text"]
    summer, winter = options(view)
    assert (summer[-5:], winter[-5:]) == ("(BST)", "(GMT)")
    assert confirm(slack, card, None)["errors"]["settled"] == schedule.NOTHING_CHOSEN
    confirm(slack, card, options(view)[winter])
    assert slack.draft().wish == Wish(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


@pytest.mark.parametrize("value", ["", "at x", "never"])
def test_a_choice_that_was_not_shown_is_none(slack: Slack, card: DraftCard, value: str) -> None:
    assert confirm(slack, card, value)["errors"]["settled"] == schedule.NOTHING_CHOSEN


def test_what_speaks_against_a_time_is_shown_before_it_counts(
    slack: Slack, card: DraftCard
) -> None:
    keep(slack, Calendar(quiet=Quiet(time(21), time(7)), blackout=frozenset({date(2026, 3, 2)})))
    night = START.replace(hour=23)
    at = bodies.picked(int(night.timestamp()))
    answer = slack.submit("when", card, AUTHOR, when=bodies.chosen("at"), at=at)
    warning = answer["view"]["blocks"][0]["text"]["text"]
    assert "quiet from 21:00 to 07:00 (Europe/London)" in warning
    assert "Monday, 2 March" in warning
    (value,) = options(answer["view"]).values()
    assert slack.draft().wish is None
    confirm(slack, card, value)
    assert slack.draft().wish == Wish(night)


def test_what_came_to_speak_against_it_meanwhile_is_said(slack: Slack, card: DraftCard) -> None:
    (value,) = options(write(slack, card, "today 23:00")["view"]).values()
    keep(slack, Calendar(quiet=Quiet(time(21), time(7))))
    answer = confirm(slack, card, value)
    assert "quiet from 21:00" in answer["errors"]["settled"]
    assert slack.draft().wish is None


def test_the_next_slot_is_chosen_in_the_window(slack: Slack, card: DraftCard) -> None:
    keep(slack, NOON)
    slack.click("when", card, AUTHOR)
    assert list(options_of_when(slack)) == ["now", "slot", "at"]
    assert not slack.submit("when", card, AUTHOR, when=bodies.chosen("slot"))
    assert slack.draft().wish == NEXT_SLOT
    for person in (CLINICIAN, COMPLIANCE):
        slack.click("approve", card, person)
    publication = slack.draft().publication
    assert publication is not None
    assert publication.due_at == START.replace(hour=12)


def options_of_when(slack: Slack) -> list[str]:
    radio = slack.opened()[-1]["blocks"][0]["element"]
    return [option["value"] for option in radio["options"]]


def test_back_to_the_queue_is_one_click(slack: Slack, card: DraftCard) -> None:
    keep(slack, NOON)
    slack.click("next_slot", card, AUTHOR)
    assert slack.draft().wish == NEXT_SLOT
    slack.click("next_slot", card, OUTSIDER, "2.2")
    assert "Only its author" in slack.told(OUTSIDER)[0]


# -- the command --


@pytest.mark.parametrize(
    ("words", "label", "wish"),
    [
        ("tomorrow 9am", "Tuesday, 3 March 2026, 09:00", Wish(datetime(2026, 3, 3, 9, tzinfo=UTC))),
        ("now", "As soon as it is approved", NOW),
        ("next slot", "In the next free slot; now that is Mon 2 Mar, 12:00", NEXT_SLOT),
    ],
)
def test_a_command_shows_what_it_understood_to_be_confirmed(
    slack: Slack, card: DraftCard, words: str, label: str, wish: Wish
) -> None:
    keep(slack, NOON)
    assert not slack.take(bodies.command(f"when {card.id} {words}", AUTHOR))
    (view,) = slack.opened()
    ((shown, value),) = options(view).items()
    assert shown.startswith(label)
    assert slack.draft().wish is None
    about = f"{card.id}:{card.revision_id}:when"
    said = bodies.submitted("settle_when", about, AUTHOR, settled=bodies.chosen(value))
    assert not slack.take(said)
    assert slack.draft().wish == wish


def test_a_command_without_a_time_opens_the_window(slack: Slack, card: DraftCard) -> None:
    assert not slack.take(bodies.command(f"when #{card.id}", AUTHOR))
    assert slack.opened()[0]["callback_id"] == "when"


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize("typed", ["when", "when tomorrow 9am", "when twelve now"])
def test_a_command_without_a_draft_says_how_it_is_written(slack: Slack, typed: str) -> None:
    assert slack.take(bodies.command(typed, AUTHOR)) == schedule.USAGE


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(
    ("user", "typed", "refusal"),
    [
        (AUTHOR, "1 soon", "I do not understand that time"),
        (AUTHOR, "1 next slot", "no free slot"),
        (OUTSIDER, "1 tomorrow 9am", "Only its author"),
        (AUTHOR, "77 now", "There is no draft 77"),
    ],
)
def test_a_refused_command_is_told_and_can_be_typed_again(
    slack: Slack, user: str, typed: str, refusal: str
) -> None:
    answer = slack.take(bodies.command(f"when {typed}", user))
    assert refusal in answer
    if "77" not in typed:
        assert answer.endswith(f"You typed: `/tweet when {typed}`")
    assert slack.opened() == []


# -- the end of a pause --


def late(slack: Slack, clock: HandClock, *texts: str) -> list[DraftCard]:
    """Let drafts come due during a pause that lasts too long."""
    slack.take(bodies.command("pause something is wrong"))
    found = held(slack, *texts)
    clock.forward(hours=2)
    return found


def held(slack: Slack, *texts: str) -> list[DraftCard]:
    """Let drafts come due during a pause."""
    for text in texts:
        ts = f"17900001{len(slack.drafts()):02}.000100"
        slack.take(bodies.written(text, ts=ts))
    for card in slack.drafts()[-len(texts) :]:
        slack.submit("when", card, AUTHOR, when=bodies.chosen("now"), at=bodies.picked(None))
        for person in (CLINICIAN, COMPLIANCE):
            slack.click("approve", card, person, f"{card.id}.1")
    _work(slack)
    return slack.drafts()[-len(texts) :]


def _work(slack: Slack) -> None:
    lane = Lane(slack.desk, "clinic", FakeX(clock=slack.desk.clock))
    while lane.step():
        pass


def test_resuming_asks_about_what_became_late(slack: Slack, clock: HandClock) -> None:
    keep(slack, NOON)
    first, second = late(slack, clock, "One thing.", "Quite another.")
    answer = slack.take(bodies.command("resume", COMPLIANCE))
    assert "2 tweets became too late" in answer["text"]
    row, *each = [block for block in answer["blocks"] if block["type"] == "actions"]
    value = f"{first.id},{second.id}"
    ids = [(button["action_id"], button["value"]) for button in row["elements"]]
    assert ids == [("late_now", value), ("late_slot", value), ("late_leave", value)]
    assert [[b["action_id"] for b in block["elements"]] for block in each] == [
        ["retry", "next_slot"]
    ] * 2
    slack.take(bodies.batch("retry", f"{first.id}:{first.revision_id}", COMPLIANCE))
    states = [card.publication.state for card in slack.drafts() if card.publication]
    assert states == [PublicationState.SCHEDULED, PublicationState.MISSED]


@pytest.mark.parametrize(
    ("action", "state", "words"),
    [
        ("late_now", PublicationState.SCHEDULED, "2 tweets are on the way."),
        ("late_slot", PublicationState.SCHEDULED, "2 tweets are in the next free slots."),
        ("late_leave", PublicationState.MISSED, "They stay as they are"),
    ],
)
def test_everything_that_became_late_is_settled_at_once(
    slack: Slack, clock: HandClock, action: str, state: PublicationState, words: str
) -> None:
    keep(slack, NOON)
    cards = late(slack, clock, "One thing.", "Quite another.")
    slack.take(bodies.command("resume", COMPLIANCE))
    value = ",".join(str(card.id) for card in cards)
    for _ in range(2):  # delivered twice, done once
        slack.take(bodies.batch(action, value, COMPLIANCE))
    found = [card.publication for card in slack.drafts()]
    assert [publication.state for publication in found if publication] == [state, state]
    assert slack.told(COMPLIANCE)[-1].startswith(words)
    if action == "late_slot":
        dues = [publication.due_at for publication in found if publication]
        assert dues == [START.replace(hour=12), START.replace(hour=12) + timedelta(days=1)]


def test_what_cannot_be_settled_is_told_by_its_number(slack: Slack, clock: HandClock) -> None:
    cards = late(slack, clock, "One thing.")
    answer = slack.take(bodies.command("resume", COMPLIANCE))
    assert "next_slot" not in str(answer)
    slack.take(bodies.batch("late_now", f"{cards[0].id},77", COMPLIANCE))
    assert slack.told(COMPLIANCE)[-1] == "One tweet is on the way.\nDraft 77: There is no draft 77."


def test_a_long_list_says_how_many_more_there_are(
    slack: Slack, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.pausing.SHOWN", 1)
    late(slack, clock, "One thing.", "Quite another.")
    answer = slack.take(bodies.command("resume", COMPLIANCE))
    assert "and 1 more" in answer["blocks"][-1]["text"]["text"]


@pytest.mark.parametrize("value", ["", "x", "1,", "1:2", "," * 60])
def test_a_button_that_names_no_drafts_is_left_alone(slack: Slack, value: str) -> None:
    slack.take(bodies.batch("late_now", value, COMPLIANCE))
    assert slack.notices() == []


def test_after_a_pause_some_are_on_the_way_and_some_became_late(
    slack: Slack, clock: HandClock
) -> None:
    late(slack, clock, "One thing.")
    held(slack, "Quite another.", "A third one.")
    answer = slack.take(bodies.command("resume", COMPLIANCE))
    assert "2 held tweets are on the way. One tweet became too late" in answer["text"]


def test_pause_and_resume(slack: Slack) -> None:
    said = slack.take(bodies.command("pause  a wrong dose"))
    assert said.startswith("Paused: nothing more goes out until an operator types `/tweet resume`")
    assert "Only operators" in slack.take(bodies.command("resume", CLINICIAN))
    assert slack.take(bodies.command("RESUME", COMPLIANCE)) == "Resumed. Nothing had to wait."
    assert "Nothing is paused" in slack.take(bodies.command("resume", COMPLIANCE))
    assert "Only reviewers and operators" in slack.take(bodies.command("pause", OUTSIDER))


@pytest.mark.parametrize("name", ["clinic", "@RiversideClinic", "RIVERSIDECLINIC"])
def test_one_account_is_paused_and_resumed(slack: Slack, name: str) -> None:
    said = slack.take(bodies.command(f"pause {name} a wrong dose"))
    assert "on @RiversideClinic until" in said
    assert "`/tweet resume clinic`" in said
    assert "Nothing is paused" in slack.take(bodies.command("resume", COMPLIANCE))
    assert "on @RiversideClinic" in slack.take(bodies.command(f"resume {name}", COMPLIANCE))
