"""What went wrong when X was asked something: always an AccountError, and never its cause."""

from collections.abc import Collection
from datetime import datetime

import tweepy

from bot.errors import AccountError
from bot.x.outcomes import not_sent, on_the_way
from bot.x.problem import Kind, problem

_PASSING = (Kind.TOO_MANY, Kind.UNCLEAR)


def trouble(error: Exception, hidden: Collection[str], now: datetime) -> AccountError:
    """Return the error in our words. It names no cause: that would hold the signed request."""
    if isinstance(error, AccountError):
        return AccountError(str(error), permanent=error.permanent)
    if isinstance(error, tweepy.HTTPException):
        said = problem(error.response, hidden, now)
        return AccountError(said.words, permanent=said.kind not in _PASSING)
    return AccountError(not_sent(error) or on_the_way(error), permanent=False)
