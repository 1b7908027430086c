"""Nobody knows whether X took it: look, then ask; absence alone never sends again."""

from bot.domain.publication import Duplicate, PublicationState, Reason, Unknown
from bot.errors import AccountError
from bot.publishing.doubt import resolve
from bot.workflow.scheduling import retry
from bot.workflow.settling import settle_not_live
from tests.conftest import AUTHOR, OPERATOR
from tests.office import Office

LOST = Unknown("The answer was lost.")
DOWN = AccountError("X is down.", permanent=False)


def test_a_lost_answer_leaves_doubt_until_the_timeline_shows_the_tweet(office: Office) -> None:
    office.x.script.append(office.x.lose)
    draft = office.scheduled()
    office.work()
    assert office.state(draft) is PublicationState.IN_DOUBT
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.ids(draft) == [office.x.tweets[0].id]
    assert office.x.posted == ["Sleep well."]


def test_a_thread_goes_on_behind_the_part_that_was_found(office: Office) -> None:
    office.x.script.append(office.x.lose)
    draft = office.scheduled("One.\n---\nTwo.")
    office.work()
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert [a.token for a in office.attempts(draft)] == [1, 2]
    assert office.x.tweets[1].replied_to == office.x.tweets[0].id


def test_the_lookups_follow_their_schedule_and_then_people_are_asked(office: Office) -> None:
    office.x.script.append(LOST)
    draft = office.scheduled()
    office.work()
    waits = []
    for _ in range(5):
        at = office.publication(draft).next_at or office.clock.now
        waits.append((at - office.clock.now).total_seconds())
        office.wait_and_work(1, seconds=waits[-1])
    assert waits == [2, 10, 30, 120, 300]
    row = office.publication(draft)
    assert (row.state, row.asks, row.next_at) == (PublicationState.IN_DOUBT, True, None)
    for person in (AUTHOR, OPERATOR):
        assert "I do not know whether X took this tweet" in office.notices(person)[-1]
    office.wait_and_work(5, hours=1)
    assert office.x.posted == ["Sleep well."]


def test_the_question_also_comes_when_x_cannot_be_asked_at_all(office: Office) -> None:
    office.x.script.append(LOST)
    draft = office.scheduled()
    office.x.trouble = DOWN
    office.work()
    office.wait_and_work(8, minutes=2)
    assert office.publication(draft).asks


def test_two_tweets_that_look_like_it_are_a_question(office: Office) -> None:
    office.x.script.append(office.x.lose)
    draft = office.scheduled()
    office.work()
    office.x.say("Sleep well.")
    office.wait_and_work(1, seconds=2)
    row = office.publication(draft)
    assert row.asks
    assert f"status/{office.x.tweets[0].id}" in row.detail
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    assert office.publication(draft).asks
    assert "It is live" in office.notices(AUTHOR)[-1]


def test_an_older_tweet_of_the_same_text_is_a_question_that_can_be_answered(office: Office) -> None:
    office.x.say("Sleep well.")
    office.clock.forward(minutes=10)
    office.x.script.append(LOST)
    draft = office.scheduled()
    office.work()
    office.wait_and_work(1, seconds=2)
    assert office.publication(draft).asks
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    assert office.publication(draft).reason is Reason.SETTLED


def test_a_duplicate_of_another_tweet_fails_and_names_it(office: Office) -> None:
    other = office.published("Sleep well.")
    office.clock.forward(hours=2)
    office.x.script.append(Duplicate())
    draft = office.scheduled("Sleep well.")
    office.work()
    row = office.publication(draft)
    assert (row.state, row.reason) == (PublicationState.FAILED, Reason.DUPLICATE)
    assert f"status/{office.ids(other)[0]}" in row.detail


def test_a_duplicate_of_several_tweets_names_the_first(office: Office) -> None:
    drafts = [office.published("Sleep well."), office.published("Sleep well.")]
    office.x.script.append(Duplicate())
    draft = office.scheduled("Sleep well.")
    office.work()
    assert f"status/{office.ids(drafts[0])[0]}" in office.publication(draft).detail


def test_a_duplicate_of_a_tweet_by_hand_fails_and_names_it(office: Office) -> None:
    by_hand = office.x.say("Sleep well.")
    office.clock.forward(hours=2)
    office.x.script.append(Duplicate())
    draft = office.scheduled("Sleep well.")
    office.work()
    assert office.publication(draft).reason is Reason.DUPLICATE
    assert by_hand.id in office.publication(draft).detail


def test_a_duplicate_that_nobody_can_see_is_looked_for_and_then_asked(office: Office) -> None:
    office.x.script.append(Duplicate())
    draft = office.scheduled()
    office.work()
    assert office.state(draft) is PublicationState.IN_DOUBT
    office.wait_and_work(8, minutes=2)
    assert office.publication(draft).asks


def test_a_tweet_that_appeared_before_a_second_try_is_adopted(office: Office) -> None:
    draft = office.in_question()
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    late = office.x.say("Sleep well.")
    retry(office.desk, draft, AUTHOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.ids(draft) == [late.id]
    assert office.x.posted == ["Sleep well."]


def test_two_that_appeared_before_a_second_try_are_a_question(office: Office) -> None:
    draft = office.in_question()
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    office.x.say("Sleep well.")
    office.x.say("Sleep well.")
    retry(office.desk, draft, AUTHOR)
    office.work()
    row = office.publication(draft)
    assert (row.state, row.asks) == (PublicationState.IN_DOUBT, True)
    assert office.x.posted == ["Sleep well."]


def test_the_same_text_waits_while_another_is_in_doubt_and_others_do_not(office: Office) -> None:
    first = office.in_question("Same.")
    second, other = office.scheduled("Same."), office.scheduled("Different.")
    office.wait_and_work(3, seconds=5)
    assert office.state(second) is PublicationState.SCHEDULED
    assert office.state(other) is PublicationState.PUBLISHED
    settle_not_live(office.desk, first, AUTHOR)
    office.wait_and_work(1, seconds=5)
    assert office.state(second) is PublicationState.PUBLISHED


def test_life_that_went_on_during_a_lookup_is_not_overwritten(office: Office) -> None:
    office.x.script.append(office.x.delay)
    draft = office.scheduled()
    office.work()
    owner = office.publication(draft).id or 0
    real = office.x.timeline

    def answer_comes(since_id: str) -> object:
        office.x.late.pop()()
        return real(since_id)

    office.x.timeline = answer_comes  # type: ignore[method-assign, assignment]
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.PUBLISHED
    resolve(office.desk, office.x, owner)
    assert len([tweet for tweet in office.ids(draft) if tweet]) == 1
