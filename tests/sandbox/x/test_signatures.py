"""What X lets in: signatures of the real tweepy, and nothing that differs from them."""

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
import tweepy

from bot.sandbox.world import CLINIC, KIDS, X_CONSUMER_KEY, X_CONSUMER_SECRET
from bot.sandbox.x.ledger import created_ms
from tests.sandbox.x.conftest import Bot, LocalX, mount

KEYS = {
    "consumer_key": X_CONSUMER_KEY,
    "consumer_secret": X_CONSUMER_SECRET,
    "access_token": CLINIC.access_token,
    "access_token_secret": CLINIC.access_secret,
}


class Later(requests.auth.AuthBase):
    """Signs as tweepy does, then changes the request behind the signature's back."""

    def __init__(self, change: Callable[[requests.PreparedRequest], None]) -> None:
        self._change = change
        self._sign = tweepy.OAuth1UserHandler(**KEYS).apply_auth()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        signed: requests.PreparedRequest = self._sign(request)
        self._change(signed)
        return signed


def header(request: requests.PreparedRequest) -> str:
    value: str | bytes = request.headers["Authorization"]  # requests-oauthlib leaves bytes
    return value.decode() if isinstance(value, bytes) else value


def replaced(old: str, new: str) -> Later:
    def change(request: requests.PreparedRequest) -> None:
        assert old in header(request)
        request.headers["Authorization"] = header(request).replace(old, new)

    return Later(change)


@pytest.fixture
def client(local_x: LocalX) -> Any:
    client = tweepy.Client(**KEYS)
    mount(client.session, local_x.address)
    yield client
    client.session.close()


def test_tweepy_tweets_reads_and_deletes(client: Any) -> None:
    tweet_id = client.create_tweet(text="Grüße & <3 from “us” 🎉?").data["id"]
    me = client.get_me(user_auth=True).data
    assert (str(me.id), me.username) == (CLINIC.id, CLINIC.username)
    found = client.get_users_tweets(me.id, user_auth=True, max_results=5).data
    assert [str(tweet.id) for tweet in found] == [tweet_id]
    assert client.get_tweet(tweet_id, user_auth=True).data.text.startswith("Grüße &amp; &lt;3")
    assert client.delete_tweet(tweet_id).data == {"deleted": True}
    assert client.get_users_tweets(me.id, user_auth=True).data is None


def test_each_account_speaks_for_itself(local_x: LocalX) -> None:
    for account in (CLINIC, KIDS):
        me = local_x.bot(account).call("GET", "/2/users/me").json()["data"]
        assert me["id"] == account.id


@pytest.mark.parametrize("host", ["api.twitter.com", "api.x.com"])
def test_both_hosts_sign(bot: Bot, host: str) -> None:
    assert bot.call("GET", "/2/users/me", host=host).status_code == 200


def test_a_signature_for_another_host_is_refused(local_x: LocalX) -> None:
    sign = tweepy.OAuth1UserHandler(**KEYS).apply_auth()
    asked = requests.Request("GET", "https://x.example/2/users/me").prepare()
    stolen = header(sign(asked))
    answer = local_x.person.get(
        f"{local_x.address}/x/2/users/me", headers={"Authorization": stolen}, timeout=5
    )
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "keys",
    [
        {"consumer_key": "other"},
        {"consumer_secret": "other"},
        {"access_token": "2244994945-other"},
        {"access_token": KIDS.access_token},
        {"access_token_secret": "other"},
    ],
)
def test_a_wrong_key_is_refused(local_x: LocalX, keys: dict[str, str]) -> None:
    answer = local_x.bot(CLINIC, **keys).tweet("hello")
    assert answer.status_code == 401
    assert answer.json() == {
        "title": "Unauthorized",
        "type": "about:blank",
        "status": 401,
        "detail": "Unauthorized",
    }
    assert local_x.see("timeline")["tweets"] == []


def test_a_changed_query_is_refused(bot: Bot) -> None:
    def change(request: requests.PreparedRequest) -> None:
        request.url = str(request.url).replace("max_results=5", "max_results=6")

    path = f"/2/users/{CLINIC.id}/tweets?max_results=5"
    assert bot.call("GET", path).status_code == 200
    assert bot.call("GET", path, auth=Later(change)).status_code == 401


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('oauth_version="1.0"', 'oauth_version="2.0"'),
        ("HMAC-SHA1", "PLAINTEXT"),
        ('oauth_nonce="', 'oauth_nonce="0'),
        ('oauth_nonce="', 'oauth_extra="1", oauth_nonce="'),
        ('oauth_nonce="', 'oauth_version="1.0", oauth_nonce="'),
        ('oauth_timestamp="', 'oauth_timestamp="x'),
        ('oauth_signature="', 'oauth_signature="A'),
        ("OAuth ", "OAuth nonsense"),
    ],
)
def test_a_changed_header_is_refused(bot: Bot, old: str, new: str) -> None:
    assert bot.call("GET", "/2/users/me", auth=replaced(old, new)).status_code == 401


