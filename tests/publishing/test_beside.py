"""Polls and replies on their way to X, and how they are found again when an answer is lost."""

import pytest

from bot.domain.beside import Beside
from bot.domain.content import Poll
from bot.domain.publication import PublicationState, Reason, Unknown
from bot.ports import Outgoing
from tests.conftest import AUTHOR
from tests.office import Office

POLL = Poll(("Every night", "Never"), 60)
THREAD = "Part one.\n---\nPart two?"


def sent(office: Office) -> list[Outgoing]:
    arguments = [call.argument for call in office.x.calls]
    return [one for one in arguments if isinstance(one, Outgoing)]


def called(office: Office, text: str = "@RiversideClinic when do you open?") -> str:
    return office.x.say(text, author_id="12").id


def published(office: Office, text: str, beside: Beside) -> int:
    draft = office.scheduled(draft=office.draft(text, beside=beside))
    office.work()
    return draft


def test_the_first_part_answers_the_tweet_and_each_other_the_part_before(office: Office) -> None:
    question = called(office)
    draft = published(office, THREAD, Beside(reply_to=question))
    first, second = office.ids(draft)
    assert [tweet.replied_to for tweet in office.x.tweets[1:]] == [question, first]
    assert second is not None


def test_the_poll_is_at_the_last_part_alone(office: Office) -> None:
    published(office, THREAD, Beside(POLL))
    assert [outgoing.poll for outgoing in sent(office)] == [None, POLL]
    assert [tweet.has_poll for tweet in office.x.tweets] == [False, True]


def test_sources_are_nothing_that_x_hears_of(office: Office) -> None:
    published(office, "Sleep well.", Beside(sources=("https://www.who.int/sleep",)))
    assert sent(office) == [Outgoing("Sleep well.", None)]


@pytest.mark.parametrize("text", ["Do you sleep well?", THREAD])
def test_a_poll_and_a_reply_whose_answer_is_lost_are_found(office: Office, text: str) -> None:
    office.x.script.append(office.x.lose)
    draft = published(office, text, Beside(POLL, called(office)))
    assert office.state(draft) is PublicationState.IN_DOUBT
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert None not in office.ids(draft)
    assert len(office.x.posted) == len(office.ids(draft))


@pytest.mark.parametrize(
    ("beside", "other"),
    [
        (Beside(POLL), Beside()),
        (Beside(), Beside(POLL)),
        (Beside(reply_to="question"), Beside()),
        (Beside(), Beside(reply_to="question")),
        (Beside(reply_to="question"), Beside(reply_to="another")),
    ],
)
def test_the_same_words_as_something_else_are_another_tweet(
    office: Office, beside: Beside, other: Beside
) -> None:
    ids = {"question": called(office), "another": called(office, "@RiversideClinic hello?"), "": ""}
    office.x.script.append(Unknown("The answer was lost."))
    draft = published(office, "At eight.", Beside(beside.poll, ids[beside.reply_to]))
    office.x.say("At eight.", ids[other.reply_to] or None, has_poll=other.poll is not None)
    office.wait_and_work(8, minutes=2)
    assert office.publication(draft).asks
    assert set(office.ids(draft)) == {None}


def test_an_answer_to_whoever_did_not_call_is_refused_and_its_author_hears_why(
    office: Office,
) -> None:
    draft = published(office, "At eight.", Beside(reply_to=called(office, "When do you open?")))
    row = office.publication(draft)
    assert (row.state, row.reason) == (PublicationState.FAILED, Reason.REFUSED)
    assert "only where its author has mentioned the account" in row.detail
    assert "only where its author has mentioned the account" in office.notices(AUTHOR)[-1]
    assert office.ids(draft) == [None]
