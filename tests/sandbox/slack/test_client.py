"""The Python client does what a person at the page does."""

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.client import RefusedError, SandboxClient
from bot.sandbox.slack.workspace import im_id
from tests.sandbox.slack.scenario import ANA, BEN, DRAFTS, OTHER, button
from tests.sandbox.slack.test_bolt import bolt, connected


@pytest.fixture
def app(address: str) -> App:
    return bolt(address)


def test_messages_are_written_changed_unfurled_and_deleted(people: SandboxClient) -> None:
    ts = people.write(ANA, DRAFTS, "see https://nhs.uk")
    reply = people.write(BEN, DRAFTS, "nice", thread_ts=ts)
    people.edit(ANA, DRAFTS, ts, "see https://nhs.uk/flu")
    people.unfurl(DRAFTS, ts)
    people.react(BEN, DRAFTS, ts, "eyes")
    first, second = people.messages(DRAFTS, ANA)
    assert first["text"] == "see <https://nhs.uk/flu>"
    assert (first["reply_count"], len(first["attachments"])) == (1, 1)
    assert first["reactions"] == [{"name": "eyes", "users": [BEN], "count": 1}]
    assert [m["ts"] for m in people.thread(DRAFTS, ts, ANA)] == [second["ts"]] == [reply]
    people.react(BEN, DRAFTS, ts, "eyes")
    assert "reactions" not in people.messages(DRAFTS, ANA)[0]
    people.delete(BEN, DRAFTS, reply)
    people.delete(ANA, DRAFTS, ts)
    assert people.messages(DRAFTS, ANA) == []


def test_what_a_person_cannot_do_is_refused_in_words(people: SandboxClient) -> None:
    ts = people.write(ANA, DRAFTS, "x")
    with pytest.raises(RefusedError, match="no such message"):
        people.react(BEN, DRAFTS, "1.000001", "eyes")
    with pytest.raises(RefusedError, match="no such thread"):
        people.write(BEN, DRAFTS, "x", thread_ts="1.000001")
    with pytest.raises(RefusedError, match="subtypes"):
        people.write(BEN, DRAFTS, "x", subtype="topic")
    with pytest.raises(RefusedError, match="upload each file first"):
        people.write(BEN, DRAFTS, "x", files=["F0NOTHING"])
    with pytest.raises(RefusedError, match="ids of uploaded files"):
        people.write(BEN, DRAFTS, "x", files=[{"name": "a.png"}])
    with pytest.raises(RefusedError, match="is not in"):
        people.write(BEN, im_id(ANA), "x")
    assert [m["ts"] for m in people.messages(DRAFTS, ANA)] == [ts]


def test_home_tabs_and_shortcuts_reach_the_app(
    app: App, address: str, people: SandboxClient
) -> None:
    used: list[str] = []

    @app.event("app_home_opened")
    def opened(event: dict[str, str], client: WebClient) -> None:
        view = {"type": "home", "blocks": [{"type": "actions", "elements": [button("write")]}]}
        client.views_publish(user_id=event["user"], view=view)

    @app.action("write")
    @app.shortcut("compose")
    def compose(ack: Ack, body: dict[str, str]) -> None:
        used.append(body["type"])
        ack()

    names = {"name": "Draft a tweet", "callback_id": "compose"}
    people.install(shortcuts=[names | {"type": reach} for reach in ("global", "message")])
    with connected(app, address):
        assert people.open_home(ANA) is None
        home = people.wait_for(lambda: people.home(ANA))
        assert people.click_in_view(ANA, home["id"], "write") == {"acked": True}
        assert people.shortcut(ANA, "compose") == {"acked": True}
        ts = people.write(BEN, OTHER, "make me a draft")
        assert people.shortcut(ANA, "compose", channel=OTHER, ts=ts) == {"acked": True}
    assert used == ["block_actions", "shortcut", "message_action"]


def test_the_last_of_the_traffic_can_be_asked_for(people: SandboxClient) -> None:
    for number in range(3):
        people.write(ANA, DRAFTS, str(number))
    assert len(people.traffic()["envelopes"]) == 3
    assert people.traffic(last=1)["envelopes"] == people.traffic()["envelopes"][-1:]


def test_x_is_there_too(people: SandboxClient) -> None:
    made = people.tweet_by_hand("2244994945", "by hand")
    assert [tweet["id"] for tweet in people.timeline("2244994945")] == [made]
    assert [tweet["id"] for tweet in people.ledger()["tweets"]] == [made]
