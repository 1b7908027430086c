"""Cards show rows: drawn when they changed, called once, and healed when the chat comes back."""

import pytest

from bot.cards.drawing import GIVE_UP, Drawer
from bot.domain.card import DraftCard
from bot.domain.draft import DraftState
from bot.domain.publication import PublicationState
from bot.domain.retry import LONGEST_WAIT_S
from bot.errors import ChatError
from bot.ports import PrivateWord
from bot.workflow.intake import revise
from bot.workflow.refusing import leave_word
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.office import Office


@pytest.fixture
def drawer(office: Office) -> Drawer:
    return Drawer(office.desk.database, office.desk.policy, office.clock, office.chat)


def word(office: Office, text: str, person: str = AUTHOR) -> None:
    leave_word(office.desk, text, PrivateWord(person, "C0DRAFTS", None, text))


def test_a_card_is_drawn_once_a_change(office: Office, drawer: Drawer) -> None:
    draft = office.draft()
    assert drawer.step()
    assert not drawer.step()
    office.decide(draft, CLINICIAN)
    office.deliver()
    assert [card.version for card in office.chat.drawn] == sorted(
        {card.version for card in office.chat.drawn}
    )
    assert office.chat.cards[draft] == office.card(draft)


def test_many_changes_between_two_looks_are_one_redrawing(office: Office) -> None:
    draft = office.scheduled()
    office.work()
    office.deliver()
    assert len(office.chat.drawn) == 1
    shown = office.chat.cards[draft].publication
    assert shown is not None
    assert shown.state is PublicationState.PUBLISHED


def test_a_card_is_rewritten_where_it_stands(office: Office) -> None:
    draft = office.draft()
    office.deliver()
    place = office.card(draft).card
    assert place is not None
    office.decide(draft, CLINICIAN)
    office.deliver()
    assert office.chat.drawn[-1].card == place


def test_the_people_who_are_waited_for_are_called_once_a_revision(office: Office) -> None:
    draft = office.draft()
    office.deliver()
    assert [card.missing for card in office.chat.called] == [(CLINICIAN, COMPLIANCE)]
    office.decide(draft, CLINICIAN)
    office.deliver()
    assert len(office.chat.called) == 1
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Better."))
    office.deliver()
    assert len(office.chat.called) == 2


def test_nobody_is_called_for_what_cannot_be_reviewed(office: Office) -> None:
    office.draft("x" * 300)
    office.approved()
    office.deliver()
    assert office.chat.called == []


def test_a_chat_that_was_down_heals_by_itself(office: Office, drawer: Drawer) -> None:
    draft = office.draft()
    office.chat.fail("draw", times=3)
    waits: list[float] = []
    for _ in range(3):
        assert drawer.step()
        assert not drawer.step()
        waits.append(2.0 ** len(waits) * 2)
        office.clock.forward(seconds=waits[-1])
    assert drawer.step()
    assert office.chat.cards[draft].state is DraftState.IN_REVIEW
    assert not drawer.step()


def test_the_chat_says_how_long_to_wait(office: Office, drawer: Drawer) -> None:
    office.draft()
    office.chat._errors.append(("draw", ChatError("slow down", permanent=False, retry_after=60)))
    drawer.step()
    office.clock.forward(seconds=59)
    assert not drawer.step()
    office.clock.forward(seconds=1)
    assert drawer.step()


def test_no_wait_is_longer_than_five_minutes(office: Office, drawer: Drawer) -> None:
    office.draft()
    office.chat.fail("draw", times=20)
    for _ in range(20):
        office.clock.forward(seconds=LONGEST_WAIT_S)
        assert drawer.step()
    office.clock.forward(seconds=LONGEST_WAIT_S)
    drawer.step()
    assert len(office.chat.drawn) == 1


def test_a_call_that_failed_is_made_again_on_the_same_card(office: Office, drawer: Drawer) -> None:
    draft = office.draft()
    office.chat.fail("call")
    drawer.step()
    place = office.card(draft).card
    assert place is not None
    office.clock.forward(seconds=2)
    drawer.step()
    assert [card.card for card in office.chat.drawn] == [None, place]
    assert len(office.chat.called) == 1


