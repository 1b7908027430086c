"""The next slot: chosen at the approval, nobody else's, and what speaks against other times."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier

import pytest

from bot.desk import Desk
from bot.domain.card import Offer
from bot.domain.draft import NEXT_SLOT, NOW, DraftState, Wish
from bot.domain.finding import Severity
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision
from bot.domain.slots import Calendar, Objection, Quiet, Slot
from bot.errors import RefusedError
from bot.workflow.intake import revise
from bot.workflow.objecting import ObjectedError
from bot.workflow.repeating import RULE
from bot.workflow.review import review
from bot.workflow.scheduling import cancel, foresee, redraw_passed_slots, set_wish
from bot.workflow.stopping import withdraw
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER, START
from tests.office import Office

# START is a Monday, nine o'clock in London
FIRST, SECOND = START.replace(hour=12), START.replace(hour=17)
TOMORROW = FIRST + timedelta(days=1)
SLOTS = tuple(Slot(day, time(hour)) for day in range(7) for hour in (12, 17))


def keep(desk: Desk, calendar: Calendar) -> None:
    """Give the account a calendar."""
    account = replace(desk.policy.default_account, calendar=calendar)
    desk.policy = replace(desk.policy, accounts=(account,))


@pytest.fixture
def office(office: Office) -> Office:
    keep(office.desk, Calendar(SLOTS))
    return office


def wishing(office: Office, text: str = "Sleep well.") -> int:
    """Write a draft that is to take the next slot."""
    draft = office.draft(text)
    set_wish(office.desk, draft, AUTHOR, NEXT_SLOT)
    return draft


def approve(office: Office, draft: int, ticked: tuple[str, ...] = ()) -> None:
    revision = office.card(draft).revision_id
    for person in (CLINICIAN, COMPLIANCE):
        review(office.desk, draft, revision, person, Decision.APPROVE, ticked=ticked)


def test_the_slot_is_chosen_at_the_approval(office: Office) -> None:
    draft = wishing(office)
    assert office.card(draft).slot == FIRST
    office.clock.forward(hours=4)
    approve(office, draft)
    assert office.publication(draft).due_at == SECOND
    office.clock.now = SECOND
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_two_drafts_never_get_the_same_slot(office: Office) -> None:
    drafts = [wishing(office, f"Tip {n} is one of its own kind {n}.") for n in range(3)]
    for draft in reversed(drafts):
        approve(office, draft)
    assert [office.publication(d).due_at for d in drafts] == [TOMORROW, SECOND, FIRST]


def test_ten_drafts_that_are_approved_at_once_get_ten_slots(office: Office) -> None:
    drafts = [wishing(office, f"Tip {n} is one of its own kind {n}.") for n in range(10)]
    for draft in drafts:
        office.decide(draft, CLINICIAN)
    together = Barrier(len(drafts))

    def last_word(draft: int) -> None:
        together.wait(10)
        office.decide(draft, COMPLIANCE)

    with ThreadPoolExecutor(len(drafts)) as people:
        list(people.map(last_word, drafts))
    dues = sorted(office.publication(draft).due_at for draft in drafts)
    assert dues == [slot + timedelta(days=n) for n in range(5) for slot in (FIRST, SECOND)]


def test_whoever_waits_for_a_slot_sees_when_another_draft_takes_it(office: Office) -> None:
    waiting, quick = wishing(office, "Waiting."), wishing(office, "Quick.")
    office.deliver()
    approve(office, quick)
    office.deliver()
    assert office.chat.cards[waiting].slot == SECOND
    cancel(office.desk, quick, AUTHOR)
    office.deliver()
    assert office.chat.cards[waiting].slot == FIRST


def test_whoever_waits_for_a_slot_sees_when_it_has_passed(office: Office) -> None:
    waiting = wishing(office)
    office.deliver()
    redraw_passed_slots(office.desk)
    office.clock.now = FIRST + timedelta(seconds=30)
    redraw_passed_slots(office.desk)
    office.deliver()
    assert [card.slot for card in office.chat.drawn if card.id == waiting] == [FIRST, SECOND]


def test_a_draft_goes_back_to_the_queue_and_may_keep_its_own_slot(office: Office) -> None:
    draft = office.scheduled(at=SECOND)
    assert Offer.NEXT_SLOT in office.card(draft).offers
    set_wish(office.desk, draft, AUTHOR, NEXT_SLOT)
    assert office.publication(draft).due_at == FIRST
    assert Offer.NEXT_SLOT not in office.card(draft).offers
    set_wish(office.desk, draft, AUTHOR, NEXT_SLOT)  # a second click
    assert office.publication(draft).due_at == FIRST
    missed = office.scheduled("Another.", at=START + timedelta(minutes=1))
    office.clock.forward(hours=1)
    office.work()
    assert office.state(missed) is PublicationState.MISSED
    set_wish(office.desk, missed, AUTHOR, NEXT_SLOT)
    assert office.publication(missed).due_at == SECOND


def test_an_edit_keeps_the_wish_and_frees_the_slot(office: Office) -> None:
    draft = wishing(office)
    approve(office, draft)
    new = office.chat.edit(office.sources[draft].ref, "Sleep tight.")
    revise(office.desk, new)
    assert (office.card(draft).state, office.card(draft).wish) == (DraftState.IN_REVIEW, NEXT_SLOT)
    other = wishing(office, "Quite another thing.")
    approve(office, other)
    assert office.publication(other).due_at == FIRST
    approve(office, draft)
    assert office.publication(draft).due_at == SECOND


def test_slots_skip_what_is_too_near_quiet_or_blacked_out(office: Office) -> None:
    quiet, off = Quiet(time(16), time(18)), frozenset({date(2026, 3, 3)})
    keep(office.desk, Calendar(SLOTS, timedelta(minutes=30), quiet, off))
    office.scheduled("Near.", at=FIRST + timedelta(minutes=29))
    draft = wishing(office)
    approve(office, draft)
    assert office.publication(draft).due_at == FIRST + timedelta(days=2)


def test_without_slots_nobody_wishes_for_one(office: Office) -> None:
    keep(office.desk, Calendar())
    draft = office.approved()
    assert office.card(draft).slot is None
    assert Offer.NEXT_SLOT not in office.card(draft).offers
    with pytest.raises(RefusedError, match="no free slot"):
        set_wish(office.desk, draft, AUTHOR, NEXT_SLOT)


def test_a_wish_whose_slots_are_gone_waits_for_a_new_time(office: Office) -> None:
    draft = wishing(office)
    keep(office.desk, Calendar())
    approve(office, draft)
    card = office.card(draft)
    assert (card.state, card.wish, card.publication) == (DraftState.APPROVED, None, None)
    assert "Use *When*" in office.notices(AUTHOR)[-1]


def test_what_speaks_against_a_time_is_said_and_settled_by_a_person(office: Office) -> None:
    night = START.replace(hour=22)
    quiet = Quiet(time(21), time(7))
    keep(office.desk, Calendar((), timedelta(minutes=30), quiet, frozenset({date(2026, 3, 2)})))
    office_hours = office.scheduled("Other.", at=START + timedelta(days=1))
    set_wish(office.desk, office_hours, AUTHOR, Wish(night), despite=frozenset(Objection))
    draft = office.approved()
    wish = Wish(night + timedelta(minutes=1))
    (seen,) = foresee(office.desk, draft, AUTHOR, [wish])
    assert seen.objections == tuple(Objection)
    assert "quiet from 21:00 to 07:00" in seen.words[0]
    assert "Monday, 2 March" in seen.words[1]
    assert "less than 30 minutes" in seen.words[2]
    for told in (frozenset[Objection](), frozenset({Objection.QUIET, Objection.GAP})):
        with pytest.raises(ObjectedError, match="choose the time again"):
            set_wish(office.desk, draft, AUTHOR, wish, despite=told)
    assert office.card(draft).publication is None
    set_wish(office.desk, draft, AUTHOR, wish, despite=frozenset(Objection))
    assert office.publication(draft).due_at == wish.at
    office.clock.now = night + timedelta(minutes=1)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_now_is_a_time_too_once_it_is_approved(office: Office) -> None:
    keep(office.desk, Calendar(quiet=Quiet(time(8), time(10))))
    assert foresee(office.desk, office.draft("Early."), AUTHOR, [NOW])[0].objections == ()
    approved = office.approved()
    with pytest.raises(ObjectedError, match="quiet from 08:00"):
        set_wish(office.desk, approved, AUTHOR, NOW)
    set_wish(office.desk, approved, AUTHOR, NOW, despite=frozenset({Objection.QUIET}))
    office.work()
    assert office.state(approved) is PublicationState.PUBLISHED


def test_looking_ahead_refuses_as_wishing_does(office: Office) -> None:
    draft = office.draft()
    with pytest.raises(RefusedError, match="Only its author"):
        foresee(office.desk, draft, OUTSIDER, [NOW])
    with pytest.raises(RefusedError, match="has passed"):
        foresee(office.desk, draft, AUTHOR, [Wish(START)])
    withdraw(office.desk, draft, AUTHOR)
    with pytest.raises(RefusedError, match="finished"):
        foresee(office.desk, draft, AUTHOR, [NEXT_SLOT])


def test_the_same_words_within_days_are_warned_of(office: Office) -> None:
    first = office.published("Flu clinics open on Monday at nine, bring your card.")
    office.clock.forward(days=6)
    again = office.draft("Flu clinics open on Monday at nine! Bring your card.")
    (finding,) = office.card(again).findings
    assert (finding.rule, finding.severity) == (RULE, Severity.WARN)
    assert f"Draft {first}, which was published on 2 March" in finding.message
    assert office.card(again).state is DraftState.IN_REVIEW
    other = office.draft("How did you sleep?")
    assert office.card(other).findings == ()
    office.clock.forward(days=2)
    late = office.draft("Flu clinics open on Monday at nine, bring your card!")
    assert office.card(late).findings == ()


def test_the_same_words_that_are_still_to_come_are_warned_of(office: Office) -> None:
    first = office.scheduled("Flu clinics open on Monday.", at=START + timedelta(days=2))
    draft = office.draft("Something else entirely, for now.")
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Flu clinics open on MONDAY"))
    (finding,) = office.card(draft).findings
    assert f"Draft {first}, which is to go out on 4 March" in finding.message


def test_a_warning_that_comes_or_goes_with_the_days_is_no_edit(office: Office) -> None:
    draft = office.scheduled("Flu clinics open on Monday.", at=START + timedelta(days=3))
    other = office.draft("Flu clinics open on monday")
    approve(office, other, ticked=(RULE,))
    set_wish(office.desk, other, AUTHOR, NOW)
    office.work()
    assert office.card(other).live
    before = office.card(draft).revision_id
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Flu clinics open on Monday."))
    assert office.card(draft).revision_id == before
    assert office.state(draft) is PublicationState.SCHEDULED
    revise(office.desk, office.chat.edit(office.sources[other].ref, "Flu clinics open on monday"))


def test_a_slot_in_the_hour_that_the_clocks_skip_is_the_next_days(office: Office) -> None:
    keep(office.desk, Calendar(tuple(Slot(day, time(1, 30)) for day in range(7))))
    office.clock.now = datetime(2026, 3, 28, 12, tzinfo=UTC)  # the clocks change on the 29th
    draft = wishing(office)
    approve(office, draft)
    assert office.publication(draft).due_at == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


def test_a_calendar_that_is_full_for_a_year_has_no_slot(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = office.draft()
    monkeypatch.setattr("bot.cards.slots.SPANS", 1)
    keep(office.desk, Calendar(SLOTS, quiet=Quiet(time(11), time(18))))
    assert office.card(draft).slot is None


def test_a_draft_of_an_account_that_there_is_no_more_has_neither_slot_nor_objection(
    office: Office,
) -> None:
    draft = office.draft("Flu clinics open on Monday.")
    account = replace(office.desk.policy.default_account, name="new")
    office.desk.policy = replace(office.desk.policy, accounts=(account,))
    assert office.card(draft).slot is None
    assert foresee(office.desk, draft, AUTHOR, [Wish(FIRST)])[0].objections == ()
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Flu clinics open on Tuesday."))
    assert office.card(draft).findings == ()
