"""Recurring drafts: each time has one new draft, in good time, and approvals of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NoReturn

import pytest
from sqlmodel import select

from bot.domain.audit import AuditAction, Role
from bot.domain.beside import Beside, beside_of
from bot.domain.content import Poll, joined
from bot.domain.draft import DraftState, Wish
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision
from bot.domain.recurrence import Recurrence, Rhythm
from bot.domain.slots import Calendar
from bot.errors import RefusedError
from bot.repeating import RULE as REPEATED
from bot.workflow.intake import remove_source, submit
from bot.workflow.occurring import GIVE_UP
from bot.workflow.recurring import repeat, stop_repeating
from bot.workflow.scheduling import set_wish
from bot.workflow.settling import remove
from bot.workflow.stopping import withdraw
from storage import purges
from storage.models import AuditEntry
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, COMPLIANCE, OPERATOR, OUTSIDER, START
from tests.office import Office
from tests.pictures import png

FRIDAYS = Recurrence(Rhythm.WEEKLY, date(2026, 3, 6), time(8, 30))  # START is a Monday
DAILY = Recurrence(Rhythm.DAILY, date(2026, 3, 3), time(8, 30))
FRIDAY = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
SUBMIT = "bot.workflow.occurring.submit"


class PowerCutError(BaseException):
    """The process is gone."""


def wishes(office: Office, drafts: list[int]) -> list[datetime | None]:
    """When each of some drafts is meant to go out."""
    cards = map(office.card, drafts)
    return [card.wish.at if card.wish else None for card in cards]


def weekly(office: Office, text: str = "Sleep well.") -> int:
    """A draft that repeats every Friday."""
    draft = office.draft(text)
    repeat(office.desk, draft, AUTHOR, FRIDAYS)
    return draft


def entry(office: Office, action: AuditAction) -> AuditEntry:
    """The newest entry of its kind."""
    with office.desk.database.read() as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.action == action))
        return list(found)[-1]


# -- who may, and what for --


@pytest.mark.parametrize("person", [AUTHOR, CLINICIAN, OPERATOR])
def test_its_author_reviewers_and_operators_may_make_it_recurring_and_stop_it(
    office: Office, person: str
) -> None:
    draft = office.draft()
    repeat(office.desk, draft, person, FRIDAYS)
    shown = office.card(draft).recurrence
    assert shown is not None
    assert (shown.person, shown.words) == (person, "every Friday at 08:30 (Europe/London)")
    stop_repeating(office.desk, draft, person)
    assert office.card(draft).recurrence is None
    assert office.record()[-2:] == [AuditAction.DRAFT_REPEAT, AuditAction.DRAFT_REPEAT_NO_MORE]


@pytest.mark.parametrize("person", [COLLEAGUE, OUTSIDER])
def test_nobody_else_may(office: Office, person: str) -> None:
    draft = weekly(office)
    with pytest.raises(RefusedError, match="Only its author"):
        stop_repeating(office.desk, draft, person)
    with pytest.raises(RefusedError, match="Only its author"):
        repeat(office.desk, office.draft(), person, FRIDAYS)


def rejected(office: Office) -> int:
    draft = office.draft()
    office.decide(draft, CLINICIAN, Decision.REJECT)
    return draft


def withdrawn(office: Office) -> int:
    draft = office.draft()
    withdraw(office.desk, draft, AUTHOR)
    return draft


def taken_down(office: Office) -> int:
    draft = office.published()
    remove(office.desk, draft, OPERATOR, "a wrong dose")
    office.work()
    return draft


def answering(office: Office) -> int:
    question = office.x.say("@RiversideClinic when do you open?", author_id="12")
    return office.draft("At eight.", beside=Beside(reply_to=question.id))


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (rejected, "it was rejected"),
        (withdrawn, "it was withdrawn"),
        (taken_down, "it was taken down"),
        (answering, "it answers a tweet"),
        (lambda office: office.draft(pictures=[png()]), "it has pictures"),
        (lambda office: office.illustrated(), "it has pictures"),
        (lambda office: office.draft("x" * 300), "it needs mending"),
    ],
)
def test_what_cannot_repeat_says_why(
    office: Office, made: Callable[[Office], int], why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        repeat(office.desk, made(office), AUTHOR, FRIDAYS)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (replace(FRIDAYS, first=date(2026, 3, 2), at=time(9)), "has passed"),
        (replace(FRIDAYS, first=date(1, 1, 1)), "has passed"),
        (replace(FRIDAYS, first=date(9999, 12, 31)), "too far away"),
        (replace(FRIDAYS, until=date(2026, 3, 5)), "Nothing is left"),
        (
            Recurrence(Rhythm.WEEKDAYS, date(2026, 3, 7), time(9), date(2026, 3, 8)),
            "Nothing is left",
        ),
    ],
)
def test_days_that_cannot_be_are_refused(office: Office, wanted: Recurrence, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        repeat(office.desk, office.draft(), AUTHOR, wanted)


def test_the_time_of_the_draft_itself_is_no_repetition(office: Office) -> None:
    for draft in (office.draft(), office.approved("Drink water.")):
        set_wish(office.desk, draft, AUTHOR, Wish(FRIDAY))
        with pytest.raises(RefusedError, match="this draft itself"):
            repeat(office.desk, draft, AUTHOR, FRIDAYS)
        repeat(office.desk, draft, AUTHOR, replace(FRIDAYS, first=date(2026, 3, 13)))


def test_a_draft_repeats_by_one_rhythm(office: Office) -> None:
    draft = weekly(office)
    with pytest.raises(RefusedError, match="repeats already"):
        repeat(office.desk, draft, CLINICIAN, DAILY)
    office.clock.forward(days=2)
    [again] = office.draft_again()
    with pytest.raises(RefusedError, match="repeats already"):
        repeat(office.desk, again, AUTHOR, DAILY)


# -- what is made --


def test_some_days_before_its_time_there_is_a_new_draft(office: Office) -> None:
    draft = weekly(office)
    assert office.draft_again() == []
    office.clock.now = FRIDAY - office.desk.policy.repeat_lead
    [again] = office.draft_again()
    assert office.draft_again() == []
    card = office.card(again)
    assert (card.author, card.state, card.posted) == (AUTHOR, DraftState.IN_REVIEW, True)
    assert wishes(office, [again]) == [FRIDAY]
    assert joined(card.content) == joined(office.card(draft).content)
    submitted = entry(office, AuditAction.DRAFT_SUBMIT)
    assert (submitted.role, submitted.draft_id) == (Role.BOT, again)
    assert f'"repeats_draft": {draft}' in submitted.detail


def test_with_all_that_stands_beside_the_text(office: Office) -> None:
    asked = Beside(Poll(("Every night", "Never"), 60), sources=("https://who.int",))
    draft = office.draft("Do you sleep?\n---\nTell us.", beside=asked)
    repeat(office.desk, draft, AUTHOR, DAILY)
    again = office.card(office.draft_again()[0])
    assert again.content == office.card(draft).content
    assert beside_of(again.content) == asked


def test_every_occurrence_in_reach_has_its_draft(office: Office) -> None:
    draft = office.draft()
    repeat(office.desk, draft, AUTHOR, DAILY)
    made = office.draft_again()
    tomorrow = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert wishes(office, made) == [tomorrow + timedelta(days=n) for n in range(3)]
    office.clock.forward(days=1)
    assert wishes(office, office.draft_again()) == [tomorrow + timedelta(days=3)]


def test_nothing_of_it_goes_out_without_approvals_of_its_own(office: Office) -> None:
    draft = office.published()
    repeat(office.desk, draft, AUTHOR, replace(DAILY, until=date(2026, 3, 4)))
    first, second = office.draft_again()
    for person in (CLINICIAN, COMPLIANCE):
        office.confirm(first, person)
    for day in (3, 4, 5):
        office.clock.now = datetime(2026, 3, day, 8, 30, tzinfo=UTC)
        office.work()
    assert office.state(first) is PublicationState.PUBLISHED
    assert office.card(second).publication is None
    assert [tweet.text for tweet in office.x.timeline("0")] == ["Sleep well."] * 2


def test_what_was_approved_too_late_is_missed(office: Office) -> None:
    draft = office.published()
    repeat(office.desk, draft, AUTHOR, replace(DAILY, until=date(2026, 3, 3)))
    [again] = office.draft_again()
    office.clock.forward(days=2)
    for person in (CLINICIAN, COMPLIANCE):
        office.confirm(again, person)
    office.work()
    assert office.state(again) is PublicationState.MISSED


def test_neither_who_asks_nor_who_wrote_can_approve(office: Office) -> None:
    draft = office.draft(author=CLINICIAN)
    repeat(office.desk, draft, COMPLIANCE, DAILY)
    again, *_ = office.draft_again()
    assert office.card(again).author == COMPLIANCE
    for person in (CLINICIAN, COMPLIANCE):
        with pytest.raises(RefusedError):
            office.decide(again, person)


def test_its_newest_text_is_what_repeats(office: Office) -> None:
    draft = weekly(office)
    office.edit(draft, "Sleep very well.")
    office.clock.forward(days=2)
    [again] = office.draft_again()
    assert joined(office.card(again).content) == "Sleep very well."


def test_the_message_says_what_it_is_and_what_speaks_against_its_time(office: Office) -> None:
    account = office.desk.policy.default_account
    friday = Calendar(blackout=frozenset({date(2026, 3, 6)}))
    office.desk.policy = replace(office.desk.policy, accounts=(replace(account, calendar=friday),))
    draft = weekly(office)
    office.clock.forward(days=2)
    office.draft_again()
    [(_, proposal)] = office.chat.proposed.values()
    assert proposal.note == (
        f"Draft {draft} again, as every Friday at 08:30. This one is meant for Friday 6 March 2026 "
        "at 08:30 (Europe/London). Friday, 6 March, is a blackout date of @RiversideClinic."
    )


def test_a_time_that_the_clocks_skip_is_said(office: Office) -> None:
    office.clock.now = datetime(2026, 3, 28, 12, tzinfo=UTC)
    gap = Recurrence(Rhythm.DAILY, date(2026, 3, 29), time(1, 30), date(2026, 3, 29))
    repeat(office.desk, office.draft(), AUTHOR, gap)
    [again] = office.draft_again()
    assert wishes(office, [again]) == [datetime(2026, 3, 29, 1, tzinfo=UTC)]
    [(_, proposal)] = office.chat.proposed.values()
    assert "The clocks skip 01:30 that day" in proposal.note
    assert "at 02:00 (Europe/London)" in proposal.note


# -- repetition --


def test_occurrences_are_no_repetition_of_one_another_but_strangers_are(office: Office) -> None:
    draft = office.published()
    repeat(office.desk, draft, AUTHOR, DAILY)
    for again in office.draft_again():
        assert office.card(again).findings == ()
        office.approved(draft=again)
    office.clock.forward(days=1)
    [later] = office.draft_again()
    assert office.card(later).findings == ()
    stranger = office.card(office.draft())
    assert [finding.rule for finding in stranger.findings] == [REPEATED]


# -- the end --


def test_after_its_last_day_it_is_over(office: Office) -> None:
    draft = office.draft()
    repeat(office.desk, draft, AUTHOR, replace(DAILY, until=date(2026, 3, 4)))
    assert len(office.draft_again()) == 2
    assert office.card(draft).recurrence is None
    assert entry(office, AuditAction.DRAFT_REPEAT_NO_MORE).role is Role.BOT
    office.clock.forward(days=30)
    assert office.draft_again() == []


def test_from_any_open_draft_of_it_it_can_be_stopped_and_what_is_there_stays(
    office: Office,
) -> None:
    draft = office.published()
    repeat(office.desk, draft, AUTHOR, DAILY)
    first, *others = office.draft_again()
    office.deliver()
    stop_repeating(office.desk, first, CLINICIAN)
    assert {office.card(one).state for one in (first, *others)} == {DraftState.IN_REVIEW}
    office.deliver()
    assert {office.chat.cards[one].recurrence for one in (draft, first, *others)} == {None}
    office.clock.forward(days=10)
    assert office.draft_again() == []
    with pytest.raises(RefusedError, match="does not repeat"):
        stop_repeating(office.desk, first, CLINICIAN)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (lambda o, d: o.decide(d, CLINICIAN, Decision.REJECT), "it was rejected"),
        (lambda o, d: remove_source(o.desk, o.sources[d].ref), "it was withdrawn"),
        (lambda o, _: setattr(o.desk, "policy", other_account(o)), "its account is not among"),
    ],
)
def test_what_should_not_be_said_again_is_not_drafted_again_and_its_person_hears_why(
    office: Office, happens: Callable[[Office, int], Any], why: str
) -> None:
    draft = weekly(office)
    happens(office, draft)
    office.clock.forward(days=2)
    assert office.draft_again() == []
    assert office.card(draft).recurrence is None
    [told] = [text for text in office.notices(AUTHOR) if "repeat" in text]
    assert told.startswith(f"Draft {draft} does not repeat any more, because {why}")


def test_what_the_rules_take_for_patient_data_now_is_not_posted_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = weekly(office)
    monkeypatch.setattr("bot.workflow.recurring.exposed", lambda *_: ("a finding",))
    office.clock.forward(days=2)
    assert office.draft_again() == []
    assert office.chat.proposed == {}
    assert office.card(draft).recurrence is None
    assert "it seems to hold patient data" in office.notices(AUTHOR)[0]


def other_account(office: Office) -> Any:
    account = replace(office.desk.policy.default_account, name="pharmacy")
    return replace(office.desk.policy, accounts=(account,))


# -- what may go wrong --


def test_what_passed_while_the_bot_was_down_is_left_out_and_said(office: Office) -> None:
    draft = office.draft()
    repeat(office.desk, draft, AUTHOR, DAILY)
    office.clock.now = datetime(2026, 3, 8, 12, tzinfo=UTC)
    made = office.draft_again()
    monday = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    assert wishes(office, made) == [monday + timedelta(days=n) for n in range(3)]
    [told] = office.notices(AUTHOR)
    assert "Tuesday 3 March 2026 at 08:30" in told
    assert "and 3 more, because the time passed" in told
    assert office.record().count(AuditAction.DRAFT_SKIP) == 1


def test_a_lost_answer_makes_no_second_message(office: Office) -> None:
    weekly(office)
    office.clock.forward(days=2)
    office.chat.fail("propose, answered")
    assert office.draft_again() == []
    office.clock.forward(minutes=1)
    [again] = office.draft_again()
    [(ref, _)] = office.chat.proposed.values()
    assert office.card(again).source == ref


@pytest.mark.parametrize("moment", ["propose", "submit", "after"])
def test_a_process_that_ends_at_any_point_leaves_one_message_and_one_draft(
    office: Office, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def cut(*_: object) -> NoReturn:
        raise PowerCutError

    weekly(office)
    office.clock.forward(days=2)
    with monkeypatch.context() as patch:
        if moment == "propose":
            patch.setattr(office.chat.__class__, "propose", cut)
        elif moment == "submit":
            patch.setattr(SUBMIT, cut)
        else:
            patch.setattr(SUBMIT, lambda desk, new: (submit(desk, new), cut()))
        with pytest.raises(PowerCutError):
            office.draft_again()
    office.draft_again()
    assert len(office.chat.proposed) == 1
    made = [one for one in office.ids_of_drafts() if office.card(one).posted]
    assert wishes(office, made) == [FRIDAY]


def test_an_outage_heals_by_itself(office: Office) -> None:
    draft = office.draft()
    repeat(office.desk, draft, AUTHOR, DAILY)
    office.chat.fail("propose", times=4)
    made: list[int] = []
    for _ in range(8):
        made += office.draft_again()
        office.clock.forward(minutes=2)
    assert len(made) == 3
    assert office.notices(AUTHOR) == []


def test_an_outage_that_outlasts_the_time_leaves_nothing_behind(office: Office) -> None:
    weekly(office)
    office.clock.forward(days=2)
    office.chat.fail("propose, answered")
    office.draft_again()
    assert len(office.chat.proposed) == 1
    office.clock.now = FRIDAY + timedelta(hours=1)
    assert office.draft_again() == []
    assert office.chat.proposed == {}
    [told] = office.notices(AUTHOR)
    assert "Friday 6 March 2026 at 08:30" in told
    office.clock.now = FRIDAY + timedelta(days=4)
    assert wishes(office, office.draft_again()) == [FRIDAY + WEEK]


def test_what_is_stopped_between_message_and_draft_leaves_neither(office: Office) -> None:
    draft = weekly(office)
    office.clock.forward(days=2)
    office.chat.fail("propose, answered")
    office.draft_again()
    stop_repeating(office.desk, draft, AUTHOR)
    office.clock.forward(minutes=1)
    assert office.draft_again() == []
    assert office.chat.proposed == {}
    assert office.notices(AUTHOR) == []


def test_a_message_that_slack_never_takes_is_given_up_and_said(office: Office) -> None:
    weekly(office)
    office.clock.forward(days=2)
    office.chat.fail("propose", times=GIVE_UP, permanent=True)
    for _ in range(GIVE_UP):
        assert office.draft_again() == []
        office.clock.forward(minutes=10)
    [told] = office.notices(AUTHOR)
    assert "Slack does not take its message" in told
    office.clock.now = FRIDAY + timedelta(days=4, hours=1)
    assert wishes(office, office.draft_again()) == [FRIDAY + WEEK]


def test_a_message_that_is_deleted_before_it_is_a_draft_becomes_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    weekly(office)
    office.clock.forward(days=2)

    def deleted_first(desk: Any, new: Any) -> int | None:
        remove_source(desk, new.ref)
        return submit(desk, new)

    monkeypatch.setattr(SUBMIT, deleted_first)
    assert office.draft_again() == []
    [told] = office.notices(AUTHOR)
    assert "its message was deleted" in told


def test_one_that_is_broken_does_not_keep_others_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = weekly(office, "Drink water."), weekly(office)
    office.clock.forward(days=2)

    def breaks(desk: Any, new: Any) -> int | None:
        if new.text == "Drink water.":
            raise ValueError
        return submit(desk, new)

    monkeypatch.setattr(SUBMIT, breaks)
    [again] = office.draft_again()
    assert joined(office.card(again).content) == "Sleep well."
    monkeypatch.undo()
    office.clock.forward(minutes=10)
    assert len(office.draft_again()) == 1
    assert office.card(broken).recurrence
    assert office.card(whole).recurrence


def test_a_draft_that_still_repeats_is_not_purged(office: Office) -> None:
    draft = office.published()
    repeat(office.desk, draft, AUTHOR, FRIDAYS)
    later = START + timedelta(days=3000)
    with office.desk.database.read() as session:
        assert purges.ended(session, later) == []
    stop_repeating(office.desk, draft, AUTHOR)
    with office.desk.database.read() as session:
        assert purges.ended(session, later) == [draft]
