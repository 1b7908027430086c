"""Each hostile answer, as a real client sees it, and whether the tweet was made all the same."""

import asyncio
import socket
import threading
import time
from typing import Any

import pytest
import requests
from requests import exceptions as wrong
from urllib3.exceptions import ProtocolError

from bot.sandbox.knobs import Hostile
from tests.sandbox.x.conftest import Bot, LocalX

H = Hostile
SILENT = {
    H.RESET_BEFORE: (wrong.ConnectionError, False),
    H.RESET_AFTER: (wrong.ConnectionError, True),
    H.CLOSE_BEFORE: (wrong.ConnectionError, False),
    H.CLOSE_AFTER: (wrong.ConnectionError, True),
    H.HANG_BEFORE: (wrong.ReadTimeout, False),
    H.HANG_AFTER: (wrong.ReadTimeout, True),
    H.CUT_BODY: (wrong.ChunkedEncodingError, True),
    H.BAD_GZIP: (wrong.ContentDecodingError, True),
}
SPOKEN = {
    H.HTML_201: (201, True),
    H.EMPTY_201: (201, True),
    H.ERRORS_ONLY_201: (201, True),
    H.NULL_DATA_201: (201, True),
    H.SERVER_ERROR_BEFORE: (500, False),
    H.SERVER_ERROR_AFTER: (500, True),
    H.BAD_GATEWAY_HTML: (502, False),
    H.UNAVAILABLE_BEFORE: (503, False),
    H.UNAVAILABLE_AFTER: (503, True),
    H.REQUEST_TIMEOUT: (408, False),
    H.BAD_REQUEST_LIST: (400, False),
    H.BAD_REQUEST_STRING: (400, False),
    H.BAD_REQUEST_NULL_ERRORS: (400, False),
    H.BAD_REQUEST: (400, False),
    H.UNAUTHORIZED: (401, False),
    H.NO_CREDITS: (402, False),
    H.FORBIDDEN: (403, False),
    H.DUPLICATE: (403, False),
    H.CASHTAGS: (403, False),
    H.NOT_FOUND: (404, False),
    H.TOO_LARGE: (413, False),
    H.UNSUPPORTED_MEDIA_TYPE: (415, False),
    H.TOO_MANY: (429, False),
    H.TOO_MANY_NO_HEADERS: (429, False),
    H.TOO_MANY_JUNK_RESET: (429, False),
}
REDIRECTS = (H.MOVED, H.FOUND, H.TEMPORARY_REDIRECT, H.PERMANENT_REDIRECT)


def test_every_hostile_answer_is_tested_here() -> None:
    assert set(SILENT) | set(SPOKEN) | set(REDIRECTS) | {H.DRIP} == set(Hostile)


def made(local_x: LocalX) -> bool:
    return bool(local_x.see("timeline")["tweets"])


@pytest.mark.parametrize("hostile", SILENT)
def test_an_answer_that_never_arrives_whole(local_x: LocalX, bot: Bot, hostile: Hostile) -> None:
    error, effect = SILENT[hostile]
    local_x.turn(next=[hostile])
    with pytest.raises(error):
        bot.call("POST", "/2/tweets", json={"text": "hello"}, timeout=(5, 0.3))
    assert made(local_x) is effect
    call = local_x.see("ledger")["calls"][0]
    assert call["fault"] == hostile
    assert call["status"] == (201 if hostile in (H.CUT_BODY, H.BAD_GZIP) else None)
    assert ("tweet_id" in call) is effect


@pytest.mark.parametrize("hostile", SPOKEN)
def test_an_answer_that_is_not_the_right_one(local_x: LocalX, bot: Bot, hostile: Hostile) -> None:
    status, effect = SPOKEN[hostile]
    local_x.turn(next=[hostile])
    assert bot.tweet("hello").status_code == status
    assert made(local_x) is effect
    call = local_x.see("ledger")["calls"][0]
    assert (call["fault"], call["status"]) == (hostile, status)


@pytest.mark.parametrize("hostile", REDIRECTS)
def test_a_redirect_leads_somewhere_and_made_nothing(
    local_x: LocalX, bot: Bot, hostile: Hostile
) -> None:
    local_x.turn(next=[hostile])
    with pytest.raises(wrong.TooManyRedirects) as caught:
        bot.tweet("hello")
    answer = caught.value.response
    assert answer is not None
    assert (str(answer.status_code), answer.headers["Location"]) == (hostile, "/x/2/tweets")
    assert not made(local_x)