def test_a_replayed_call_is_refused(local_x: LocalX, bot: Bot) -> None:
    first = bot.tweet("hello")
    assert first.status_code == 201
    again = local_x.person.post(
        f"{local_x.address}/x/2/tweets",
        json={"text": "something else"},
        headers={"Authorization": header(first.request)},
        timeout=5,
    )
    assert again.status_code == 401
    assert len(local_x.see("timeline")["tweets"]) == 1


def test_a_call_without_authorization_is_refused(local_x: LocalX) -> None:
    assert local_x.person.get(f"{local_x.address}/x/2/users/me", timeout=5).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/2/tweets", 403),
        ("DELETE", "/2/tweets/1", 403),
        ("GET", "/2/users/me", 403),
        ("GET", "/2/tweets/1", 401),
    ],
)
def test_a_bearer_token_is_nobody(local_x: LocalX, method: str, path: str, status: int) -> None:
    answer = local_x.person.request(
        method,
        f"{local_x.address}/x{path}",
        json={"text": "hello"},
        headers={"Authorization": "Bearer None"},
        timeout=5,
    )
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["type"].endswith("/unsupported-authentication")


@pytest.mark.parametrize(("offset", "status"), [(-3600, 401), (-200, 200), (200, 200), (3600, 401)])
def test_timestamps_are_judged_by_the_clock_of_x(
    local_x: LocalX, bot: Bot, offset: int, status: int
) -> None:
    local_x.turn(clock_offset_s=offset)
    answer = bot.call("GET", "/2/users/me")
    assert answer.status_code == status
    said = time.mktime(time.strptime(answer.headers["Date"], "%a, %d %b %Y %H:%M:%S GMT"))
    assert abs(said - time.timezone - time.time() - offset) < 3


def test_a_wider_window_lets_x_be_an_hour_off(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(clock_offset_s=3600, timestamp_window_s=4000)
    tweet_id = bot.tweeted("from the future")["id"]
    assert created_ms(int(tweet_id)) / 1000 - time.time() > 3500


def test_a_query_that_cannot_be_signed_is_refused(local_x: LocalX, bot: Bot) -> None:
    signed = header(bot.call("GET", "/2/users/me").request)
    host, port = local_x.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        head = "GET /x/2/users/me?a=%zz{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        connection.sendall(f"{head}Authorization: {signed}\r\n\r\n".encode())
        assert connection.recv(65536).startswith(b"HTTP/1.1 401")


def test_revoked_access_is_refused(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(revoked=True)
    assert bot.call("GET", "/2/users/me").status_code == 401


def test_a_read_only_app_reads_and_does_not_write(local_x: LocalX, bot: Bot) -> None:
    tweet_id = bot.tweeted("hello")["id"]
    local_x.turn(read_only=True)
    assert bot.call("GET", "/2/users/me").status_code == 200
    for answer in (bot.tweet("again"), bot.call("DELETE", f"/2/tweets/{tweet_id}")):
        assert answer.status_code == 403
        assert answer.json()["type"].endswith("/oauth1-permissions")
    assert len(local_x.see("timeline")["tweets"]) == 1


def test_old_nonces_are_forgotten_when_their_timestamps_are_too_old(local_x: LocalX) -> None:
    spend = local_x.x.signatures._spend
    now = int(time.time())
    for n in range(1200):
        spend("token", f"old {n}", now - 2 * 86_400)
    assert len(local_x.x.signatures._seen) < 1000


def test_a_signature_of_the_machines_time_is_good_however_far_time_was_moved(
    local_x: LocalX, bot: Bot
) -> None:
    local_x.x.time.move_to(time.time() + 86_400)
    tweet_id = bot.tweeted("Tomorrow")["id"]
    assert created_ms(int(tweet_id)) / 1000 - time.time() > 86_000
    local_x.turn(clock_offset_s=3600)
    assert bot.call("GET", "/2/users/me").status_code == 401
