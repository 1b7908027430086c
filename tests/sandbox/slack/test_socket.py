"""Socket Mode: tickets, one socket an envelope, acks in time, and everything that breaks."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.world import APP
from tests.sandbox.slack.scenario import DRAFTS, Stage, button, scenario

Json = dict[str, Any]


async def envelopes(stage: Stage) -> list[Json]:
    traffic = await stage.people("GET", "slack/traffic")
    rows: list[Json] = traffic["envelopes"]
    return rows


async def sockets_are(stage: Stage, number: int) -> None:
    while (await stage.people("GET", "slack/sockets"))["sockets"] != number:  # noqa: ASYNC110
        await asyncio.sleep(0.01)  # the scenario has a deadline


@scenario
async def test_a_ticket_opens_one_socket(stage: Stage) -> None:
    url = (await stage.call("apps.connections.open", APP.app_token))["url"]
    async with stage.session.ws_connect(url) as ws:
        hello = await ws.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"]["app_id"] == "A0APP"
    for bad in (url, url.replace("ticket=", "ticket=x")):
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await stage.session.ws_connect(bad)


@scenario
async def test_each_envelope_goes_to_one_socket_in_turn(stage: Stage) -> None:
    first, second = await stage.connect(), await stage.connect()
    for number in range(4):
        await stage.write(str(number))
    texts = [(await one.event())["text"] for one in (first, second, first, second)]
    assert sorted(texts) == ["0", "1", "2", "3"]


@scenario
async def test_an_eleventh_socket_is_too_many(stage: Stage) -> None:
    for _ in range(10):
        await stage.connect()
    url = (await stage.call("apps.connections.open", APP.app_token))["url"]
    async with stage.session.ws_connect(url) as ws:
        assert (await ws.receive_json())["reason"] == "too_many_websockets"


@scenario
async def test_a_ping_is_answered_with_its_payload(stage: Stage) -> None:
    socket = await stage.connect()
    await socket.ws.ping(b"sdk-ping-pong:1")
    answer = await socket.ws.receive(5)
    assert (answer.type, bytes(answer.data)) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")


@scenario
async def test_an_event_without_an_ack_comes_again_and_says_so(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.05, redelivery_s=[0.05, 0.05])
    socket = await stage.connect()
    await stage.write("again")
    tries = [await socket.next() for _ in range(3)]
    assert [t["retry_attempt"] for t in tries] == [0, 1, 2]
    assert [t["retry_reason"] for t in tries] == ["", "timeout", "timeout"]
    assert len({t["payload"]["event_id"] for t in tries}) == 1
    await socket.ack(tries[-1])
    (row,) = await envelopes(stage)
    assert len(row["sent"]) == 3
    await stage.write("next")
    assert (await socket.event())["text"] == "next"


@scenario
async def test_after_the_last_redelivery_an_event_is_gone_for_good(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.02, redelivery_s=[0.02])
    socket = await stage.connect()
    await stage.write("lost")
    for _ in range(2):
        await socket.next()
    delivery = next(iter(stage.sandbox.slack.deliveries.log.values()))
    assert await delivery.outcome is None


@scenario
async def test_an_ack_after_the_window_does_not_count(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.05, redelivery_s=[0.3])
    socket = await stage.connect()
    await stage.write("late")
    first = await socket.next()
    delivery = stage.sandbox.slack.deliveries.log[first["envelope_id"]]
    while delivery.window is not None:  # noqa: ASYNC110  # nothing else says that it is over
        await asyncio.sleep(0.005)
    await socket.ack(first)
    again = await socket.next()
    assert (again["envelope_id"], again["retry_attempt"]) == (first["envelope_id"], 1)


@scenario
async def test_a_dropped_ack_brings_the_original_again_after_its_edit(stage: Stage) -> None:
    await stage.knobs(drop_ack=1, ack_window_s=0.2, redelivery_s=[0.8])
    socket = await stage.connect()
    ts = await stage.write("old")
    await socket.ack(await socket.next())
    await stage.knobs(drop_ack=0)
    edit = {"user": "U0AUTHOR1", "text": "new"}
    await stage.people("PUT", f"slack/messages/{DRAFTS}/{ts}", edit)
    seen: list[str] = []
    while len(seen) < 2:
        event = await socket.event()
        seen.append(event["message"]["text"] if "message" in event else event["text"])
    assert seen == ["new", "old"]


@scenario
async def test_what_is_sent_without_a_socket_waits_in_the_schedule(stage: Stage) -> None:
    await stage.knobs(redelivery_s=[0.2] * 50)
    await stage.write("early")
    socket = await stage.connect()
    envelope = await socket.next()
    assert envelope["retry_attempt"] >= 1
    assert envelope["payload"]["event"]["text"] == "early"


@scenario
async def test_without_any_socket_a_click_fails_at_once(stage: Stage) -> None:
    ts = await stage.post(button())
    answer = await stage.click(ts, "approve")
    assert answer["acked"] is False
    assert "Try again" in answer["error"]


@scenario
async def test_an_envelope_may_come_twice(stage: Stage) -> None:
    await stage.knobs(deliver_twice=1)
    socket = await stage.connect()
    await stage.write("double")
    first, second = await socket.next(), await socket.next()
    assert first == second
    await socket.ack(first)
    await socket.ack(second)
    (row,) = await envelopes(stage)
    assert row["acked_at"]


@scenario
async def test_an_envelope_may_come_late(stage: Stage) -> None:
    await stage.knobs(deliver_late_s=0.2)
    socket = await stage.connect()
    started = asyncio.get_running_loop().time()
    await stage.write("slow")
    assert (await socket.event())["text"] == "slow"
    assert asyncio.get_running_loop().time() - started >= 0.2


@scenario
async def test_disconnect_says_goodbye_and_then_closes(stage: Stage) -> None:
    old = await stage.connect()
    await stage.people("POST", "faults/socket", {"do": "disconnect"})
    goodbye = await old.frame()
    assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "refresh_requested")
    new = await stage.connect()
    await stage.write("to the new one")
    assert (await new.event())["text"] == "to the new one"
    assert (await old.frame())["type"] == "CLOSE"


@scenario
async def test_close_sends_a_close_frame(stage: Stage) -> None:
    socket = await stage.connect()
    await stage.people("POST", "faults/socket", {"do": "close"})
    assert (await socket.frame())["type"] == "CLOSE"
    await sockets_are(stage, 0)


@scenario
async def test_reset_cuts_the_line_without_a_word(stage: Stage) -> None:
    socket = await stage.connect()
    await stage.people("POST", "faults/socket", {"do": "reset"})
    assert (await socket.frame())["type"] in ("CLOSED", "ERROR")
    await sockets_are(stage, 0)


@scenario
async def test_a_stalled_socket_stays_open_and_silent(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.05, redelivery_s=[0.05])
    socket = await stage.connect()
    await stage.people("POST", "faults/socket", {"do": "stall"})
    await socket.ws.ping(b"are you there")
    await stage.write("unheard")
    with pytest.raises(TimeoutError):
        await socket.frame(within_s=0.3)
    assert (await stage.people("GET", "slack/sockets"))["sockets"] == 1


@scenario
async def test_what_waits_for_a_broken_socket_comes_again_on_the_next(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.1, redelivery_s=[0.1] * 50)
    await stage.connect()
    await stage.write("cut off")
    await stage.people("POST", "faults/socket", {"do": "reset"})
    new = await stage.connect()
    envelope = await new.next()
    assert envelope["retry_attempt"] >= 1
    assert envelope["payload"]["event"]["text"] == "cut off"


@scenario
async def test_nonsense_from_the_bot_is_not_an_ack(stage: Stage) -> None:
    socket = await stage.connect()
    await stage.write("x")
    envelope = await socket.next()
    for nonsense in ("{", "[]", '{"envelope_id": 5}', '{"envelope_id": "x"}'):
        await socket.ws.send_str(nonsense)
    await socket.ws.ping()
    await socket.ws.receive(5)
    assert "acked_at" not in (await envelopes(stage))[0]
    await socket.ack(envelope)


@scenario
async def test_a_burst_counts_every_ack(stage: Stage) -> None:
    socket = await stage.connect()
    many: Json = {"channel": DRAFTS, "users": ["U0CROWD00", "U0CROWD01"], "count": 500}
    asking = asyncio.create_task(stage.people("POST", "burst", many | {"text": "draft {n}"}))
    texts = []
    for _ in range(500):
        envelope = await socket.next()
        texts.append(envelope["payload"]["event"]["text"])
        await socket.ack(envelope)
    answer = await asking
    assert (answer["sent"], answer["acked"], answer["lost"]) == (500, 500, 0)
    assert 0 < answer["p50_ms"] <= answer["p99_ms"]
    assert texts == [f"draft {n}" for n in range(1, 501)]


@scenario
async def test_a_burst_that_nobody_answers_is_lost(stage: Stage) -> None:
    await stage.knobs(ack_window_s=0.05, redelivery_s=[])
    await stage.connect()
    many = {"channel": DRAFTS, "users": ["U0CROWD00"], "count": 3, "text": "x", "wait_s": 1}
    answer = await stage.people("POST", "burst", many)
    assert (answer["acked"], answer["lost"], answer["p99_ms"]) == (0, 3, None)
