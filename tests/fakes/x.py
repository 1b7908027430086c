"""An X account in memory: the Publisher that every test uses which is not about X itself.

x = FakeX()
x.script.append(NotLive(Reason.CREDITS, "no credits"))  # the next answer; no tweet is made
x.script.append(x.lose)                                 # a tweet is made, its answer is lost
x.script.append(x.delay)                                # the same, and `x.late[0]()` brings it
x.lag = True                                            # timeline() shows nothing any more
x.uploading.append(NotLive(Reason.REFUSED, "too large"))  # the next picture is not taken
x.trouble = AccountError("X is down.", permanent=False)  # whatever asks X fails
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import RLock

from bot.domain.entities import mentions
from bot.domain.links import links
from bot.domain.media import Media
from bot.domain.publication import Live, NotLive, Outcome, Reason, Unknown
from bot.domain.snowflake import snowflake_at, snowflake_time
from bot.domain.timeline import Seen, SeenUrl
from bot.errors import AccountError
from bot.ports import Clock, Identity, Outgoing, Upload, Uploaded, utc_now

Late = Callable[[Outcome], None]
Answer = Outcome | Callable[[Outgoing, Late], Outcome]

_LOST = Unknown("The answer was lost.")
UNCALLED = "X takes an answer only where its author has mentioned the account."


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the account: the port's method, and its argument."""

    method: str
    argument: Outgoing | Upload | str | None = None


