"""Slack as the core sees it, spoken to over the wire: what the contract does not say."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.card import DraftCard
from bot.domain.draft import DraftState, MessageRef
from bot.errors import ChatError
from bot.ports import PrivateWord
from bot.sandbox.client import SandboxClient
from handlers.slack.chat import SlackChat
from handlers.slack.client import asking, web_client
from handlers.slack.fields import MalformedError
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER
from tests.pictures import DOT
from tests.slack.bodies import CHANNEL
from tests.slack.cards import card, illustrated


@pytest.fixture
def chat(address: str) -> SlackChat:
    return SlackChat(web_client("xoxb-sandbox", f"{address}/slack/api/"), CHANNEL)


@pytest.fixture
def draft(people: SandboxClient) -> DraftCard:
    ts = people.write(AUTHOR, CHANNEL, "Flu jabs start on Monday.")
    return card(source=MessageRef("slack", CHANNEL, ts), missing=(CLINICIAN, COMPLIANCE))


def thread(people: SandboxClient, draft: DraftCard, person: str = OUTSIDER) -> list[dict[str, Any]]:
    return people.thread(CHANNEL, draft.source.ts, person)


def test_a_lost_answer_does_not_post_a_second_card(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    people.set_faults(slack={"api_lose_answer": 2})  # the look into the thread, and the posting
    for _ in range(2):
        with pytest.raises(ChatError) as caught:
            chat.draw(draft)
        assert not caught.value.permanent
    ref = chat.draw(draft)
    assert [message["ts"] for message in thread(people, draft)] == [ref.ts]


def test_reviewers_are_called_once_however_often_it_is_asked(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    chat.draw(draft)
    chat.call(draft)
    chat.call(draft)
    _, called = thread(people, draft)
    assert called["text"] == f"<@{CLINICIAN}> <@{COMPLIANCE}> This draft waits for Compliance."
    chat.call(replace(draft, revision_id=35))
    assert len(thread(people, draft)) == 3


def test_nobody_is_called_where_nobody_is_waited_for(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    chat.call(replace(draft, missing=()))
    assert thread(people, draft) == []


def test_a_card_that_somebody_deleted_is_drawn_anew(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    gone = MessageRef("slack", CHANNEL, "1780000000.000100")
    ref = chat.draw(replace(draft, card=gone))
    assert [message["ts"] for message in thread(people, draft)] == [ref.ts]


def test_a_draft_without_its_message_has_no_place_for_a_card(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    people.delete(AUTHOR, CHANNEL, draft.source.ts)
    withdrawn = replace(draft, state=DraftState.WITHDRAWN)
    assert chat.draw(withdrawn) == draft.source
    assert chat.draw(replace(withdrawn, card=draft.source)) == draft.source


def test_a_card_in_the_thread_of_a_tombstone_is_rewritten(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    ref = chat.draw(draft)
    people.delete(AUTHOR, CHANNEL, draft.source.ts)
    assert chat.draw(replace(draft, card=ref, state=DraftState.WITHDRAWN)) == ref


def test_a_word_in_a_thread_that_is_gone_is_told_in_the_channel(
    chat: SlackChat, people: SandboxClient
) -> None:
    chat.tell(PrivateWord(AUTHOR, CHANNEL, "1780000000.000100", "Gone."))
    (told,) = [m for m in people.messages(CHANNEL, AUTHOR) if m.get("ephemeral")]
    assert (told["text"], told.get("thread_ts")) == ("Gone.", None)


def test_a_word_in_an_archived_channel_is_told_directly(
    chat: SlackChat, people: SandboxClient
) -> None:
    people.change_channel(CHANNEL, archived=True)
    chat.tell(PrivateWord(AUTHOR, CHANNEL, None, "Archived."))
    methods = [call["method"] for call in people.traffic()["calls"] if call["ok"]]
    assert methods[-2:] == ["conversations.open", "chat.postMessage"]


def test_a_word_to_a_deleted_person_is_given_up(chat: SlackChat, people: SandboxClient) -> None:
    people.change_person(AUTHOR, deleted=True)
    with pytest.raises(ChatError) as caught:
        chat.tell(PrivateWord(AUTHOR, CHANNEL, None, "Hello."))
    assert caught.value.permanent


def test_words_mention_people_and_nobody_else(chat: SlackChat, people: SandboxClient) -> None:
    chat.tell(PrivateWord(AUTHOR, CHANNEL, None, f"<@{CLINICIAN}> & <!channel>"))
    (told,) = [m for m in people.messages(CHANNEL, AUTHOR) if m.get("ephemeral")]
    assert told["text"] == f"<@{CLINICIAN}> &amp; &lt;!channel&gt;"


def test_too_many_calls_say_how_long_to_wait(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    people.set_faults(slack={"api_429": 1})
    with pytest.raises(ChatError) as caught:
        chat.draw(draft)
    assert caught.value.retry_after > 0
    assert not caught.value.permanent


def test_an_archived_channel_may_come_back(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    people.change_channel(CHANNEL, archived=True)
    with pytest.raises(ChatError, match="is_archived") as caught:
        chat.draw(draft)
    assert not caught.value.permanent


def test_a_long_history_is_read_to_its_end(
    chat: SlackChat, people: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.chat.PAGE", 2)
    first = people.write(AUTHOR, CHANNEL, "first")
    for number in range(5):
        people.write(AUTHOR, CHANNEL, f"number {number}")
    people.write(AUTHOR, CHANNEL, "a reply", thread_ts=first)
    found = [new.text for new in chat.since(CHANNEL, first)]
    assert found == [f"number {number}" for number in range(5)]


def test_a_long_thread_is_searched_to_its_end(
    chat: SlackChat, people: SandboxClient, draft: DraftCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.chat.PAGE", 2)
    for number in range(4):
        people.write(AUTHOR, CHANNEL, f"reply {number}", thread_ts=draft.source.ts)
    ref = chat.draw(draft)
    assert chat.draw(draft) == ref


def test_a_long_card_is_taken_by_slack(chat: SlackChat, draft: DraftCard) -> None:
    long = card(*("x" * 360 for _ in range(25)), source=draft.source)
    ref = chat.draw(long)
    assert chat.draw(replace(long, card=ref)) == ref


def _not_json() -> None:
    raise ValueError("secret")


def _cut() -> None:
    raise MalformedError("/ts")


@pytest.mark.parametrize("broken", [_not_json, _cut])
def test_an_answer_that_cannot_be_read_may_be_asked_for_again(broken: Callable[[], None]) -> None:
    with pytest.raises(ChatError) as caught, asking():
        broken()
    assert not caught.value.permanent
    assert "secret" not in str(caught.value)


def test_a_local_slack_is_not_reached_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    assert web_client("xoxb-x", "http://127.0.0.1:9/api/").proxy is None
    assert web_client("xoxb-x").proxy == "http://proxy.example:8080"


def test_calls_are_sent_once() -> None:
    assert web_client("xoxb-x").retry_handlers == []


def test_a_card_is_drawn_without_pictures_that_slack_has_no_more(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    file = people.upload(AUTHOR, "a.png", DOT)
    parts = illustrated("A bed.").parts
    pictures = (replace(parts[0].pictures[0], file=file),)
    shown = replace(draft, parts=(replace(parts[0], pictures=pictures),))
    ref = chat.draw(shown)
    assert "image" in kinds(thread(people, draft)[0])
    people.delete_file(AUTHOR, file)
    assert chat.draw(replace(shown, card=ref)) == ref
    (message,) = thread(people, draft)
    assert "image" not in kinds(message)
    assert "A bed." in str(message["blocks"])


def kinds(message: dict[str, Any]) -> list[str]:
    return [block["type"] for block in message["blocks"]]