def raw_answer(address: str, read_until: bytes = b"") -> bytes:
    """Read an answer from a bare socket; a reset raises ConnectionResetError."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(b"GET /x/2/users/me HTTP/1.1\r\nHost: x\r\n\r\n")
        read = b""
        while chunk := connection.recv(65536):
            read += chunk
            if read_until and read_until in read:
                break
        return read


def test_a_reset_is_a_tcp_reset(local_x: LocalX) -> None:
    local_x.turn(next=["reset_before"])
    with pytest.raises(ConnectionResetError):
        raw_answer(local_x.address)


def test_a_close_is_an_orderly_end_without_a_byte(local_x: LocalX) -> None:
    local_x.turn(next=["close_before"])
    assert raw_answer(local_x.address) == b""


def test_a_cut_body_ends_before_its_promised_length(local_x: LocalX) -> None:
    local_x.turn(next=["cut_body"])
    head, body = raw_answer(local_x.address).split(b"\r\n\r\n")
    promised = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert 0 < len(body) < promised


def test_a_reset_reaches_requests_as_a_protocol_error(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(next=["reset_after"])
    with pytest.raises(wrong.ConnectionError) as caught:
        bot.tweet("hello")
    assert isinstance(caught.value.args[0], ProtocolError)


def test_a_drip_outlasts_the_timeout_between_reads(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(next=["drip"])
    asked = {"json": {"text": "hello"}, "timeout": (5, 0.5), "stream": True}
    began = time.monotonic()
    with bot.call("POST", "/2/tweets", **asked) as answer:
        chunks = answer.iter_content(1)
        assert [next(chunks) for _ in range(4)] == [b"{", b'"', b"d", b"a"]
    assert time.monotonic() - began > 0.5
    assert made(local_x)


@pytest.mark.parametrize(
    ("hostile", "body"),
    [("400_list", list), ("400_string", str), ("400_null_errors", dict), ("null_data_201", dict)],
)
def test_the_shape_of_hostile_bodies(
    local_x: LocalX, bot: Bot, hostile: str, body: type[object]
) -> None:
    local_x.turn(next=[hostile])
    said = bot.tweet("hello").json()
    assert isinstance(said, body)
    if isinstance(said, dict):
        assert None in (said.get("errors", ""), said.get("data", ""))


def test_429_comes_with_headers_without_and_with_junk(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(next=["429", "429_no_headers", "429_junk_reset"])
    proper, bare, junk = (bot.tweet("hello").headers for _ in range(3))
    assert float(proper["x-rate-limit-reset"]) > time.time()
    assert not [name for name in bare if name.lower().startswith("x-rate-limit")]
    assert not junk["x-rate-limit-reset"].isdigit()


def test_html_and_an_empty_body_are_no_json(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(next=["html_201", "empty_201"])
    for text in ("one", "two"):
        with pytest.raises(requests.JSONDecodeError):
            bot.tweet(text).json()


def test_a_refused_call_stays_refused_under_a_hostile_answer(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(next=["html_201", "null_data_201"])
    assert bot.tweet("").status_code == 400
    assert bot.tweet("x" * 281).status_code == 403
    assert not made(local_x)


def test_hostile_answers_are_taken_one_by_one_and_hit_reads_too(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(next=["503_before", "500_after"])
    assert bot.call("GET", "/2/users/me").status_code == 503
    assert bot.tweet("hello").status_code == 500
    assert bot.tweet("again").status_code == 201


@pytest.mark.parametrize(
    ("knob", "effect"), [("lose_answer", True), ("refuse_before", False), ("fail_after", True)]
)
def test_a_certain_chance_hits_writes_alone(
    local_x: LocalX, bot: Bot, knob: str, effect: bool
) -> None:
    local_x.turn(**{knob: 1})
    assert bot.call("GET", "/2/users/me").status_code == 200
    if knob == "lose_answer":
        with pytest.raises(wrong.ConnectionError):
            bot.tweet("hello")
    else:
        assert bot.tweet("hello").status_code == 503
    assert made(local_x) is effect
    assert local_x.see("ledger")["calls"][-1]["fault"] == knob


def test_chances_repeat_with_their_seed(local_x: LocalX) -> None:
    def statuses() -> list[int]:
        local_x.within(local_x.x.reset)
        local_x.turn(seed=7, refuse_before=0.5)
        bot = local_x.bot()
        return [bot.tweet(f"number {n}").status_code for n in range(20)]

    first = statuses()
    assert statuses() == first
    assert set(first) == {201, 503}


def test_down_resets_reads_and_writes_without_effect(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(down=True)
    for method, path in (("GET", "/2/users/me"), ("POST", "/2/tweets")):
        with pytest.raises(wrong.ConnectionError):
            bot.call(method, path, json={"text": "hello"})
    assert not made(local_x)


def test_a_slow_x_answers_late_but_acts_at_once(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(hang_s=0.4)
    answers: list[requests.Response] = []
    thread = threading.Thread(target=lambda: answers.append(bot.tweet("hello")))
    thread.start()
    until = time.monotonic() + 5
    while not made(local_x) and time.monotonic() < until:
        time.sleep(0.01)
    assert made(local_x)
    assert not answers
    thread.join(5)
    assert answers[0].status_code == 201
    assert answers[0].elapsed.total_seconds() >= 0.4


def test_a_hung_call_goes_when_the_side_stops(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(next=["hang_before"])
    ended: list[Any] = []

    def call() -> None:
        try:
            bot.tweet("hello")
        except wrong.ConnectionError as error:
            ended.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    until = time.monotonic() + 5
    while not local_x.see("ledger")["calls"] and time.monotonic() < until:
        time.sleep(0.01)
    assert not ended
    local_x.within(local_x.x.stop)
    thread.join(5)
    assert isinstance(ended[0], wrong.ConnectionError)


def test_a_hung_call_goes_when_its_client_leaves(local_x: LocalX, bot: Bot) -> None:
    def tasks() -> int:
        return local_x.within(lambda: len(asyncio.all_tasks()))

    local_x.see("timeline")
    before = tasks()
    local_x.turn(next=["hang_before"])
    with pytest.raises(wrong.ReadTimeout):
        bot.call("POST", "/2/tweets", json={"text": "hello"}, timeout=(5, 0.1))
    until = time.monotonic() + 5
    while tasks() > before and time.monotonic() < until:
        time.sleep(0.01)
    assert tasks() == before