class FakeX:
    """Implements ports.Publisher; safe for several threads."""

    def __init__(
        self,
        user_id: str = "2244994945",
        username: str = "RiversideClinic",
        clock: Clock = utc_now,
    ) -> None:
        self.username = username
        self.clock = clock
        self.script: deque[Answer] = deque()
        """Answers to the next posts, in turn; when it is empty, tweets are made."""
        self.tweets: list[Seen] = []
        """What is public, oldest first."""
        self.uploading: deque[NotLive] = deque()
        """What becomes of the next pictures; when it is empty, they are taken."""
        self.pictures: dict[str, Media] = {}
        """Everything that was uploaded, by its id."""
        self.contents: dict[str, bytes] = {}
        """And the bytes of it."""
        self.calls: list[Call] = []
        self.late: list[Callable[[], None]] = []
        """Late answers on their way: call one, and it arrives."""
        self.lag = False
        """Whether the timeline shows nothing yet."""
        self.trouble: AccountError | None = None
        """What delete, timeline, find and identity raise."""
        self.clock_ahead = timedelta(0)
        self._user_id = user_id
        self._newest = 0
        self._lock = RLock()

    @property
    def user_id(self) -> str:
        """The account's numeric id."""
        return self._user_id

    @property
    def posted(self) -> list[str]:
        """The texts that post() was called with, in order, whatever came of them."""
        sent = [call.argument for call in self.calls]
        return [outgoing.text for outgoing in sent if isinstance(outgoing, Outgoing)]

    def post(self, outgoing: Outgoing, late: Late) -> Outcome:
        """Answer as scripted, and make a tweet of it otherwise."""
        with self._lock:
            self.calls.append(Call("post", outgoing))
            answer = self.script.popleft() if self.script else self.publish
        return answer(outgoing, late) if callable(answer) else answer

    def upload(self, given: Upload) -> Uploaded | NotLive:
        """Take a picture or a video piece by piece, or not, as scripted."""
        with self._lock:
            self.calls.append(Call("upload", given))
            if self.uploading:
                return self.uploading.popleft()
        try:
            content = b"".join(piece for piece in given.pieces() if given.is_wanted())
        except Exception as error:  # noqa: BLE001 - the real one never raises either
            return NotLive(Reason.REFUSED, type(error).__name__, retry=True)
        if len(content) != given.size:
            return NotLive(Reason.REFUSED, "stopped on its way", retry=True)
        with self._lock:
            media_id = str(1_000 + len(self.pictures))
            self.pictures[media_id] = given.media
            self.contents[media_id] = content
        return Uploaded(media_id)

    def delete(self, tweet_id: str) -> bool:
        """Delete a tweet."""
        self._asked("delete", tweet_id)
        with self._lock:
            kept = [tweet for tweet in self.tweets if tweet.id != tweet_id]
            gone = len(kept) < len(self.tweets)
            self.tweets[:] = kept
        return gone

    def timeline(self, since_id: str) -> Sequence[Seen]:
        """Return the account's tweets after an id, newest first; none while there is a lag."""
        self._asked("timeline", since_id)
        if self.lag:
            return []
        newer = [tweet for tweet in self.tweets if int(tweet.id) > int(since_id)]
        return [tweet for tweet in reversed(newer) if tweet.author_id == self.user_id]

    def find(self, tweet_id: str) -> Seen | None:
        """Return one tweet; a lag does not hide it."""
        self._asked("find", tweet_id)
        return next((tweet for tweet in self.tweets if tweet.id == tweet_id), None)

    def identity(self) -> Identity:
        """Say who we are."""
        self._asked("identity")
        return Identity(self.user_id, self.username, self.clock_ahead)

    def publish(self, outgoing: Outgoing, _: Late) -> Outcome:
        """Make a tweet and say so; this is what happens without a script."""
        made = self.make(outgoing)
        return Live(made.id, made.text) if isinstance(made, Seen) else made

    def lose(self, outgoing: Outgoing, _: Late) -> Outcome:
        """Make a tweet; the answer never arrives."""
        made = self.make(outgoing)
        return _LOST if isinstance(made, Seen) else made

    def delay(self, outgoing: Outgoing, late: Late) -> Outcome:
        """Make a tweet; the answer arrives when a test calls the entry in `late`."""
        made = self.make(outgoing)
        answer = Live(made.id, made.text) if isinstance(made, Seen) else made
        self.late.append(partial(late, answer))
        return _LOST

    def delaying(self, outcome: Outcome) -> Answer:
        """Return an answer for the script that makes no tweet and whose `outcome` comes late."""

        def answer(_: Outgoing, late: Late) -> Outcome:
            self.late.append(partial(late, outcome))
            return _LOST

        return answer

    def make(self, outgoing: Outgoing) -> Seen | NotLive:
        """Make a tweet of what was sent; an answer to whoever did not call us is refused."""
        if outgoing.reply_to is not None and not self._may_answer(outgoing.reply_to):
            return NotLive(Reason.REFUSED, UNCALLED)
        media, has_poll = len(outgoing.media_ids), outgoing.poll is not None
        return self.say(outgoing.text, outgoing.reply_to, media=media, has_poll=has_poll)

    def say(
        self,
        text: str,
        reply_to: str | None = None,
        author_id: str | None = None,
        *,
        media: int = 0,
        has_poll: bool = False,
    ) -> Seen:
        """Make a tweet by hand, at X itself; somebody else's with an `author_id`."""
        with self._lock:
            now = self.clock() + self.clock_ahead
            self._newest = max(self._newest + 1, snowflake_at(now))
            shown = _short(self._newest, 99)
            tweet = Seen(
                id=str(self._newest),
                text=(_worded(text, self._newest) + (f" {shown}" if media else "")).strip(),
                created_at=snowflake_time(self._newest),
                author_id=author_id or self.user_id,
                urls=(*_urls(text, self._newest), *_media_urls(shown, self._newest, media)),
                replied_to=reply_to,
                media_keys=media,
                has_poll=has_poll,
            )
            self.tweets.append(tweet)
        return tweet

    def _may_answer(self, tweet_id: str) -> bool:
        target = next((tweet for tweet in self.tweets if tweet.id == tweet_id), None)
        if target is None:
            return False
        named = {entity.name.casefold() for entity in mentions(target.text)}
        return self.username.casefold() in named or target.author_id == self.user_id

    def _asked(self, method: str, argument: str | None = None) -> None:
        with self._lock:
            self.calls.append(Call(method, argument))
        if self.trouble is not None:
            raise self.trouble


def _worded(text: str, tweet_id: int) -> str:
    """Return a text as X's API writes it: links shortened, three characters escaped."""
    words, at = "", 0
    for number, link in enumerate(links(text)):
        words += _escaped(text[at : link.start]) + _short(tweet_id, number)
        at = link.end
    return words + _escaped(text[at:])


def _urls(text: str, tweet_id: int) -> tuple[SeenUrl, ...]:
    return tuple(
        SeenUrl(_short(tweet_id, number), link.url if "://" in link.url else f"http://{link.url}")
        for number, link in enumerate(links(text))
    )


def _media_urls(shown: str, tweet_id: int, media: int) -> tuple[SeenUrl, ...]:
    """Return one entry for each picture: all have the one address behind the text."""
    address = f"https://x.com/i/status/{tweet_id}/photo/1"
    return tuple(SeenUrl(shown, address, f"3_{number}") for number in range(media))


def _short(tweet_id: int, number: int) -> str:
    return f"https://t.co/{tweet_id % 10**9:09}{number}"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
