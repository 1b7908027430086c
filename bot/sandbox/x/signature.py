"""Verifies OAuth 1.0a signatures (RFC 5849, HMAC-SHA1) as X does, on X's clock."""

import re
from types import SimpleNamespace
from typing import Any

from oauthlib.oauth1.rfc5849 import signature

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.world import ACCOUNTS, X_CONSUMER_KEY, X_CONSUMER_SECRET, Account
from bot.sandbox.x.answer import RefusedError
from bot.sandbox.x.problems import unauthorized

HOSTS = ("api.twitter.com", "api.x.com")
_KEPT_S = 86_400
_EXPECTED = {"oauth_consumer_key", "oauth_token", "oauth_nonce", "oauth_timestamp"} | {
    "oauth_signature",
    "oauth_signature_method",
}


class Signatures:
    """Checks signatures, and remembers their nonces for a day."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._seen: dict[tuple[str, str], int] = {}

    def check(self, method: str, path: str, query: str, header: str) -> Account:
        """Answer whose signature it is, or refuse; the path is without the sandbox's prefix."""
        sent = _parameters(header)
        account = _account(sent)
        self._check_time(int(sent["oauth_timestamp"]))
        if not any(
            _verified(f"https://{host}{path}", method, query, sent, account) for host in HOSTS
        ):
            raise RefusedError(unauthorized())
        self._spend(sent["oauth_token"], sent["oauth_nonce"], int(sent["oauth_timestamp"]))
        return account

    def _check_time(self, timestamp: int) -> None:
        if abs(self._clock.now_s() - timestamp) > self._faults.x.timestamp_window_s:
            raise RefusedError(unauthorized())

    def _spend(self, token: str, nonce: str, timestamp: int) -> None:
        if (token, nonce) in self._seen:
            raise RefusedError(unauthorized())
        oldest = self._clock.now_s() - _KEPT_S
        if len(self._seen) % 1000 == 999:
            self._seen = {key: at for key, at in self._seen.items() if at > oldest}
        self._seen[token, nonce] = timestamp


def _parameters(header: str) -> dict[str, str]:
    """Answer the OAuth parameters of an Authorization header, or refuse."""
    try:
        pairs = signature.collect_parameters(
            headers={"Authorization": header}, exclude_oauth_signature=False
        )
    except ValueError as error:
        raise RefusedError(unauthorized()) from error
    sent = dict(pairs)
    names = re.findall('([a-z_]+)="', header)  # oauthlib drops repeated ones silently
    complete = set(sent) - {"oauth_version"} == _EXPECTED and len(set(names)) == len(names)
    if not complete or not _well_formed(sent):
        raise RefusedError(unauthorized())
    return sent


def _well_formed(sent: dict[str, str]) -> bool:
    timestamp = sent["oauth_timestamp"]
    return (
        sent["oauth_signature_method"] == "HMAC-SHA1"
        and sent.get("oauth_version", "1.0") == "1.0"
        and timestamp.isascii()
        and timestamp.isdigit()
        and len(timestamp) == 10
        and bool(sent["oauth_nonce"])
    )


def _account(sent: dict[str, str]) -> Account:
    for account in ACCOUNTS:
        if account.access_token == sent["oauth_token"]:
            if sent["oauth_consumer_key"] == X_CONSUMER_KEY:
                return account
            break
    raise RefusedError(unauthorized())


def _verified(uri: str, method: str, query: str, sent: dict[str, str], account: Account) -> bool:
    try:
        asked = signature.collect_parameters(uri_query=query)
    except ValueError as error:
        raise RefusedError(unauthorized()) from error
    signed = [pair for pair in sent.items() if pair[0] != "oauth_signature"]
    request: Any = SimpleNamespace(  # what oauthlib reads of its own Request
        http_method=method, uri=uri, params=asked + signed, signature=sent["oauth_signature"]
    )
    return signature.verify_hmac_sha1(request, X_CONSUMER_SECRET, account.access_secret)
