"""The Web API: wire formats, tokens, scopes, and errors by their names."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.world import APP
from tests.sandbox.slack.scenario import ANA, BEN, DRAFTS, OTHER, Stage, button, scenario

Json = dict[str, Any]
SECTION: list[Json] = [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}]


@scenario
async def test_the_token_stands_in_authorization_alone(stage: Stage) -> None:
    assert (await stage.call("auth.test", token=""))["error"] == "not_authed"
    async with stage.raw("auth.test", "", data={"token": APP.bot_token}) as response:
        assert (await response.json())["error"] == "not_authed"
    assert (await stage.call("auth.test", token="xoxb-other"))["error"] == "invalid_auth"


@scenario
async def test_auth_test_says_who_and_with_which_scopes(stage: Stage) -> None:
    async with stage.raw("auth.test", APP.bot_token) as response:
        answer = await response.json()
        scopes = response.headers["x-oauth-scopes"].split(",")
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (
        "U0BOT",
        "B0BOT",
        "T0CLINIC",
    )
    assert "chat:write" in scopes
    assert "channels:history" in scopes


@scenario
async def test_each_kind_of_token_opens_its_own_doors(stage: Stage) -> None:
    opened = await stage.call("apps.connections.open", APP.app_token)
    assert opened["url"].startswith("ws://127.0.0.1:")
    wrong = "not_allowed_token_type"
    assert (await stage.call("apps.connections.open"))["error"] == wrong
    posted = await stage.call("chat.postMessage", APP.app_token, channel=DRAFTS, text="x")
    assert posted["error"] == wrong


@scenario
async def test_a_method_that_is_not_there_is_unknown(stage: Stage) -> None:
    assert (await stage.call("chat.shout"))["error"] == "unknown_method"


@scenario
async def test_json_and_forms_say_the_same(stage: Stage) -> None:
    by_json = await stage.call("chat.postMessage", channel=DRAFTS, text="one")
    by_form = await stage.form("chat.postMessage", channel=DRAFTS, text="two", blocks="[]")
    assert by_json["ok"]
    assert by_form["ok"]
    assert [m["text"] for m in await stage.seen()] == ["one", "two"]


@scenario
async def test_json_is_not_looked_at_where_slack_takes_forms_alone(stage: Stage) -> None:
    assert (await stage.form("users.info", user=ANA))["ok"]
    assert (await stage.call("users.info", user=ANA))["error"] == "invalid_arguments"


@scenario
async def test_a_body_that_is_no_json_object_is_refused(stage: Stage) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer xoxb-sandbox"}
    url = f"{stage.address}/slack/api/chat.postMessage"
    for body, error in (("{", "invalid_json"), ("[]", "json_not_object")):
        async with stage.session.post(url, data=body, headers=headers) as response:
            assert (await response.json())["error"] == error


@scenario
async def test_unknown_arguments_are_refused_and_team_id_is_not(stage: Stage) -> None:
    misspelt = await stage.call("chat.postMessage", channel=DRAFTS, txt="x", text="x")
    assert misspelt["error"] == "invalid_arguments"
    assert "txt" in misspelt["response_metadata"]["messages"][0]
    bolt = await stage.call("chat.postMessage", channel=DRAFTS, text="x", team_id="T0CLINIC")
    assert bolt["ok"]


@scenario
async def test_a_scope_that_was_not_granted_is_named(stage: Stage) -> None:
    await stage.people("POST", "slack/app", {"scopes": ["users:read"]})
    answer = await stage.call("chat.postMessage", channel=DRAFTS, text="x")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert answer["provided"] == "users:read"
    history = await stage.form("conversations.history", channel=DRAFTS)
    assert (history["error"], history["needed"]) == ("missing_scope", "channels:history")


POSTS: dict[str, tuple[Json, str]] = {
    "no such channel": ({"channel": "C0NOPE", "text": "x"}, "channel_not_found"),
    "nothing to say": ({"channel": DRAFTS}, "no_text"),
    "40,001 characters": ({"channel": DRAFTS, "text": "x" * 40_001}, "msg_too_long"),
    "no such thread": (
        {"channel": DRAFTS, "text": "x", "thread_ts": "1.000001"},
        "thread_not_found",
    ),
    "blocks that Slack refuses": (
        {"channel": DRAFTS, "blocks": [{"type": "section"}]},
        "invalid_blocks",
    ),
    "too much in all blocks": (
        {"channel": DRAFTS, "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 5},
        "msg_blocks_too_long",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_what_cannot_be_posted_is_refused_by_name(name: str) -> None:
    args, error = POSTS[name]

    @scenario
    async def story(stage: Stage) -> None:
        answer = await stage.call("chat.postMessage", **args)
        assert answer["error"] == error
        assert await stage.seen() == []

    story()


@scenario
async def test_refused_blocks_are_pointed_at(stage: Stage) -> None:
    blocks = [*SECTION, {"type": "header", "text": {"type": "plain_text", "text": "h" * 151}}]
    answer = await stage.call("chat.postMessage", channel=DRAFTS, text="x", blocks=blocks)
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    ]
    checked = await stage.call("blocks.validate", blocks=blocks)
    assert [e["pointer"] for e in checked["errors"]] == ["/blocks/1/text/text"]


@scenario
async def test_blocks_without_ids_get_some(stage: Stage) -> None:
    nameless = button() | {"action_id": None}
    del nameless["action_id"]
    blocks = [{"type": "actions", "elements": [nameless]}, {"type": "divider"}]
    posted = await stage.call("chat.postMessage", channel=DRAFTS, text="x", blocks=blocks)
    stored = posted["message"]["blocks"]
    assert all(block["block_id"] for block in stored)
    assert stored[0]["elements"][0]["action_id"]


@scenario
async def test_the_bot_writes_only_where_it_is_a_member_and_the_channel_is_open(
    stage: Stage,
) -> None:
    await stage.people("POST", f"slack/channels/{OTHER}", {"bot_member": False})
    await stage.people("POST", f"slack/channels/{DRAFTS}", {"archived": True})
    for channel, error in ((OTHER, "not_in_channel"), (DRAFTS, "is_archived")):
        answer = await stage.call("chat.postMessage", channel=channel, text="x")
        assert answer["error"] == error
        shown = await stage.call("chat.postEphemeral", channel=channel, user=ANA, text="x")
        assert shown["error"] == error
    history = await stage.form("conversations.history", channel=OTHER)
    assert history["error"] == "not_in_channel"


@scenario
async def test_the_bot_changes_and_deletes_its_own_messages_alone(stage: Stage) -> None:
    theirs = await stage.write("mine")
    changed = await stage.call("chat.update", channel=DRAFTS, ts=theirs, text="x")
    deleted = await stage.call("chat.delete", channel=DRAFTS, ts=theirs)
    missing = await stage.call("chat.update", channel=DRAFTS, ts="1.000001", text="x")
    assert changed["error"] == "cant_update_message"
    assert deleted["error"] == "cant_delete_message"
    assert missing["error"] == "message_not_found"


@scenario
async def test_an_update_replaces_text_and_blocks(stage: Stage) -> None:
    ts = await stage.post(button())
    answer = await stage.call("chat.update", channel=DRAFTS, ts=ts, text="done", blocks=SECTION)
    assert (answer["ts"], answer["text"]) == (ts, "done")
    (card,) = await stage.seen()
    assert [block["type"] for block in card["blocks"]] == ["section"]
    await stage.call("chat.update", channel=DRAFTS, ts=ts, text="bare")
    assert (await stage.seen())[0]["blocks"] == []


@scenario
async def test_one_person_sees_an_ephemeral_message(stage: Stage) -> None:
    answer = await stage.call("chat.postEphemeral", channel=DRAFTS, user=ANA, text="psst")
    assert answer["message_ts"]
    assert [(m["text"], m["ephemeral"]) for m in await stage.seen(user=ANA)] == [("psst", True)]
    assert await stage.seen(user=BEN) == []
    changed = await stage.call("chat.update", channel=DRAFTS, ts=answer["message_ts"], text="x")
    assert changed["error"] == "message_not_found"
    nobody = await stage.call("chat.postEphemeral", channel=DRAFTS, user="U0NOPE", text="x")
    assert nobody["error"] == "user_not_in_channel"


@scenario
async def test_a_permalink_names_team_channel_and_message(stage: Stage) -> None:
    ts = await stage.write("hello")
    answer = await stage.form("chat.getPermalink", channel=DRAFTS, message_ts=ts)
    expected = f"https://riverside-clinic.slack.com/archives/{DRAFTS}/p{ts.replace('.', '')}"
    assert answer["permalink"] == expected


@scenario
async def test_history_is_what_stands_there_now(stage: Stage) -> None:
    kept, edited, parent = [await stage.write(text) for text in ("kept", "old", "parent")]
    await stage.write("reply", thread_ts=parent)
    gone = await stage.write("gone")
    await stage.people("PUT", f"slack/messages/{DRAFTS}/{edited}", {"user": ANA, "text": "new"})
    for ts in (parent, gone):
        await stage.people("DELETE", f"slack/messages/{DRAFTS}/{ts}", {"user": ANA})
    history = await stage.form("conversations.history", channel=DRAFTS)
    assert [m["text"] for m in history["messages"]] == ["This message was deleted.", "new", "kept"]
    assert history["messages"][0]["subtype"] == "tombstone"
    assert history["messages"][1]["edited"]["user"] == ANA
    since = await stage.form("conversations.history", channel=DRAFTS, oldest=kept)
    assert [m["ts"] for m in since["messages"]] == [parent, edited]
    including = {"oldest": kept, "latest": edited, "inclusive": "1"}
    both = await stage.form("conversations.history", channel=DRAFTS, **including)
    assert [m["ts"] for m in both["messages"]] == [edited, kept]
    thread = await stage.form("conversations.replies", channel=DRAFTS, ts=parent)
    assert [m["text"] for m in thread["messages"]] == ["This message was deleted.", "reply"]


@scenario
async def test_long_answers_come_in_pages(stage: Stage) -> None:
    written = [await stage.write(str(n)) for n in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = await stage.form("conversations.history", channel=DRAFTS, limit="2", cursor=cursor)
        seen += [m["ts"] for m in page["messages"]]
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]
    assert seen == written[::-1]
    assert "response_metadata" not in page
    wrong = await stage.form("conversations.history", channel=DRAFTS, cursor="nonsense")
    assert wrong["error"] == "invalid_cursor"
    limit = await stage.form("conversations.history", channel=DRAFTS, limit="1000")
    assert limit["error"] == "invalid_limit"
    oldest = await stage.form("conversations.history", channel=DRAFTS, oldest="monday")
    assert oldest["error"] == "invalid_ts_oldest"


@scenario
async def test_people_have_zones_and_may_have_left(stage: Stage) -> None:
    await stage.people("POST", f"slack/people/{BEN}", {"deleted": True})
    ana = (await stage.form("users.info", user=ANA))["user"]
    ben = (await stage.form("users.info", user=BEN))["user"]
    assert (ana["tz"], ana["tz_offset"] in (3600, 7200)) == ("Europe/Madrid", True)
    assert (ana["deleted"], ben["deleted"]) == (False, True)
    assert (await stage.form("users.info", user="U0NOPE"))["error"] == "user_not_found"
    people = (await stage.form("users.list"))["members"]
    assert {ANA, BEN, "U0BOT", "U0CROWD99"} <= {one["id"] for one in people}


@scenario
async def test_groups_need_another_plan_and_the_team_another_scope(stage: Stage) -> None:
    listed = await stage.form("usergroups.list")
    members = await stage.form("usergroups.users.list", usergroup="S1")
    assert {listed["error"], members["error"]} == {"plan_upgrade_required"}
    assert (await stage.form("team.info"))["needed"] == "team:read"
    assert (await stage.form("bots.info", bot="B0BOT"))["bot"]["user_id"] == "U0BOT"


@scenario
async def test_channels_and_their_members_can_be_read(stage: Stage) -> None:
    info = (await stage.form("conversations.info", channel=DRAFTS))["channel"]
    assert (info["name"], info["is_member"], info["is_archived"]) == ("tweets", True, False)
    listed = await stage.form("conversations.list", limit="1")
    assert [c["id"] for c in listed["channels"]] == [DRAFTS]
    assert listed["response_metadata"]["next_cursor"]
    members = await stage.form("conversations.members", channel=DRAFTS, limit="1000")
    assert {ANA, "U0BOT"} <= set(members["members"])
    missing = await stage.form("conversations.info", channel="C0NOPE")
    assert missing["error"] == "channel_not_found"


@scenario
async def test_a_person_can_be_written_to_directly(stage: Stage) -> None:
    opened = await stage.form("conversations.open", users=ANA)
    posted = await stage.call("chat.postMessage", channel=ANA, text="hello")
    assert posted["channel"] == opened["channel"]["id"] == "D0AUTHOR1"
    assert [m["text"] for m in await stage.seen("D0AUTHOR1")] == ["hello"]
    await stage.people("POST", f"slack/people/{BEN}", {"deleted": True})
    assert (await stage.form("conversations.open", users=BEN))["error"] == "user_disabled"


@scenario
async def test_reactions_are_added_once(stage: Stage) -> None:
    where = {"channel": DRAFTS, "timestamp": await stage.write("x"), "name": "eyes"}
    assert (await stage.call("reactions.add", **where))["ok"]
    assert (await stage.call("reactions.add", **where))["error"] == "already_reacted"
    assert (await stage.call("reactions.remove", **where))["ok"]
    assert (await stage.call("reactions.remove", **where))["error"] == "no_reaction"


@scenario
async def test_the_next_calls_are_rate_limited_as_many_as_the_knob_says(stage: Stage) -> None:
    await stage.knobs(api_429=1, api_429_method="chat.postMessage")
    assert (await stage.call("auth.test"))["ok"]
    args = {"json": {"channel": DRAFTS, "text": "x"}}
    async with stage.raw("chat.postMessage", APP.bot_token, **args) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "1")
        assert (await response.json())["error"] == "ratelimited"
    async with stage.raw("chat.postMessage", APP.bot_token, **args) as response:
        assert response.status == 200


@scenario
async def test_a_lost_answer_comes_after_the_effect(stage: Stage) -> None:
    await stage.knobs(api_lose_answer=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await stage.call("chat.postMessage", channel=DRAFTS, text="once")
    assert [m["text"] for m in await stage.seen()] == ["once"]
    assert (await stage.call("auth.test"))["ok"]


@scenario
async def test_a_slack_that_is_down_resets_every_call(stage: Stage) -> None:
    await stage.knobs(api_down=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await stage.call("chat.postMessage", channel=DRAFTS, text="never")
    await stage.knobs(api_down=False)
    assert await stage.seen() == []


@scenario
async def test_a_slow_slack_answers_later(stage: Stage) -> None:
    await stage.knobs(api_delay_s=0.2)
    started = asyncio.get_running_loop().time()
    assert (await stage.call("auth.test"))["ok"]
    assert asyncio.get_running_loop().time() - started >= 0.2


@scenario
async def test_calls_are_logged_by_name_and_outcome_without_their_content(stage: Stage) -> None:
    await stage.call("chat.postMessage", channel=DRAFTS, text="secret draft")
    await stage.call("chat.postMessage", channel="C0NOPE", text="secret draft")
    traffic = await stage.people("GET", "slack/traffic")
    first, second = traffic["calls"]
    assert (first["method"], first["ok"]) == ("chat.postMessage", True)
    assert (second["ok"], second["error"]) == (False, "channel_not_found")
    assert "secret" not in str(traffic)
