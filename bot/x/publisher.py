"""An X account as the core asks for it: tweet once, delete, look, and say who we are."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import tweepy

from bot.domain.media import MediaKind
from bot.domain.publication import NotLive, Outcome, Reason, Unknown
from bot.domain.timeline import Seen
from bot.errors import AccountError
from bot.ports import Clock, Identity, Outgoing, Upload, Uploaded, utc_now
from bot.x.deadline import within
from bot.x.keys import Keys
from bot.x.media import NotTakenError, not_live, upload
from bot.x.outcomes import TOO_SLOW, of_answer, of_error
from bot.x.questions import Reader, deleted, identity
from bot.x.timeline import is_id
from bot.x.transport import LIVE, call, connected
from bot.x.troubles import trouble

T = TypeVar("T")

NOT_BEGUN = "The bot is too busy to call X, so nothing was sent."
NO_ID = "This is no id of a tweet."


class XPublisher:
    """One X account; implements ports.Publisher. Any thread may call any method at any time."""

    def __init__(  # where to, how long, and by whose clock
        self,
        keys: Keys,
        *,
        base_url: str = LIVE,
        connect_s: float = 5.0,
        read_s: float = 30.0,
        deadline_s: float = 45.0,
        upload_s: float = 600.0,
        clock: Clock = utc_now,
    ) -> None:
        self._keys = keys
        self._connected = partial(connected, keys, base_url, connect_s, read_s)
        self._deadline_s, self._upload_s = deadline_s, upload_s
        self._clock = clock
        self._reader = Reader()

    @property
    def user_id(self) -> str:
        """The account's numeric id."""
        return self._keys.user_id

    def post(self, outgoing: Outgoing, late: Callable[[Outcome], None]) -> Outcome:
        """Send one tweet, once. Never raises; see ports.Publisher."""
        overdue: Outcome = Unknown(TOO_SLOW)
        send = partial(self._send, outgoing)
        try:
            return within(self._deadline_s, send, overdue=overdue, late=late)
        except RuntimeError:  # no thread for it
            return NotLive(Reason.REFUSED, NOT_BEGUN, retry=True)

    def upload(self, given: Upload) -> Uploaded | NotLive:
        """Give X a picture or a video. Never raises; see ports.Publisher."""
        overdue: Uploaded | NotLive = NotLive(Reason.REFUSED, TOO_SLOW, retry=True)
        give = partial(self._upload, given)
        is_long = given.media.kind is MediaKind.VIDEO
        deadline_s = self._upload_s if is_long else self._deadline_s
        try:
            return within(deadline_s, give, overdue=overdue, late=_forget)
        except RuntimeError:  # no thread for it
            return NotLive(Reason.REFUSED, NOT_BEGUN, retry=True)

    def delete(self, tweet_id: str) -> bool:
        """Delete a tweet: True when it is gone now, False when it was gone before. AccountError."""
        if not is_id(tweet_id):
            raise AccountError(NO_ID, permanent=True)
        return self._ask(partial(deleted, tweet_id=tweet_id))

    def timeline(self, since_id: str) -> Sequence[Seen]:
        """Return every tweet of the account newer than an id, newest first. AccountError."""
        read = partial(self._reader.timeline, user_id=self.user_id, since_id=since_id)
        return self._ask(read)

    def find(self, tweet_id: str) -> Seen | None:
        """Return one tweet, or None where X knows no such tweet. AccountError."""
        if not is_id(tweet_id):
            return None
        return self._ask(partial(self._reader.find, tweet_id=tweet_id))

    def identity(self) -> Identity:
        """Ask X who we are. AccountError."""
        return self._ask(partial(identity, clock=self._clock))

    def _send(self, outgoing: Outgoing) -> Outcome:
        try:
            with self._connected() as client:
                answer = call(client, "POST", "/2/tweets", json=_body(outgoing))
                return of_answer(answer, outgoing.text)
        except Exception as error:  # noqa: BLE001  # whatever it is, it has an outcome
            return of_error(error, (*self._keys.all(), *_words(outgoing)), self._clock())

    def _upload(self, given: Upload) -> Uploaded | NotLive:
        try:
            with self._connected() as client:
                return Uploaded(upload(client, given))
        except NotTakenError as error:
            return NotLive(Reason.REFUSED, str(error), retry=error.passing)
        except Exception as error:  # noqa: BLE001  # whatever it is, nothing is live
            hidden = (*self._keys.all(), given.media.alt)
            return not_live(of_error(error, hidden, self._clock()))

    def _ask(self, question: Callable[[tweepy.Client], T]) -> T:
        """Return X's answer to a question, or raise AccountError: here, far from its cause."""
        overdue: T | AccountError = AccountError(TOO_SLOW, permanent=False)
        answering = partial(self._answer, question)
        try:
            answer = within(self._deadline_s, answering, overdue=overdue, late=_forget)
        except RuntimeError:  # no thread for it
            answer = AccountError(NOT_BEGUN, permanent=False)
        if isinstance(answer, AccountError):
            raise answer
        return answer

    def _answer(self, question: Callable[[tweepy.Client], T]) -> T | AccountError:
        try:
            with self._connected() as client:
                return question(client)
        except Exception as error:  # noqa: BLE001  # whatever it is, it has words
            return trouble(error, self._keys.all(), self._clock())


def _body(outgoing: Outgoing) -> dict[str, Any]:
    body: dict[str, Any] = {"text": outgoing.text}
    if outgoing.media_ids:
        body["media"] = {"media_ids": list(outgoing.media_ids)}
        if not outgoing.text:
            del body["text"]
    if outgoing.poll is not None:
        options, minutes = list(outgoing.poll.options), outgoing.poll.minutes
        body["poll"] = {"options": options, "duration_minutes": minutes}
    if outgoing.reply_to is not None:
        body["reply"] = {"in_reply_to_tweet_id": outgoing.reply_to}
    return body


def _words(outgoing: Outgoing) -> tuple[str, ...]:
    """Return what X's sentences must not repeat; the answers of a poll together, they are short."""
    return (outgoing.text, " ".join(outgoing.poll.options)) if outgoing.poll else (outgoing.text,)


def _forget(_: object) -> None:
    """Take a late answer to a question that nobody waits for any more."""
