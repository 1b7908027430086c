"""People answer what the bot could not find out; X has the last word."""

import pytest

from bot.domain.publication import PublicationState, Reason, Unknown
from bot.errors import AccountError, RefusedError
from bot.workflow.intake import revise
from bot.workflow.scheduling import retry
from bot.workflow.settling import settle_live, settle_not_live
from tests.conftest import AUTHOR, OPERATOR, OUTSIDER
from tests.office import Office

LOST = Unknown("The answer was lost.")
DOWN = AccountError("X is down.", permanent=False)


def test_it_is_not_there_is_believed_only_after_another_look(office: Office) -> None:
    draft = office.in_question()
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    row = office.publication(draft)
    assert (row.state, row.reason) == (PublicationState.FAILED, Reason.SETTLED)
    retry(office.desk, draft, AUTHOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert len(office.x.tweets) == 1


def test_it_is_not_there_is_refused_when_it_is_there(office: Office) -> None:
    office.x.script.append(office.x.lose)
    office.x.lag = True
    draft = office.scheduled()
    office.work()
    office.wait_and_work(8, minutes=2)
    office.x.lag = False
    settle_not_live(office.desk, draft, OPERATOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert "there after all" in office.notices(OPERATOR)[-1]


def test_it_is_not_there_waits_when_x_cannot_be_asked(office: Office) -> None:
    draft = office.in_question()
    office.x.trouble = DOWN
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    row = office.publication(draft)
    assert (row.state, row.asks, row.settle) == (PublicationState.IN_DOUBT, True, None)
    assert "Please answer again later" in office.notices(AUTHOR)[-1]


def test_it_is_live_needs_an_id_that_x_knows_as_ours(office: Office) -> None:
    draft = office.in_question()
    stranger = office.x.say("Sleep well.", author_id="99")
    for tweet_id in ("12345", stranger.id):
        settle_live(office.desk, draft, AUTHOR, tweet_id)
        office.work()
        assert office.publication(draft).asks
        assert f"does not know tweet {tweet_id}" in office.notices(AUTHOR)[-1]
        office.clock.forward(seconds=1)
    ours = office.x.say("Sleep well, written by hand.")
    settle_live(office.desk, draft, AUTHOR, f"https://x.com/RiversideClinic/status/{ours.id}?s=20")
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.ids(draft) == [ours.id]


def test_it_is_live_cannot_name_the_tweet_of_another_draft(office: Office) -> None:
    other = office.published("Another.")
    draft = office.in_question()
    settle_live(office.desk, draft, AUTHOR, office.x.tweets[0].id)
    office.work()
    assert office.publication(draft).asks
    assert office.state(other) is PublicationState.PUBLISHED


def test_it_is_live_waits_when_x_cannot_be_asked(office: Office) -> None:
    draft = office.in_question()
    office.x.trouble = DOWN
    settle_live(office.desk, draft, AUTHOR, "12345")
    office.work()
    assert office.publication(draft).asks


@pytest.mark.parametrize("address", ["", "no", "https://x.com/RiversideClinic", "12345 or so"])
def test_what_is_no_address_of_a_tweet_is_refused_in_words(office: Office, address: str) -> None:
    draft = office.in_question()
    with pytest.raises(RefusedError, match="no address of a tweet"):
        settle_live(office.desk, draft, AUTHOR, address)


def test_a_question_is_answered_once_and_by_people_of_the_team(office: Office) -> None:
    office.x.script.append(LOST)
    draft = office.scheduled()
    office.work()
    with pytest.raises(RefusedError, match="still looking"):
        settle_not_live(office.desk, draft, AUTHOR)
    office.wait_and_work(8, minutes=2)
    with pytest.raises(RefusedError, match="Only its author"):
        settle_not_live(office.desk, draft, OUTSIDER)
    settle_not_live(office.desk, draft, AUTHOR)
    with pytest.raises(RefusedError, match="answered already"):
        settle_live(office.desk, draft, OPERATOR, "12345")
    office.work()
    with pytest.raises(RefusedError, match="settled already"):
        settle_not_live(office.desk, draft, AUTHOR)


def test_a_message_edited_in_doubt_withdraws_the_draft_when_it_is_settled(office: Office) -> None:
    draft = office.in_question()
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Something else."))
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    assert office.card(draft).state == "withdrawn"
    assert office.state(draft) is PublicationState.CANCELLED


@pytest.mark.parametrize("trouble", [None, DOWN])
def test_an_answer_that_came_during_the_confirmation_stands(
    office: Office, trouble: AccountError | None
) -> None:
    office.x.script.append(office.x.delay)
    office.x.lag = True
    draft = office.scheduled()
    office.work()
    office.wait_and_work(8, minutes=2)
    real = office.x.find

    def answer_comes(tweet_id: str) -> object:
        office.x.late.pop()()
        office.x.trouble = trouble
        return real(tweet_id)

    office.x.find = answer_comes  # type: ignore[method-assign, assignment]
    settle_live(office.desk, draft, AUTHOR, "12345")
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
