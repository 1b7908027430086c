"""Whatever is sent, the sandbox answers in its own words and stays standing."""

import random
from typing import Any

from bot.sandbox.slack.api import METHODS
from tests.sandbox.slack.scenario import ANA, DRAFTS, Stage, button, modal, scenario

Json = dict[str, Any]
ROUNDS = 400


def anything(draw: random.Random, depth: int = 0) -> Any:
    simple = [None, True, 0, -1, 2**70, 1.5, "", "x", ANA, DRAFTS, "\ud800", "<@U0BOT> *a*", "1.5",
              "[1]", "{}", "a" * 300, modal(), [button()], [], {}]  # fmt: skip
    if depth > 2 or draw.random() < 0.7:
        return draw.choice(simple)
    if draw.random() < 0.5:
        return [anything(draw, depth + 1) for _ in range(draw.randrange(3))]
    keys = ["type", "text", "blocks", "value", "user", "a", "block_id", "elements"]
    return {draw.choice(keys): anything(draw, depth + 1) for _ in range(draw.randrange(4))}


@scenario
async def test_every_method_answers_whatever_its_arguments_are(stage: Stage) -> None:
    draw = random.Random(1)
    ts = await stage.write("x")
    for _ in range(ROUNDS):
        name = draw.choice(sorted(METHODS))
        method = METHODS[name]
        args = {key: anything(draw) for key in (*method.needs, *method.takes)}
        args |= {"channel": DRAFTS} if "channel" in args and draw.random() < 0.8 else {}
        args |= {"ts": ts} if "ts" in args and draw.random() < 0.5 else {}
        async with stage.raw(name, "xoxb-sandbox", json=args) as response:
            assert response.status == 200, (name, args)
            answer = await response.json()
        assert answer["ok"] or answer["error"], (name, args)


PATHS = ["slack/messages", "slack/actions", "slack/views/V1/submit", "slack/views/V1/close",
         "slack/commands", "slack/shortcuts", "slack/home", "slack/reactions", "slack/unfurl",
         f"slack/people/{ANA}", f"slack/channels/{DRAFTS}", "slack/app", "slack/clock",
         "faults/socket", "burst"]  # fmt: skip
KEYS = ["user", "channel", "text", "ts", "thread_ts", "action_id", "view_id", "value", "values",
        "command", "callback_id", "name", "deleted", "tz", "archived", "bot_member", "scopes",
        "commands", "shortcuts", "move_s", "do", "users", "count", "files",
        "subtype", "stale"]  # fmt: skip


@scenario
async def test_people_are_answered_whatever_they_ask(stage: Stage) -> None:
    draw = random.Random(2)
    for _ in range(ROUNDS):
        path = draw.choice(PATHS)
        body = {key: anything(draw) for key in draw.sample(KEYS, 4)}
        body |= {"user": ANA, "channel": DRAFTS} if draw.random() < 0.5 else {}
        body |= {"count": 1, "users": [anything(draw)], "text": "x"} if path == "burst" else {}
        url = f"{stage.address}/sandbox/{path}"
        async with stage.session.post(url, json=body) as response:
            answer = await response.json()
            assert response.status in (200, 400), (path, body)
            assert response.status == 200 or answer["error"]


@scenario
async def test_hostile_bodies_are_refused(stage: Stage) -> None:
    url = f"{stage.address}/sandbox/slack/messages"
    for raw in (b"", b"{", b"[]", b"\xff\xfe", b"null", b'"x"', b'{"user": NaN}'):
        async with stage.session.post(url, data=raw) as response:
            assert response.status == 400, raw
            assert (await response.json())["error"]
