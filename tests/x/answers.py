"""X's answers made by hand, and the errors that tweepy raises for them."""

import json
from typing import Any

import requests
import tweepy

ERRORS = {400: tweepy.BadRequest, 401: tweepy.Unauthorized, 403: tweepy.Forbidden}
ERRORS |= {404: tweepy.NotFound, 429: tweepy.TooManyRequests}


def answer(status: int, body: Any = None, **headers: str) -> requests.Response:
    """Make an answer; bytes stay as they are, anything else becomes JSON."""
    made = requests.Response()
    made.status_code = status
    made._content = body if isinstance(body, bytes) else json.dumps(body).encode()
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


def refusal(status: int, body: Any = None, **headers: str) -> tweepy.HTTPException:
    """Make the error of a refusal."""
    kind = ERRORS.get(status, tweepy.HTTPException)
    error: tweepy.HTTPException = kind(answer(status, body or {}, **headers))
    return error