def test_a_card_that_nobody_can_draw_does_not_stop_the_others(
    office: Office,
    drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    poisoned, well = office.draft("Poison."), office.draft("Well.")
    draw = office.chat.draw

    def choke(card: DraftCard) -> object:
        if card.id == poisoned:
            raise ZeroDivisionError
        return draw(card)

    monkeypatch.setattr(office.chat, "draw", choke)
    while drawer.step():
        pass
    assert list(office.chat.cards) == [well]
    assert "could not be drawn" in caplog.text
    assert "Poison" not in caplog.text


def test_a_notice_is_delivered_once_and_in_order(office: Office) -> None:
    word(office, "First.")
    word(office, "Second.")
    word(office, "First.")
    office.deliver()
    office.deliver()
    assert office.chat.words_to(AUTHOR) == ["First.", "Second."]


def test_a_notice_waits_for_a_chat_that_is_down_however_long(
    office: Office, drawer: Drawer
) -> None:
    word(office, "Here.")
    office.chat.fail("tell", times=30)
    for _ in range(30):
        assert drawer.step()
        office.clock.forward(minutes=5)
    assert drawer.step()
    assert office.chat.words_to(AUTHOR) == ["Here."]


@pytest.mark.parametrize("chokes", [True, False])
def test_a_notice_that_nobody_can_receive_is_given_up_and_stops_nothing(
    office: Office, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, chokes: bool
) -> None:
    word(office, "Gone.", "U0GONE111")
    word(office, "Here.")
    tell = office.chat.tell

    def refuse(said: PrivateWord) -> None:
        if said.person != AUTHOR:
            raise ZeroDivisionError if chokes else ChatError("no such user", permanent=True)
        tell(said)

    monkeypatch.setattr(office.chat, "tell", refuse)
    tries = 0
    for _ in range(GIVE_UP + 3):
        while drawer.step():
            tries += 1
        office.clock.forward(minutes=5)
    assert tries == GIVE_UP + 1
    assert office.chat.words_to(AUTHOR) == ["Here."]


def test_several_loops_share_the_work_and_none_of_it_is_done_twice(office: Office) -> None:
    drafts = [office.draft(f"Number {n}.") for n in range(5)]
    for number in range(5):
        word(office, f"Word {number}.")
    database, policy = office.desk.database, office.desk.policy
    loops = [Drawer(database, policy, office.clock, office.chat, n, 3) for n in range(3)]
    while sum(loop.step() for loop in loops):
        pass
    assert sorted(card.id for card in office.chat.drawn) == drafts
    assert sorted(office.chat.words_to(AUTHOR)) == [f"Word {n}." for n in range(5)]


def test_where_the_card_stands_elsewhere_the_authors_thread_follows_it(office: Office) -> None:
    office.chat.review_channel = "C0REVIEW"
    draft = office.draft()
    office.deliver()
    shown = office.card(draft)
    assert shown.card is not None
    assert shown.status is not None
    assert (shown.card.channel, shown.status.channel) == ("C0REVIEW", "C0DRAFTS")
    assert shown.link is not None
    assert "C0REVIEW" in shown.link
    office.decide(draft, CLINICIAN)
    office.deliver()
    assert office.card(draft).status == shown.status
    assert [card.version for card in office.chat.followed] == [shown.version, shown.version + 1]
    assert office.chat.called[0].card == shown.card


def test_a_status_that_could_not_be_written_is_written_later(office: Office) -> None:
    office.chat.review_channel = "C0REVIEW"
    office.chat.fail("follow")
    draft = office.draft()
    office.deliver()
    assert office.card(draft).status is None
    office.clock.forward(minutes=1)
    office.deliver()
    assert office.card(draft).status is not None
    assert len({card.card for card in office.chat.followed}) == 1
