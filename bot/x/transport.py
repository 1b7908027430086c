"""How calls travel to X: where to, how long, and never twice."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import tweepy
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from bot.x.keys import Keys

LIVE = "https://api.twitter.com"
"""Where tweepy sends to, and the host over which it signs."""
_HOSTS = (LIVE, "https://api.x.com")
_TALKATIVE = ("tweepy", "urllib3", "requests_oauthlib", "oauthlib")
"""Their DEBUG lines hold Authorization headers and the texts of tweets."""


class XAdapter(HTTPAdapter):
    """Sends to a base URL, with timeouts in seconds; no proxy and no retry.

    The signature is made before, over X's own host and path, and stays valid.
    """

    def __init__(self, base_url: str, connect: float, read: float) -> None:
        self._base = urlsplit(base_url)
        self._timeout = (connect, read)
        super().__init__(max_retries=0)

    def send(self, request: PreparedRequest, *_: Any, **options: Any) -> Response:
        """Send a request, once."""
        url = urlsplit(request.url or "")
        path = self._base.path.rstrip("/") + str(url.path)
        request.url = urlunsplit((self._base.scheme, self._base.netloc, path, str(url.query), ""))
        options |= {"timeout": self._timeout, "proxies": {}}
        return super().send(request, **options)


@contextmanager
def connected(
    keys: Keys, base_url: str, connect_s: float, read_s: float
) -> Iterator[tweepy.Client]:
    """Give a client for one conversation.

    Its connection is new: one kept alive may be closed by X just as a tweet is on its way, and
    nobody could tell whether it arrived.
    """
    _hush()
    client = tweepy.Client(
        consumer_key=keys.consumer_key,
        consumer_secret=keys.consumer_secret,
        access_token=keys.access_token,
        access_token_secret=keys.access_token_secret,
        wait_on_rate_limit=False,  # True sends a POST again
    )
    with client.session as session:
        session.trust_env = False  # neither proxies nor a .netrc of the environment
        session.max_redirects = 0  # a redirect followed is a POST sent again
        session.adapters.clear()  # and nothing but X can be reached
        for host in _HOSTS:
            session.mount(host, XAdapter(base_url, connect_s, read_s))
        yield client


def call(client: tweepy.Client, method: str, path: str, **more: Any) -> Response:
    """Make one signed call, with `params` or `json`; raises whatever tweepy and requests do."""
    response: Response = client.request(method, path, user_auth=True, **more)
    return response


def _hush() -> None:
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.INFO))
