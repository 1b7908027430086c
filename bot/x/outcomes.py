"""What became of a tweet that was sent: every answer and every failure has one outcome.

Only what X surely did not take is NotLive. Whatever leaves a doubt is Unknown, because there is no
idempotency key: the account's timeline decides, not a second try.
"""

import ssl
from collections.abc import Collection
from datetime import datetime
from typing import assert_never

import requests
import tweepy
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError
from urllib3.exceptions import SSLError as TransportSSLError

from bot.domain.publication import Duplicate, Live, NotLive, Outcome, Reason, Unknown
from bot.x.clock import retry_at
from bot.x.problem import Kind, problem
from bot.x.timeline import is_id

NOT_REACHED = "X could not be reached, so nothing was sent."
NOT_TRUSTED = "X's certificate could not be verified, so nothing was sent."
TOO_SLOW = "X did not answer in time."
BROKEN = "The connection to X broke before the answer was there."
REDIRECTED = "X's address answered with a redirect, and I follow none."
UNREADABLE = "X's answer could not be read."


def of_answer(response: requests.Response, sent: str) -> Outcome:
    """Classify an answer that is no error: live only with the id that X gave the tweet."""
    body = response.json()
    tweet = body.get("data") if isinstance(body, dict) else None
    if response.status_code != 201 or not isinstance(tweet, dict):
        return Unknown(UNREADABLE)
    tweet_id, text = tweet.get("id"), tweet.get("text")
    if not is_id(tweet_id):
        return Unknown(UNREADABLE)
    return Live(tweet_id, text if isinstance(text, str) else sent)


def of_error(error: Exception, hidden: Collection[str], now: datetime) -> Outcome:
    """Classify what a call raised; `hidden` never occurs in the words."""
    if (why := not_sent(error)) is not None:
        return NotLive(Reason.REFUSED, why, retry=True)
    if isinstance(error, tweepy.HTTPException):
        return _of_refusal(error.response, hidden, now)
    return Unknown(on_the_way(error))


def not_sent(error: Exception) -> str | None:
    """Say why a call surely never reached X, None where it may have."""
    cause = error.args[0] if isinstance(error, requests.ConnectionError) and error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else None
    if isinstance(reason, ConnectTimeoutError):  # so are a refused connection and a failed DNS
        return NOT_REACHED
    if isinstance(reason, TransportSSLError) and reason.args:
        certificate = isinstance(reason.args[0], ssl.SSLCertVerificationError)
        return NOT_TRUSTED if certificate else None  # other TLS errors also happen later
    return None


def on_the_way(error: Exception) -> str:
    """Say what went wrong on the way; the error's own text stays out of it."""
    match error:
        case requests.ReadTimeout():
            return TOO_SLOW
        case requests.exceptions.ChunkedEncodingError() | requests.ConnectionError():
            return BROKEN
        case requests.TooManyRedirects():
            return REDIRECTED
        case _:
            return UNREADABLE


def _of_refusal(response: requests.Response, hidden: Collection[str], now: datetime) -> Outcome:
    said = problem(response, hidden, now)
    match said.kind:
        case Kind.ACCESS:
            return NotLive(Reason.ACCESS, said.words)
        case Kind.CREDITS:
            return NotLive(Reason.CREDITS, said.words)
        case Kind.DUPLICATE:
            return Duplicate()
        case Kind.TOO_MANY:
            again = retry_at(response, now)
            return NotLive(Reason.REFUSED, said.words, retry=True, retry_at=again)
        case Kind.REFUSED | Kind.UNCALLED:
            return NotLive(Reason.REFUSED, said.words)
        case Kind.UNCLEAR:
            return Unknown(said.words)
        case kind:
            assert_never(kind)
