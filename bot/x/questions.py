"""What X is asked, once there is a connection; everything that X and the network do is raised."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import tweepy
from requests import Response

from bot.domain.timeline import Seen
from bot.errors import AccountError
from bot.ports import Clock, Identity
from bot.x.clock import ahead
from bot.x.timeline import Json, seen
from bot.x.transport import call

STRANGE = "X's answer made no sense."
NOT_SAID = "X did not say that the tweet is gone."
ENDLESS = "X's timeline has no end."

_PAGE = 100
_PAGES = 32  # X shows the newest 3,200 tweets of an account
_GONE = "resource-not-found"
_NOT_FOR_US = "not-authorized-for-resource"
_COMMON = "author_id,created_at,entities,attachments"
_WORDINGS = (
    {"tweet.fields": f"{_COMMON},referenced_tweets,note_tweet"},
    {"post.fields": f"{_COMMON},referenced_posts,note_post"},
)


class Reader:
    """Reads tweets; remembers in which of its two vocabularies X understood it last."""

    def __init__(self) -> None:
        self._wording = 0

    def timeline(self, client: tweepy.Client, *, user_id: str, since_id: str) -> list[Seen]:
        """Return all tweets of a user after an id, newest first."""
        path = f"/2/users/{user_id}/tweets"
        asked = {"since_id": since_id, "max_results": str(_PAGE)}
        return [seen(tweet) for page in self._pages(client, path, asked) for tweet in page]

    def find(self, client: tweepy.Client, *, tweet_id: str) -> Seen | None:
        """Return one tweet, None where X says that it has none, or none for us, under this id."""
        try:
            answer = self._get(client, f"/2/tweets/{tweet_id}", {})
        except tweepy.NotFound:
            return None
        body = answer.json()
        if "data" not in body and _says(answer, _GONE, _NOT_FOR_US):
            return None
        return seen(body["data"])

    def _pages(self, client: tweepy.Client, path: str, asked: Json) -> Iterator[list[Json]]:
        for _ in range(_PAGES):
            body = self._get(client, path, asked).json()
            yield _tweets(body)
            token = body["meta"].get("next_token")
            if token is None:
                return
            asked = asked | {"pagination_token": token}
        raise AccountError(ENDLESS, permanent=False)

    def _get(self, client: tweepy.Client, path: str, asked: Json) -> Response:
        """GET in the wording that worked last, and in the other one where X does not know it."""
        known = self._wording
        try:
            return call(client, "GET", path, params=asked | _WORDINGS[known])
        except tweepy.BadRequest as error:
            if "is not one of" not in error.response.text:
                raise
        answer = call(client, "GET", path, params=asked | _WORDINGS[1 - known])
        self._wording = 1 - known
        return answer


def deleted(client: tweepy.Client, *, tweet_id: str) -> bool:
    """Delete a tweet; False where X says that there is none, which any other 404 does not say."""
    path = f"/2/tweets/{tweet_id}"
    try:
        body = call(client, "DELETE", path).json()
    except tweepy.NotFound as error:
        if _says(error.response, _GONE) or _says(call(client, "GET", path), _GONE):
            return False
        raise AccountError(NOT_SAID, permanent=False) from error
    if body["data"]["deleted"] is not True:
        raise AccountError(NOT_SAID, permanent=False)
    return True


def identity(client: tweepy.Client, *, clock: Clock) -> Identity:
    """Return who X says we are, and its clock against ours at the middle of the call."""
    asked_at = clock()
    answer = call(client, "GET", "/2/users/me")
    answered_at = clock()
    user: dict[str, Any] = answer.json()["data"]
    offset = ahead(answer, asked_at + (answered_at - asked_at) / 2)
    return Identity(str(user["id"]), str(user["username"]), offset or timedelta(0))


def _tweets(page: Json) -> list[Json]:
    """Return a page's tweets; one that does not count them is no empty page, but one gone wrong."""
    tweets: list[Json] = page.get("data", [])
    if page["meta"]["result_count"] != len(tweets):
        raise AccountError(STRANGE, permanent=False)
    return tweets


def _says(answer: Response, *problems: str) -> bool:
    return any(f"/problems/{problem}" in answer.text for problem in problems)
