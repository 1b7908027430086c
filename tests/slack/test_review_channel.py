"""A channel for reviewers: the card lives there, and the author's thread has a status."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.card import DraftCard
from bot.domain.draft import DraftState, MessageRef
from bot.domain.publication import PublicationState, Reason
from bot.sandbox.client import SandboxClient
from bot.sandbox.slack.blocks import message_problems
from handlers.slack.chat import SlackChat
from handlers.slack.client import web_client
from handlers.slack.status import draw_status
from tests.conftest import AUTHOR, COMPLIANCE
from tests.fakes.chat import CHANNEL, FRONT
from tests.slack.cards import card, illustrated, publication, published

REVIEWS = "C0OTHER"


@pytest.fixture
def chat(address: str) -> SlackChat:
    return SlackChat(web_client("xoxb-sandbox", f"{address}/slack/api/"), CHANNEL, REVIEWS)


@pytest.fixture
def draft(people: SandboxClient) -> DraftCard:
    ts = people.write(AUTHOR, CHANNEL, "Flu jabs start on Monday.")
    return card(source=MessageRef(FRONT, CHANNEL, ts))


def heads(people: SandboxClient, channel: str) -> list[str]:
    """How the bot's messages in a channel begin."""
    bots = [message for message in people.messages(channel, AUTHOR) if message.get("bot")]
    return [message["text"].partition(":")[0] for message in bots]


def in_thread(people: SandboxClient, draft: DraftCard) -> list[dict[str, Any]]:
    return people.thread(CHANNEL, draft.source.ts, AUTHOR)


def test_the_card_stands_there_and_the_thread_follows(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    ref = chat.draw(draft)
    assert ref.channel == REVIEWS
    placed = replace(draft, card=ref, link=chat.link(ref))
    status = chat.follow(placed)
    assert status is not None
    assert (heads(people, REVIEWS), heads(people, CHANNEL)) == (["In review"], ["In review"])
    told = in_thread(people, draft)[0]
    assert placed.link is not None
    assert placed.link in str(told["blocks"])
    later = replace(placed, state=DraftState.APPROVED, missing=(), status=status)
    assert chat.draw(later) == ref
    assert chat.follow(later) == status
    assert (heads(people, REVIEWS), heads(people, CHANNEL)) == (["Approved"], ["Approved"])


def test_neither_is_posted_twice_when_an_answer_was_lost(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    ref = chat.draw(draft)
    assert chat.draw(draft) == ref
    placed = replace(draft, card=ref)
    assert chat.follow(placed) == chat.follow(placed)
    assert len(heads(people, REVIEWS) + heads(people, CHANNEL)) == 2


def test_reviewers_are_called_where_the_card_is(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    placed = replace(draft, card=chat.draw(draft))
    chat.call(placed)
    chat.call(placed)
    assert placed.card is not None
    [call] = people.thread(REVIEWS, placed.card.ts, AUTHOR)
    assert f"<@{COMPLIANCE}>" in call["text"]


def test_a_message_that_is_gone_has_no_status(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    placed = replace(draft, card=chat.draw(draft))
    people.delete(AUTHOR, CHANNEL, draft.source.ts)
    assert chat.follow(placed) is None


def test_a_status_that_somebody_deleted_is_written_again(chat: SlackChat, draft: DraftCard) -> None:
    placed = replace(draft, card=chat.draw(draft))
    gone = MessageRef(FRONT, CHANNEL, "1780000000.000100")
    status = chat.follow(replace(placed, status=gone))
    assert status not in (None, gone)


def test_a_card_that_stands_below_its_message_needs_no_status(
    address: str, people: SandboxClient, draft: DraftCard
) -> None:
    chat = SlackChat(web_client("xoxb-sandbox", f"{address}/slack/api/"), CHANNEL)
    placed = replace(draft, card=chat.draw(draft))
    assert chat.follow(placed) is None
    assert len(in_thread(people, draft)) == 1


def test_old_cards_stay_where_they_are(
    chat: SlackChat, address: str, people: SandboxClient, draft: DraftCard
) -> None:
    below = SlackChat(web_client("xoxb-sandbox", f"{address}/slack/api/"), CHANNEL).draw(draft)
    assert chat.draw(replace(draft, card=below)) == below
    assert heads(people, REVIEWS) == []


@pytest.mark.parametrize("state", list(PublicationState))
@pytest.mark.parametrize("live", [0, 1])
def test_slack_takes_every_status(state: PublicationState, live: int) -> None:
    drawn = draw_status(published(card("One.", "Two."), live, state, reason=Reason.REFUSED))
    assert list(message_problems(drawn.blocks)) == []
    assert 0 < len(drawn.text) <= 4_000


def test_the_author_finds_the_reasons_and_their_own_buttons() -> None:
    asked = card(state=DraftState.CHANGES_REQUESTED, requests=((COMPLIANCE, "Cite it."),))
    drawn = draw_status(asked)
    assert "Cite it." in str(drawn.blocks)
    ids = [element["action_id"] for element in drawn.blocks[-1]["elements"]]
    assert ids == ["when", "withdraw", "repeat"]
    ids = [element["action_id"] for element in draw_status(illustrated("")).blocks[-1]["elements"]]
    assert ids == ["alt_text", "when", "withdraw"]
    held = card(publication=publication(PublicationState.HELD, Reason.PAUSED))
    assert "on hold" in draw_status(held).text
