"""Clicks, modals, commands and shortcuts: what the bot gets, and what its ack does."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.slack.scenario import (
    ANA,
    BEN,
    DRAFTS,
    Socket,
    Stage,
    button,
    field_block,
    modal,
    scenario,
)

Json = dict[str, Any]
SECTION: list[Json] = [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}]


async def opened(stage: Stage, socket: Socket, view: Json | None = None) -> Json:
    """Open a modal for Ana by a command of hers."""
    trigger = await stage.trigger(socket)
    answer = await stage.call("views.open", trigger_id=trigger, view=view or modal())
    assert answer["ok"], answer
    shown: Json = answer["view"]
    return shown


def submit(stage: Stage, view: Json, user: str = ANA, **values: Any) -> asyncio.Task[Json]:
    body = {"user": user, "values": values}
    path = f"slack/views/{view['id']}/submit"
    return asyncio.create_task(stage.people("POST", path, body))


async def stack(stage: Stage) -> list[str]:
    views = (await stage.people("GET", f"slack/views?user={ANA}"))["views"]
    return [view["id"] for view in views]


@scenario
async def test_a_click_on_a_message_says_where_and_what(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.post(button())
    clicking = stage.click(ts, "approve")
    envelope = await socket.next("interactive")
    click = envelope["payload"]
    assert (click["type"], click["user"]["id"]) == ("block_actions", ANA)
    where = {"type": "message", "message_ts": ts, "channel_id": DRAFTS, "is_ephemeral": False}
    assert click["container"] == where
    assert (click["channel"]["id"], click["message"]["ts"]) == (DRAFTS, ts)
    assert click["response_url"].startswith(f"{stage.address}/slack/response/")
    (action,) = click["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("approve", "card", "17/3")
    assert (action["type"], "trigger_id" in click) == ("button", True)
    await socket.ack(envelope)
    assert await clicking == {"acked": True}


@scenario
async def test_a_click_that_is_not_acknowledged_is_an_error_and_comes_once(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.05, redelivery_s=[0.01])
    socket = await stage.connect()
    clicking = stage.click(await stage.post(button()), "approve")
    await socket.next("interactive")
    answer = await clicking
    assert (answer["acked"], "Try again" in answer["error"]) == (False, True)
    traffic = await stage.people("GET", "slack/traffic")
    (row,) = [row for row in traffic["envelopes"] if row["type"] == "interactive"]
    assert len(row["sent"]) == 1


@scenario
async def test_people_click_only_what_they_see(stage: Stage) -> None:
    ts = await stage.post(button(), button("reject"))
    for body in ({"action_id": "publish"}, {"action_id": "approve", "ts": "1.000001"},
                 {"action_id": "approve", "channel": "C0NOPE"},
                 {"action_id": "approve", "user": "U0NOPE"},
                 {"action_id": "approve", "stale": True}, {"action_id": 5}):  # fmt: skip
        whole = {"user": ANA, "channel": DRAFTS, "ts": ts, **body}
        answer = await stage.people("POST", "slack/actions", whole)
        assert answer["status"] == 400, body
        assert answer["error"]


@scenario
async def test_a_stale_click_carries_the_message_as_it_was(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.post(button(value="17/3"))
    fresh = [{"type": "actions", "block_id": "card", "elements": [button(value="17/4")]}]
    await stage.call("chat.update", channel=DRAFTS, ts=ts, text="card", blocks=fresh)
    clicking = stage.click(ts, "approve", stale=True)
    envelope = await socket.next("interactive")
    await socket.ack(envelope)
    await clicking
    assert envelope["payload"]["actions"][0]["value"] == "17/3"
    assert envelope["payload"]["message"]["blocks"][0]["elements"][0]["value"] == "17/3"


@scenario
async def test_a_click_on_an_ephemeral_message_has_no_message(stage: Stage) -> None:
    socket = await stage.connect()
    blocks = [{"type": "actions", "elements": [button()]}]
    shown = await stage.call(
        "chat.postEphemeral", channel=DRAFTS, user=ANA, text="x", blocks=blocks
    )
    clicking = stage.click(shown["message_ts"], "approve")
    envelope = await socket.next("interactive")
    await socket.ack(envelope)
    await clicking
    assert envelope["payload"]["container"]["is_ephemeral"] is True
    assert "message" not in envelope["payload"]
    other = await stage.click(shown["message_ts"], "approve", BEN)
    assert other["status"] == 400


PICKED: dict[str, tuple[Json, Any, Json]] = {
    "static_select": (
        {"options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}]},
        "a",
        {"selected_option": {"text": {"type": "plain_text", "text": "A"}, "value": "a"}},
    ),
    "users_select": ({}, BEN, {"selected_user": BEN}),
    "datepicker": ({}, "2026-12-24", {"selected_date": "2026-12-24"}),
    "timepicker": ({}, "09:30", {"selected_time": "09:30"}),
    "datetimepicker": ({}, 1_800_000_000, {"selected_date_time": 1_800_000_000}),
    "checkboxes": (
        {"options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}]},
        ["a"],
        {"selected_options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}]},
    ),
}


@pytest.mark.parametrize("kind", PICKED)
def test_what_is_picked_in_a_message_is_in_action_and_state(kind: str) -> None:
    more, value, expected = PICKED[kind]

    @scenario
    async def story(stage: Stage) -> None:
        socket = await stage.connect()
        ts = await stage.post({"type": kind, "action_id": "pick", **more})
        clicking = stage.click(ts, "pick", value=value)
        envelope = await socket.next("interactive")
        await socket.ack(envelope)
        await clicking
        (action,) = envelope["payload"]["actions"]
        assert action | expected == action
        state = envelope["payload"]["state"]["values"]
        assert state == {"card": {"pick": {"type": kind} | expected}}
        wrong = await stage.click(ts, "pick", value={"no": "such"})
        assert wrong["status"] == 400

    story()


@scenario
async def test_a_trigger_opens_one_modal(stage: Stage) -> None:
    socket = await stage.connect()
    trigger = await stage.trigger(socket)
    assert (await stage.call("views.open", trigger_id=trigger, view=modal()))["ok"]
    again = await stage.call("views.open", trigger_id=trigger, view=modal())
    assert again["error"] == "exchanged_trigger_id"
    unknown = await stage.call("views.open", trigger_id="1.2.3", view=modal())
    assert unknown["error"] == "invalid_trigger_id"


@scenario
async def test_a_trigger_lives_three_seconds(stage: Stage) -> None:
    socket = await stage.connect()
    early, late = await stage.trigger(socket), await stage.trigger(socket)
    await stage.people("POST", "slack/clock", {"move_s": 1.0})
    assert (await stage.call("views.open", trigger_id=early, view=modal()))["ok"]
    await stage.people("POST", "slack/clock", {"move_s": 2.1})
    answer = await stage.call("views.open", trigger_id=late, view=modal())
    assert answer["error"] == "expired_trigger_id"


@scenario
async def test_a_refused_view_leaves_the_trigger_good(stage: Stage) -> None:
    socket = await stage.connect()
    trigger = await stage.trigger(socket)
    bad = modal(title={"type": "plain_text", "text": "t" * 25})
    refused = await stage.call("views.open", trigger_id=trigger, view=bad)
    assert refused["error"] == "invalid_arguments"
    assert "/view/title/text" in refused["response_metadata"]["messages"][0]
    assert (await stage.call("views.open", trigger_id=trigger, view=modal()))["ok"]


@scenario
async def test_a_modal_has_everything_that_slack_adds(stage: Stage) -> None:
    socket = await stage.connect()
    nameless = field_block(optional=True)
    del nameless["block_id"]
    view = await opened(stage, socket, modal(nameless, private_metadata="17/3"))
    assert view["id"] == view["root_view_id"]
    assert (view["previous_view_id"], view["private_metadata"]) == (None, "17/3")
    assert view["hash"]
    assert (view["app_id"], view["bot_id"], view["team_id"]) == ("A0APP", "B0BOT", "T0CLINIC")
    block_id = view["blocks"][0]["block_id"]
    expected = {block_id: {"reason": {"type": "plain_text_input", "value": None}}}
    assert view["state"]["values"] == expected
    assert await stack(stage) == [view["id"]]


EMPTY: dict[str, tuple[Json, Json]] = {
    "plain_text_input": ({}, {"value": None}),
    "datetimepicker": ({}, {"selected_date_time": None}),
    "users_select": ({}, {"selected_user": None}),
    "multi_users_select": ({}, {"selected_users": []}),
    "checkboxes": (
        {"options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}]},
        {"selected_options": []},
    ),
    "file_input": ({}, {"files": []}),
}


@scenario
async def test_every_input_is_in_the_state_empty_ones_too(stage: Stage) -> None:
    socket = await stage.connect()
    label = {"type": "plain_text", "text": "L"}
    blocks = [
        {"type": "input", "block_id": kind, "label": label, "optional": True,
         "element": {"type": kind, "action_id": "a", **more}}
        for kind, (more, _) in EMPTY.items()
    ]  # fmt: skip
    view = await opened(stage, socket, modal(*blocks))
    submitting = submit(stage, view)
    envelope = await socket.next("interactive")
    await socket.ack(envelope)
    assert await submitting == {"acked": True}
    values = envelope["payload"]["view"]["state"]["values"]
    assert values == {k: {"a": {"type": k, **empty}} for k, (_, empty) in EMPTY.items()}


@scenario
async def test_a_submitted_modal_closes_when_it_is_acknowledged(stage: Stage) -> None:
    socket = await stage.connect()
    view = await opened(stage, socket)
    submitting = submit(stage, view, why={"reason": "not true"})
    envelope = await socket.next("interactive")
    payload = envelope["payload"]
    assert (payload["type"], envelope["accepts_response_payload"]) == ("view_submission", True)
    assert payload["view"]["state"]["values"]["why"]["reason"]["value"] == "not true"
    assert payload["view"]["callback_id"] == "reject"
    assert "channel" not in payload
    await socket.ack(envelope)
    assert await submitting == {"acked": True}
    assert await stack(stage) == []


@scenario
async def test_a_submitted_modal_stays_when_nobody_acknowledges(stage: Stage) -> None:
    socket = await stage.connect()
    view = await opened(stage, socket)
    await stage.knobs(ack_window_s=0.1)
    submitting = submit(stage, view, why={"reason": "x"})
    await socket.next("interactive")
    answer = await submitting
    assert (answer["acked"], bool(answer["error"])) == (False, True)
    assert await stack(stage) == [view["id"]]


@scenario
async def test_an_empty_required_field_does_not_reach_the_bot(stage: Stage) -> None:
    socket = await stage.connect()
    view = await opened(stage, socket)
    answer = await submit(stage, view)
    assert answer == {"acked": False, "errors": {"why": "Please fill this in."}}
    unknown = await submit(stage, view, elsewhere={"reason": "x"})
    assert unknown["status"] == 400


@scenario
async def test_the_ack_may_say_what_is_wrong_with_a_field(stage: Stage) -> None:
    socket = await stage.connect()
    view = await opened(stage, socket)
    for errors, expected in (
        ({"why": "Too short."}, {"acked": True, "errors": {"why": "Too short."}}),
        ({"nowhere": "Lost."}, None),
        ({}, None),
    ):
        submitting = submit(stage, view, why={"reason": "x"})
        envelope = await socket.next("interactive")
        await socket.ack(envelope, {"response_action": "errors", "errors": errors})
        answer = await submitting
        assert answer == expected or "invalid_errors" in answer["error"]
    assert await stack(stage) == [view["id"]]


@scenario
async def test_the_ack_may_push_update_and_clear(stage: Stage) -> None:
    socket = await stage.connect()
    first = await opened(stage, socket)

    async def answered(view: Json, payload: Json) -> Json:
        submitting = submit(stage, view, why={"reason": "x"})
        await socket.ack(await socket.next("interactive"), payload)
        return await submitting

    assert await answered(first, {"response_action": "push", "view": modal()}) == {"acked": True}
    views = (await stage.people("GET", f"slack/views?user={ANA}"))["views"]
    second = views[1]
    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    below = await submit(stage, first, why={"reason": "x"})
    assert below["error"] == "this view is not the one on top any more"
    changed = modal(field_block(optional=True), callback_id="other")
    assert await answered(second, {"response_action": "update", "view": changed}) == {"acked": True}
    views = (await stage.people("GET", f"slack/views?user={ANA}"))["views"]
    assert [view["callback_id"] for view in views] == ["reject", "other"]
    bad = await answered(second, {"response_action": "update", "view": {"type": "modal"}})
    assert "invalid_arguments" in bad["error"]
    assert await answered(second, {"response_action": "clear"}) == {"acked": True}
    assert await stack(stage) == []


@scenario
async def test_three_modals_are_the_most(stage: Stage) -> None:
    socket = await stage.connect()
    view = await opened(stage, socket, modal({"type": "actions", "elements": [button("more")]}))

    async def pushed(onto: str) -> Json:
        body = {"user": ANA, "view_id": onto, "action_id": "more"}
        clicking = asyncio.create_task(stage.people("POST", "slack/actions", body))
        envelope = await socket.next("interactive")
        await socket.ack(envelope)
        assert await clicking == {"acked": True}
        click = envelope["payload"]
        assert click["container"] == {"type": "view", "view_id": onto}
        assert not {"channel", "message", "response_url"} & click.keys()
        more = modal({"type": "actions", "elements": [button("more")]})
        return await stage.call("views.push", trigger_id=click["trigger_id"], view=more)

    second = (await pushed(view["id"]))["view"]
    third = (await pushed(second["id"]))["view"]
    assert (await pushed(third["id"]))["error"] == "push_limit_reached"
    assert await stack(stage) == [view["id"], second["id"], third["id"]]
    outside = await stage.trigger(socket)
    assert await stack(stage) == []  # whoever types a command has left the modals
    assert (await stage.call("views.push", trigger_id=outside, view=modal()))[
        "error"
    ] == "not_found"


@scenario
async def test_an_update_with_a_stale_hash_is_a_conflict(stage: Stage) -> None:
    socket = await stage.connect()
    view = await opened(stage, socket)
    fresh = {"view_id": view["id"], "view": modal(callback_id="two")}
    assert (await stage.call("views.update", hash=view["hash"], **fresh))["ok"]
    stale = await stage.call("views.update", hash=view["hash"], **fresh)
    assert stale["error"] == "hash_conflict"
    missing = await stage.call("views.update", view_id="V0NOPE", view=modal())
    assert missing["error"] == "not_found"


@scenario
async def test_what_was_filled_in_survives_an_update_of_the_view(stage: Stage) -> None:
    socket = await stage.connect()
    pick = {"type": "datepicker", "action_id": "day"}
    block = {"type": "actions", "block_id": "when", "elements": [pick]}
    view = await opened(stage, socket, modal(block, field_block(optional=True)))
    body = {"user": ANA, "view_id": view["id"], "action_id": "day", "value": "2026-12-24"}
    clicking = asyncio.create_task(stage.people("POST", "slack/actions", body))
    await socket.ack(await socket.next("interactive"))
    await clicking
    kept = await stage.call("views.update", view_id=view["id"], view=modal(block))
    chosen = {"type": "datepicker", "selected_date": "2026-12-24"}
    assert kept["view"]["state"]["values"] == {"when": {"day": chosen}}


@scenario
async def test_closing_is_told_only_where_the_view_asks_for_it(stage: Stage) -> None:
    socket = await stage.connect()
    silent = await opened(stage, socket)
    await stage.people("POST", f"slack/views/{silent['id']}/close", {"user": ANA})
    loud = await opened(stage, socket, modal(notify_on_close=True, private_metadata="17"))
    await stage.people("POST", f"slack/views/{loud['id']}/close", {"user": ANA})
    envelope = await socket.next("interactive")
    assert envelope["payload"]["type"] == "view_closed"
    assert envelope["payload"]["is_cleared"] is False
    assert envelope["payload"]["view"]["private_metadata"] == "17"
    assert await stack(stage) == []
    again = await stage.people("POST", f"slack/views/{loud['id']}/close", {"user": ANA})
    assert again["status"] == 400


@scenario
async def test_an_external_id_names_one_view(stage: Stage) -> None:
    socket = await stage.connect()
    await opened(stage, socket, modal(external_id="draft-17"))
    by_name: Json = {"external_id": "draft-17", "view": modal(external_id="draft-17")}
    assert (await stage.call("views.update", **by_name))["ok"]
    home = {"type": "home", "blocks": SECTION, "external_id": "draft-17"}
    taken = await stage.call("views.publish", user_id=BEN, view=home)
    assert taken["error"] == "duplicate_external_id"


@scenario
async def test_a_home_tab_has_a_hash_and_buttons(stage: Stage) -> None:
    socket = await stage.connect()
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button()]}]}
    view = (await stage.call("views.publish", user_id=ANA, view=home))["view"]
    body = {"user": ANA, "view_id": view["id"], "action_id": "approve"}
    clicking = asyncio.create_task(stage.people("POST", "slack/actions", body))
    envelope = await socket.next("interactive")
    await socket.ack(envelope)
    await clicking
    assert envelope["payload"]["view"]["type"] == "home"
    stale = await stage.call("views.publish", user_id=ANA, view=home, hash="0.old")
    assert stale["error"] == "hash_conflict"
    shown = await stage.people("GET", f"slack/home?user={ANA}")
    assert shown["view"]["id"] == view["id"]


@scenario
async def test_a_command_is_flat_and_its_ack_may_speak(stage: Stage) -> None:
    socket = await stage.connect()
    body = {"user": ANA, "channel": DRAFTS, "command": "/tweet", "text": "pause now"}
    asking = asyncio.create_task(stage.people("POST", "slack/commands", body))
    envelope = await socket.next("slash_commands")
    payload = envelope["payload"]
    assert (payload["command"], payload["text"]) == ("/tweet", "pause now")
    assert (payload["user_id"], payload["channel_id"], payload["team_domain"]) == (
        ANA, DRAFTS, "riverside-clinic")  # fmt: skip
    assert {"trigger_id", "response_url", "api_app_id"} <= payload.keys()
    await socket.ack(envelope, {"text": "Paused."})
    assert await asking == {"acked": True, "text": "Paused."}
    assert [(m["text"], m["ephemeral"]) for m in await stage.seen()] == [("Paused.", True)]
    assert await stage.seen(user=BEN) == []


@scenario
async def test_people_who_are_named_in_a_command_come_with_their_ids(stage: Stage) -> None:
    socket = await stage.connect()
    text = "away until Friday, @Ben Okafor covers, not @nobody or a@ben.example"
    body = {"user": ANA, "channel": DRAFTS, "command": "/tweet", "text": text}
    asking = asyncio.create_task(stage.people("POST", "slack/commands", body))
    envelope = await socket.next("slash_commands")
    assert envelope["payload"]["text"] == (
        "away until Friday, <@U0AUTHOR2|Ben Okafor> covers, not @nobody or a@ben.example"
    )
    await socket.ack(envelope)
    assert (await asking)["acked"]


@scenario
async def test_a_command_that_nobody_answers_says_so(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.05)
    socket = await stage.connect()
    body = {"user": ANA, "channel": DRAFTS, "command": "/tweet", "text": ""}
    asking = asyncio.create_task(stage.people("POST", "slack/commands", body))
    await socket.next("slash_commands")
    answer = await asking
    assert answer["acked"] is False
    assert answer["error"].startswith("/tweet")


COMPOSE = [
    {"name": "Draft a tweet", "type": reach, "callback_id": "compose"}
    for reach in ("global", "message")
]


@scenario
async def test_shortcuts_come_with_a_message_or_without(stage: Stage) -> None:
    socket = await stage.connect()
    ts = await stage.write("make me a draft")
    await stage.people("POST", "slack/app", {"shortcuts": COMPOSE})

    async def used(**where: str) -> Json:
        body = {"user": ANA, "callback_id": "compose", **where}
        asking = asyncio.create_task(stage.people("POST", "slack/shortcuts", body))
        envelope = await socket.next("interactive")
        await socket.ack(envelope)
        assert await asking == {"acked": True}
        payload: Json = envelope["payload"]
        return payload

    on_message = await used(channel=DRAFTS, ts=ts)
    assert (on_message["type"], on_message["message_ts"]) == ("message_action", ts)
    assert on_message["message"]["text"] == "make me a draft"
    everywhere = await used()
    assert (everywhere["type"], everywhere["callback_id"]) == ("shortcut", "compose")
    assert not {"channel", "message"} & everywhere.keys()


class TestResponseUrls:
    """An address that answers one interaction."""

    @staticmethod
    async def url(stage: Stage, socket: Socket, ts: str) -> str:
        clicking = stage.click(ts, "approve")
        envelope = await socket.next("interactive")
        await socket.ack(envelope)
        await clicking
        return str(envelope["payload"]["response_url"])

    @staticmethod
    async def post(stage: Stage, url: str, **answer: Any) -> tuple[int, str]:
        async with stage.session.post(url, json=answer) as response:
            return response.status, await response.text()

    def test_it_answers_one_person_or_everybody(self) -> None:
        @scenario
        async def story(stage: Stage) -> None:
            socket = await stage.connect()
            url = await self.url(stage, socket, await stage.post(button()))
            assert await self.post(stage, url, text="for you") == (200, "ok")
            assert await self.post(stage, url, text="for all", response_type="in_channel") == (
                200, "ok")  # fmt: skip
            event = await socket.event()
            assert (event["subtype"], event["bot_id"]) == ("bot_message", "B0BOT")
            assert "user" not in event
            assert [m["text"] for m in await stage.seen(user=BEN)] == ["card", "for all"]
            assert [m["text"] for m in await stage.seen()] == ["card", "for you", "for all"]

        story()

    def test_it_replaces_and_deletes_the_original(self) -> None:
        @scenario
        async def story(stage: Stage) -> None:
            socket = await stage.connect()
            url = await self.url(stage, socket, await stage.post(button()))
            await self.post(stage, url, replace_original=True, text="done")
            assert [m["text"] for m in await stage.seen()] == ["done"]
            await self.post(stage, url, delete_original=True)
            assert await stage.seen() == []
            status, _ = await self.post(stage, url, delete_original=True)
            assert status == 400

        story()

    def test_it_is_good_five_times(self) -> None:
        @scenario
        async def story(stage: Stage) -> None:
            socket = await stage.connect()
            url = await self.url(stage, socket, await stage.post(button()))
            answers = [await self.post(stage, url, text=str(n)) for n in range(6)]
            assert [status for status, _ in answers] == [200] * 5 + [404]
            assert "used_url" in answers[-1][1]

        story()

    def test_it_is_good_for_half_an_hour(self) -> None:
        @scenario
        async def story(stage: Stage) -> None:
            socket = await stage.connect()
            url = await self.url(stage, socket, await stage.post(button()))
            await stage.people("POST", "slack/clock", {"move_s": 29 * 60})
            assert (await self.post(stage, url, text="in time"))[0] == 200
            await stage.people("POST", "slack/clock", {"move_s": 60})
            status, words = await self.post(stage, url, text="too late")
            assert (status, "expired_url" in words) == (404, True)

        story()

    def test_refused_content_costs_no_use(self) -> None:
        @scenario
        async def story(stage: Stage) -> None:
            socket = await stage.connect()
            url = await self.url(stage, socket, await stage.post(button()))
            for _ in range(6):
                status, words = await self.post(stage, url, blocks=[{"type": "nope"}])
                assert (status, "invalid_blocks" in words) == (400, True)
            assert (await self.post(stage, url, text="still good"))[0] == 200

        story()
