"""Files in the local Slack: uploaded, shared by messages, fetched with the bot's token."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
import requests
from slack_bolt import Ack
from slack_sdk import WebClient

from bot.sandbox.client import RefusedError, SandboxClient
from bot.sandbox.slack import routes_files
from bot.sandbox.slack.files import LOGIN_PAGE
from bot.sandbox.slack.states import LARGEST_PICKED
from bot.sandbox.world import APP
from tests.pictures import DOT, jpeg
from tests.sandbox.slack.scenario import ANA, BEN, DRAFTS, Json, Stage, button, modal, scenario
from tests.sandbox.slack.test_bolt import bolt, connected
from tests.sandbox.slack.test_interactions import opened, submit

BEARER = {"Authorization": f"Bearer {APP.bot_token}"}


async def uploaded(stage: Stage, raw: bytes = DOT, name: str = "flu.png", user: str = ANA) -> str:
    url = f"{stage.address}/sandbox/slack/files?user={user}&name={name}"
    async with stage.session.post(url, data=BytesIO(raw)) as response:
        return str((await response.json())["id"])


async def fetched(stage: Stage, url: str, **headers: str) -> tuple[int, str, bytes]:
    async with stage.session.get(url, headers=headers) as response:
        return response.status, response.content_type, await response.read()


@scenario
async def test_files_come_with_the_message_that_shares_them(stage: Stage) -> None:
    socket = await stage.connect()
    await stage.write("look", files=[await uploaded(stage)])
    event = await socket.event()
    assert event["subtype"] == "file_share"
    (file,) = event["files"]
    assert (file["name"], file["filetype"], file["size"]) == ("flu.png", "png", len(DOT))
    assert (file["mimetype"], file["mode"], file["is_external"]) == ("image/png", "hosted", False)
    assert (await stage.form("files.info", file=file["id"]))["file"] == file
    (seen,) = await stage.seen()
    assert seen["files"] == [file]


@scenario
async def test_only_the_bots_token_opens_a_file_all_others_get_a_login_page(stage: Stage) -> None:
    file = (await stage.form("files.info", file=await uploaded(stage)))["file"]
    url = file["url_private_download"]
    assert await fetched(stage, url, **BEARER) == (200, "image/png", DOT)
    for headers in ({}, {"Authorization": "Bearer xoxb-nobody"}):
        assert await fetched(stage, url, **headers) == (200, "text/html", LOGIN_PAGE.encode())
    await stage.people("POST", "slack/app", {"scopes": ["chat:write"]})
    assert (await fetched(stage, url, **BEARER))[1] == "text/html"
    assert (await stage.form("files.info", file=file["id"]))["error"] == "missing_scope"


@scenario
async def test_slack_believes_the_name_of_a_file(stage: Stage) -> None:
    file = await uploaded(stage, b"%PDF-1.7", "innocent.png")
    assert (await stage.form("files.info", file=file))["file"]["mimetype"] == "image/png"


@scenario
async def test_a_deleted_file_leaves_a_tombstone_which_is_no_edit(stage: Stage) -> None:
    socket = await stage.connect()
    first, second = await uploaded(stage), await uploaded(stage, jpeg(), "b.jpg")
    await stage.write("look", files=[first, second])
    shared = (await socket.event())["files"]
    await stage.people("DELETE", f"slack/files/{first}", {"user": ANA})
    event = await socket.event()
    assert event["subtype"] == "message_changed"
    assert event["message"]["files"] == [{"id": first, "mode": "tombstone"}, shared[1]]
    assert event["previous_message"]["files"] == shared
    assert "edited" not in event["message"]
    assert (await stage.form("files.info", file=first))["error"] == "file_deleted"
    assert (await fetched(stage, shared[0]["url_private_download"], **BEARER))[0] == 404


@scenario
async def test_a_message_of_nothing_but_a_deleted_file_is_gone(stage: Stage) -> None:
    socket = await stage.connect()
    file = await uploaded(stage)
    await stage.write("", files=[file])
    assert (await socket.event())["subtype"] == "file_share"
    await stage.people("DELETE", f"slack/files/{file}", {"user": ANA})
    assert (await socket.event())["subtype"] == "message_deleted"


@scenario
async def test_an_edit_may_change_what_a_message_shares(stage: Stage) -> None:
    socket = await stage.connect()
    first, second = await uploaded(stage), await uploaded(stage)
    ts = await stage.write("look", files=[first])
    await socket.event()
    path = f"slack/messages/{DRAFTS}/{ts}"
    await stage.people("PUT", path, {"user": ANA, "text": "look", "files": [first, second]})
    event = await socket.event()
    assert [file["id"] for file in event["message"]["files"]] == [first, second]
    assert event["message"]["edited"]["user"] == ANA
    await stage.people("PUT", path, {"user": ANA, "text": "look", "files": [first, second]})
    await stage.people("PUT", path, {"user": ANA, "text": "look!"})
    event = await socket.event()
    assert [file["id"] for file in event["message"]["files"]] == [first, second]


def block(**file: str) -> list[Json]:
    return [{"type": "image", "slack_file": file, "alt_text": "A picture"}]


@scenario
async def test_blocks_and_views_show_files_that_are_there(stage: Stage) -> None:
    file, other = await uploaded(stage), await uploaded(stage, b"RIFF", "a.webp")
    posted = await stage.call("chat.postMessage", channel=DRAFTS, text="x", blocks=block(id=file))
    assert posted["ok"]
    for wrong in (block(id="F0NOTHING"), block(id=other)):
        refused = await stage.call("chat.postMessage", channel=DRAFTS, text="x", blocks=wrong)
        assert refused["error"] == "invalid_blocks"
    home = {"type": "home", "blocks": block(id=file)}
    assert (await stage.call("views.publish", user_id=ANA, view=home))["ok"]
    await stage.people("DELETE", f"slack/files/{file}", {"user": ANA})
    gone = await stage.call("views.publish", user_id=ANA, view=home)
    assert gone["error"] == "invalid_arguments"
    gone = await stage.call(
        "chat.update", channel=DRAFTS, ts=posted["ts"], text="x", blocks=block(id=file)
    )
    assert gone["error"] == "invalid_blocks"


def picking(**more: Any) -> Json:
    label = {"type": "plain_text", "text": "Pictures"}
    element = {"type": "file_input", "action_id": "files", **more}
    return {"type": "input", "block_id": "show", "label": label, "element": element}


@scenario
async def test_a_modal_takes_files_and_gives_them_as_slack_writes_them(stage: Stage) -> None:
    socket = await stage.connect()
    file = await uploaded(stage)
    more = {"type": "actions", "block_id": "row", "elements": [button("more")]}
    view = await opened(stage, socket, modal(picking(), more))
    known = (await stage.form("files.info", file=file))["file"]
    state = {"show": {"files": {"type": "file_input", "files": [known]}}}
    path, values = "slack/actions", {"show": {"files": [file]}}
    clicked = {"user": ANA, "view_id": view["id"], "action_id": "more", "values": values}
    clicking = asyncio.create_task(stage.people("POST", path, clicked))
    envelope = await socket.next("interactive")
    assert envelope["payload"]["view"]["state"]["values"] == state
    await socket.ack(envelope)
    assert await clicking == {"acked": True}
    submitting = submit(stage, view)  # what was filled in stays
    envelope = await socket.next("interactive")
    assert envelope["payload"]["view"]["state"]["values"] == state
    await socket.ack(envelope)
    assert await submitting == {"acked": True}


@scenario
async def test_a_modal_takes_no_files_but_ones_own_few_small_and_of_the_kind(stage: Stage) -> None:
    socket = await stage.connect()
    view = await opened(stage, socket, modal(picking(max_files=2, filetypes=["png", "jpg"])))
    mine, other = await uploaded(stage), await uploaded(stage, user=BEN)
    heavy = await uploaded(stage, bytes(LARGEST_PICKED + 1))
    text = await uploaded(stage, b"x", "a.txt")
    for files, words in (
        ([mine, text], "png, jpg files only"),
        ([mine, await uploaded(stage), await uploaded(stage)], "at most 2 files"),
        ([heavy], "at most 10 MB"),
        ([other], "upload each file first"),
        ([mine, mine], "upload each file first"),
        ([{"id": mine}], "the ids of"),
        (mine, "takes a list"),
    ):
        refused = await submit(stage, view, show={"files": files})
        assert refused["status"] == 400
        assert words in refused["error"]
    await stage.people("DELETE", f"slack/files/{mine}", {"user": ANA})
    assert "upload each file" in (await submit(stage, view, show={"files": [mine]}))["error"]
    assert (await submit(stage, view))["errors"] == {"show": "Please fill this in."}


@scenario
async def test_an_app_that_may_not_read_files_asks_for_none(stage: Stage) -> None:
    socket = await stage.connect()
    trigger = await stage.trigger(socket)
    await stage.people("POST", "slack/app", {"scopes": ["chat:write", "commands"]})
    refused = await stage.call("views.open", trigger_id=trigger, view=modal(picking()))
    assert refused["error"] == "invalid_arguments"
    assert "files:read" in refused["response_metadata"]["messages"][0]


def test_a_person_in_python_fills_in_files_too(address: str, people: SandboxClient) -> None:
    app, given = bolt(address), []

    @app.command("/tweet")
    def asked(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(picking()))

    @app.view("reject")
    def took(ack: Ack, view: Json) -> None:
        ack()
        given.extend(view["state"]["values"]["show"]["files"]["files"])

    with connected(app, address):
        people.command(ANA, DRAFTS, "/tweet")
        (view,) = people.wait_for(lambda: people.views(ANA))
        file = people.upload(ANA, "ward.png", DOT)
        assert people.submit(ANA, view["id"], {"show": {"files": [file]}}) == {"acked": True}
    assert [(one["id"], one["name"]) for one in given] == [(file, "ward.png")]


def test_the_page_shows_pictures_and_hands_out_the_rest(
    address: str, people: SandboxClient
) -> None:
    kinds = {}
    for name, raw in (("a.bin", DOT), ("evil.png", b"<script>alert(1)</script>")):
        file = people.upload(ANA, name, raw)
        answer = requests.get(f"{address}/sandbox/slack/files/{file}", timeout=10)
        assert answer.content == raw
        kinds[name] = answer.headers["Content-Type"], "Content-Disposition" in answer.headers
    assert kinds == {
        "a.bin": ("image/png", False), "evil.png": ("application/octet-stream", True),
    }  # fmt: skip


def test_what_cannot_be_done_with_files_is_refused_in_words(
    people: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = people.upload(ANA, "a.png", DOT)
    with pytest.raises(RefusedError, match="nobody with the id"):
        people.upload("U0NOBODY", "a.png", DOT)
    with pytest.raises(RefusedError, match="has a name"):
        people.upload(ANA, "", DOT)
    monkeypatch.setattr(routes_files, "LARGEST", 1_000_000)
    with pytest.raises(RefusedError, match="at most 1 MB"):
        people.upload(ANA, "a.png", bytes(1_000_001))
    with pytest.raises(RefusedError, match="upload each file first"):
        people.write(BEN, DRAFTS, "x", files=[file])
    with pytest.raises(RefusedError, match="at most 10 files"):
        people.write(ANA, DRAFTS, "x", files=[people.upload(ANA, "a.png", b"") for _ in range(11)])
    with pytest.raises(RefusedError, match="no such file of yours"):
        people.delete_file(BEN, file)
    people.delete_file(ANA, file)
    with pytest.raises(RefusedError, match="no such file of yours"):
        people.delete_file(ANA, file)
