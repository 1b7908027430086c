"""What the bot is told when people write, edit, delete, reply and react."""

from typing import Any

from tests.sandbox.slack.scenario import ANA, BEN, DRAFTS, OTHER, Stage, scenario

Json = dict[str, Any]


@scenario
async def test_a_message_comes_as_text_and_rich_text_in_a_callback(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("Flu *shots* & :tada:")
    envelope = await socket.next()
    payload = envelope["payload"]
    assert (payload["type"], payload["team_id"]) == ("event_callback", "T0CLINIC")
    assert payload["authorizations"][0]["user_id"] == "U0BOT"
    assert payload["event_id"].startswith("Ev")
    assert (envelope["retry_attempt"], envelope["accepts_response_payload"]) == (0, False)
    event = payload["event"]
    assert (event["type"], event["channel"], event["user"]) == ("message", DRAFTS, ANA)
    assert (event["ts"], event["event_ts"], event["channel_type"]) == (ts, ts, "channel")
    assert event["text"] == "Flu *shots* &amp; :tada:"
    assert event["blocks"][0]["type"] == "rich_text"
    assert "client_msg_id" in event
    assert "subtype" not in event


@scenario
async def test_a_mention_of_the_app_comes_as_two_events(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("@Countersign hello")
    message, mention = await socket.event(), await socket.event("app_mention")
    assert message["ts"] == mention["ts"] == ts
    assert mention["text"] == "<@U0BOT> hello"


@scenario
async def test_an_edit_carries_both_texts_and_whole_seconds(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("old")
    await stage.people("PUT", f"slack/messages/{DRAFTS}/{ts}", {"user": ANA, "text": "new"})
    posted, changed = await socket.event(), await socket.event()
    assert posted["text"] == "old"
    assert (changed["subtype"], changed["hidden"]) == ("message_changed", True)
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("new", "old")
    assert (changed["message"]["ts"], changed["message"]["edited"]["user"]) == (ts, ANA)
    assert changed["message"]["edited"]["ts"].endswith(".000000")
    assert changed["event_ts"] == changed["ts"] > ts
    assert "edited" not in changed["previous_message"]


@scenario
async def test_an_edit_that_changes_nothing_is_not_told(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("same *words*")
    edit = {"user": ANA, "text": "same *words*"}
    await stage.people("PUT", f"slack/messages/{DRAFTS}/{ts}", edit)
    await stage.write("next")
    assert [(await socket.event())["text"] for _ in range(2)] == ["same *words*", "next"]


@scenario
async def test_an_unfurl_is_a_change_that_is_no_edit(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("see https://nhs.uk")
    await stage.people("POST", "slack/unfurl", {"channel": DRAFTS, "ts": ts})
    await socket.event()
    changed = await socket.event()
    assert changed["subtype"] == "message_changed"
    assert changed["message"]["text"] == changed["previous_message"]["text"]
    assert changed["message"]["blocks"] == changed["previous_message"]["blocks"]
    assert changed["message"]["attachments"]
    assert "edited" not in changed["message"]


@scenario
async def test_a_reply_changes_the_count_of_its_parent(stage: Stage) -> None:
    socket = await stage.connect()
    parent = await stage.write("parent")
    reply = await stage.write("reply", BEN, thread_ts=parent)
    await socket.event()
    replied, changed = await socket.event(), await socket.event()
    assert (replied["thread_ts"], replied["parent_user_id"], replied["ts"]) == (parent, ANA, reply)
    assert (changed["subtype"], changed["message"]["reply_count"]) == ("message_changed", 1)
    assert changed["message"]["reply_users"] == [BEN]
    assert "edited" not in changed["message"]
    assert "reply_count" not in changed["previous_message"]


@scenario
async def test_a_deleted_message_is_gone_and_told(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("gone")
    await stage.people("DELETE", f"slack/messages/{DRAFTS}/{ts}", {"user": ANA})
    await socket.event()
    deleted = await socket.event()
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)
    assert deleted["previous_message"]["text"] == "gone"
    assert await stage.seen() == []


@scenario
async def test_a_deleted_message_with_replies_leaves_a_tombstone(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("parent")
    await stage.write("reply", BEN, thread_ts=ts)
    await stage.people("DELETE", f"slack/messages/{DRAFTS}/{ts}", {"user": ANA})
    for _ in range(3):
        await socket.event()
    changed = await socket.event()
    assert changed["subtype"] == "message_changed"
    tomb = changed["message"]
    assert (tomb["subtype"], tomb["user"]) == ("tombstone", "USLACKBOT")
    assert (tomb["text"], tomb["hidden"]) == ("This message was deleted.", True)
    assert "blocks" not in tomb
    assert changed["previous_message"]["text"] == "parent"
    first, second = await stage.seen()
    assert (first["deleted"], first["text"]) == (True, "This message was deleted.")
    assert second["text"] == "reply"


@scenario
async def test_a_deleted_reply_lowers_the_count(stage: Stage) -> None:
    parent = await stage.write("parent")
    reply = await stage.write("reply", thread_ts=parent)
    assert (await stage.seen())[0]["reply_count"] == 1
    socket = await stage.connect()
    await stage.people("DELETE", f"slack/messages/{DRAFTS}/{reply}", {"user": ANA})
    deleted, changed = await socket.event(), await socket.event()
    assert (deleted["subtype"], deleted["previous_message"]["thread_ts"]) == (
        "message_deleted",
        parent,
    )
    assert "reply_count" not in changed["message"]


@scenario
async def test_joins_other_bots_and_broadcast_replies_have_their_subtypes(stage: Stage) -> None:
    socket = await stage.connect()
    parent = await stage.write("parent")
    await stage.write("", subtype="channel_join", user=BEN)
    await stage.write("beep", subtype="bot_message")
    await stage.write("also here", thread_ts=parent, subtype="thread_broadcast")
    found = [await socket.event() for _ in range(4)]
    assert [e.get("subtype") for e in found] == [
        None, "channel_join", "bot_message", "thread_broadcast"]  # fmt: skip
    joined, bot, broadcast = found[1:]
    assert joined["text"] == f"<@{BEN}> has joined the channel"
    assert (bot["bot_id"], "user" in bot) == ("B0OTHER", False)
    assert (broadcast["root"]["ts"], broadcast["thread_ts"]) == (parent, parent)
    history = await stage.form("conversations.history", channel=DRAFTS)
    assert history["messages"][0]["subtype"] == "thread_broadcast"


@scenario
async def test_reactions_are_told_and_change_no_text(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("x")
    reaction = {"user": BEN, "channel": DRAFTS, "ts": ts, "name": "eyes"}
    await stage.people("POST", "slack/reactions", reaction)
    event = await socket.event("reaction_added")
    assert (event["user"], event["reaction"], event["item"]["ts"]) == (BEN, "eyes", ts)
    await stage.people("POST", "slack/reactions", reaction)
    assert (await socket.event("reaction_removed"))["item_user"] == ANA


@scenario
async def test_the_bots_own_messages_come_back_with_its_bot_id(stage: Stage) -> None:
    socket = await stage.connect()
    posted = await stage.call("chat.postMessage", channel=DRAFTS, text="hello")
    event = await socket.event()
    assert (event["user"], event["bot_id"], event["app_id"]) == ("U0BOT", "B0BOT", "A0APP")
    assert event["bot_profile"]["id"] == "B0BOT"
    await stage.call("chat.update", channel=DRAFTS, ts=posted["ts"], text="changed")
    assert (await socket.event())["message"]["text"] == "changed"
    await stage.call("chat.delete", channel=DRAFTS, ts=posted["ts"])
    assert (await socket.event())["subtype"] == "message_deleted"


@scenario
async def test_a_bot_that_is_no_member_is_told_nothing_until_it_is_invited(stage: Stage) -> None:
    socket = await stage.connect()
    await stage.people("POST", f"slack/channels/{OTHER}", {"bot_member": False})
    await stage.write("unheard", channel=OTHER)
    await stage.people("POST", f"slack/channels/{OTHER}", {"bot_member": True})
    joined = await socket.event()
    assert (joined["subtype"], joined["user"]) == ("channel_join", "U0BOT")
    assert (await socket.event("member_joined_channel"))["channel"] == OTHER
    await stage.write("heard", channel=OTHER)
    assert (await socket.event())["text"] == "heard"


@scenario
async def test_direct_messages_come_as_im(stage: Stage) -> None:
    socket = await stage.connect()
    await stage.write("hello @Countersign", channel="D0AUTHOR1")
    event = await socket.event()
    assert (event["channel"], event["channel_type"]) == ("D0AUTHOR1", "im")


@scenario
async def test_opening_the_home_tab_is_told_with_the_view_that_is_there(stage: Stage) -> None:
    socket = await stage.connect()
    assert await stage.people("POST", "slack/home", {"user": ANA}) == {}
    first = await socket.event("app_home_opened")
    assert (first["user"], first["tab"], "view" in first) == (ANA, "home", False)
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    published = await stage.call("views.publish", user_id=ANA, view=view)
    shown = await stage.people("POST", "slack/home", {"user": ANA})
    assert shown["view"]["id"] == published["view"]["id"]
    assert (await socket.event("app_home_opened"))["view"]["type"] == "home"


@scenario
async def test_people_can_change_only_what_is_theirs_and_there(stage: Stage) -> None:
    ts = await stage.write("mine")
    path = f"slack/messages/{DRAFTS}/{ts}"
    refused = await stage.people("PUT", path, {"user": BEN, "text": "yours"})
    assert (refused["status"], refused["error"]) == (400, "only your own messages can be changed")
    await stage.people("POST", f"slack/channels/{DRAFTS}", {"archived": True})
    archived = await stage.people("PUT", path, {"user": ANA, "text": "late"})
    assert archived["error"] == "#tweets is archived"
    await stage.people("POST", f"slack/people/{ANA}", {"deleted": True})
    body = {"user": ANA, "channel": OTHER, "text": "x"}
    assert (await stage.people("POST", "slack/messages", body))["status"] == 400
