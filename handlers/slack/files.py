"""Fetching a file that people shared: with the bot's token, from Slack itself and nowhere else."""

import time
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from slack_sdk import WebClient

from bot.errors import ChatError
from handlers.slack.client import SlackRefusedError, answer, asking
from handlers.slack.fields import Fields

MOST = 512_000_000
"""The most bytes that are fetched: as many as X takes of a video."""

CONNECT_S, READ_S, WHOLE_S = 5, 10, 60
"""How long may pass before a connection stands, between two pieces, and over all, in seconds."""

SLOWEST = 500_000
"""Bytes a second; a large file has so much more time over all."""

GONE = "it is not in Slack any more. Please send it again."
ELSEWHERE = "it is only linked here, not uploaded. Please upload the file itself."
TOO_LARGE = f"it has more than {MOST // 1_000_000} MB. Please send a smaller one."
LOGIN = "Slack gave a login page instead of a file: the bot's token or its scope files:read is gone"
CUT = "Slack gave less of a file than it has"
SLOW = "Slack took too long to give a file"

_NO_FILE = ("file_not_found", "file_deleted")
_SLACK = ".slack.com"
_PIECE = 65_536
_LONGEST_LINK = 250


def fetch(client: WebClient, file: str, into: BinaryIO) -> None:
    """Write down what a file holds; see ports.Chat. A token is shown to nobody but Slack."""
    found = _info(client, file)
    if found.has("is_external") or found.maybe_text("mode") not in (None, "hosted"):
        raise ChatError(ELSEWHERE, permanent=True)
    address, size = found.verbatim("url_private_download"), found.number("size")
    if size > MOST:
        raise ChatError(TOO_LARGE, permanent=True)
    if not _is_slack(address, client.base_url):
        raise ChatError(ELSEWHERE, permanent=True)
    _download(client, address, into)
    if into.tell() != size:
        raise ChatError(CUT, permanent=False)


def link(client: WebClient, file: str) -> str | None:
    """Return where people open a file in Slack; None where it cannot be asked now, or is gone.

    Such an address has the file's name in it: it is for Slack alone, and kept nowhere.
    """
    try:
        with asking():
            found = _info(client, file).maybe_text("permalink") or ""
    except ChatError:
        return None
    is_link = urlsplit(found).scheme in ("https", "http") and len(found) <= _LONGEST_LINK
    return found if is_link else None


def _info(client: WebClient, file: str) -> Fields:
    try:
        with asking():
            return Fields.of(answer(client.files_info(file=file))).within("file")
    except SlackRefusedError as error:
        if error.name in _NO_FILE:
            raise ChatError(GONE, permanent=True) from None
        raise


def _is_slack(address: str, base_url: str) -> bool:
    """Whether an address is Slack's: over TLS at slack.com, or where a local Slack is."""
    url, base = urlsplit(address), urlsplit(base_url)
    if base_url == WebClient.BASE_URL:
        return url.scheme == "https" and f".{url.hostname}".endswith(_SLACK)
    return (url.scheme, url.netloc) == (base.scheme, base.netloc)


def _download(client: WebClient, address: str, into: BinaryIO) -> None:
    with asking(), requests.Session() as session:
        session.trust_env = client.base_url == WebClient.BASE_URL  # no proxy to a local Slack
        with session.get(
            address,
            auth=_Bearer(client.token or ""),
            timeout=(CONNECT_S, READ_S),
            stream=True,
            allow_redirects=False,
        ) as response:
            _check(response)
            into.writelines(_pieces(response))


def _check(response: requests.Response) -> None:
    kind = response.headers.get("Content-Type", "")
    if response.status_code == 404:
        raise ChatError(GONE, permanent=True)
    if response.is_redirect or kind.startswith("text/html"):
        raise ChatError(LOGIN, permanent=False)
    response.raise_for_status()


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """Yield what comes, for as long as that is neither too much nor too slow."""
    began, taken = time.monotonic(), 0
    for piece in response.iter_content(_PIECE):
        taken += len(piece)
        if taken > MOST:
            raise ChatError(TOO_LARGE, permanent=True)
        if time.monotonic() > began + WHOLE_S + taken / SLOWEST:
            raise ChatError(SLOW, permanent=False)
        yield piece


class _Bearer(AuthBase):
    """Shows the token; a .netrc of the environment cannot take its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
