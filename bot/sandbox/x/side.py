"""The X side as a whole: its clock, its state, and the two things that change it."""

import asyncio
import time
from collections.abc import Callable

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.world import ACCOUNTS, FOLLOWERS
from bot.sandbox.x import length
from bot.sandbox.x.ledger import Ledger, Poll, Tweet
from bot.sandbox.x.limits import Limiter
from bot.sandbox.x.media import Upload, Uploads
from bot.sandbox.x.prices import Reads
from bot.sandbox.x.signature import Signatures
from bot.sandbox.x.wording import Media, shortened, with_media, worded


class XSide:
    """A local X. `on_change` is called after each call and change; `stop` lets hung calls go."""

    def __init__(self, faults: Faults, on_change: Callable[[], None]) -> None:
        self.faults = faults
        self.on_change = on_change
        self.clock = Clock(lambda: faults.x.clock_offset_s)
        self.stopping = asyncio.Event()
        self.reset()

    def reset(self) -> None:
        """Forget every tweet, call, nonce and count."""
        self.clock.reset()
        self.ledger = Ledger()
        self.limiter = Limiter()
        self.reads = Reads()
        self.uploads = Uploads(self.faults)
        self.signatures = Signatures(self.clock, self.faults)

    def stop(self) -> None:
        """Let every call go that hangs or drips; the server is about to end."""
        self.stopping.set()

    def publish(
        self,
        author_id: str,
        text: str,
        parent: Tweet | None = None,
        quoted: int | None = None,
        media: tuple[Upload, ...] = (),
        poll: Poll | None = None,
    ) -> Tweet:
        """Make a text a tweet, now."""
        tweet_id = self.ledger.next_id(self.clock.now_ms())
        kept = length.normal(text)
        whole = worded(kept, tweet_id)
        is_long = length.weighted(kept) > length.LIMIT
        shown = shortened(kept, tweet_id) if is_long else whole
        keys = [Media(upload.key, upload.kind) for upload in media]
        tweet = Tweet(
            id=tweet_id,
            author_id=author_id,
            sent=text,
            wording=with_media(shown, tweet_id, _name(author_id), keys),
            note=whole if is_long else None,
            parent=parent.id if parent else None,
            parent_author_id=parent.author_id if parent else None,
            conversation=parent.conversation if parent else tweet_id,
            quoted=quoted,
            media=media,
            poll=poll,
        )
        self.ledger.add(tweet, time.monotonic())
        return tweet

    def remove(self, tweet_id: int) -> None:
        """Delete a live tweet, now."""
        self.ledger.delete(tweet_id, self.clock.now_ms())

    def on_timeline(self, tweet: Tweet) -> bool:
        """Answer whether a read of its author's timeline finds the tweet already."""
        return self.ledger.age_s(tweet, time.monotonic()) >= self.faults.x.timeline_lag_s


def _name(author_id: str) -> str:
    return next((a.username for a in (*ACCOUNTS, *FOLLOWERS) if a.id == author_id), "i")
