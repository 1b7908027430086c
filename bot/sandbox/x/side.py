"""The X side as a whole: its clock, its state, and the two things that change it."""

import asyncio
from collections.abc import Callable

from bot.sandbox.clock import Clock, WorldTime
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

    def __init__(
        self, faults: Faults, on_change: Callable[[], None], time: WorldTime | None = None
    ) -> None:
        self.faults = faults
        self.on_change = on_change
        self.time = time or WorldTime()
        self.clock = Clock(lambda: faults.x.clock_offset_s, self.time.now_s)
        self.stopping = asyncio.Event()
        self.ledger = Ledger()
        self.reset()

    def reset(self) -> None:
        """Forget every tweet, call, nonce and count; ids go on from the newest."""
        self.clock.reset()
        self.ledger = Ledger(self.ledger.newest_id)
        self.limiter = Limiter()
        self.reads = Reads()
        self.uploads = Uploads(self.faults)
        # signatures are made by the machine's clock, however far the world's is ahead of it
        self.signatures = Signatures(Clock(lambda: self.faults.x.clock_offset_s), self.faults)

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
        self.ledger.add(tweet, self.time.steady_s())
        return tweet

    def remove(self, tweet_id: int) -> None:
        """Delete a live tweet, now."""
        self.ledger.delete(tweet_id, self.clock.now_ms())

    def on_timeline(self, tweet: Tweet) -> bool:
        """Answer whether a read of its author's timeline finds the tweet already."""
        return self.ledger.age_s(tweet, self.time.steady_s()) >= self.faults.x.timeline_lag_s


def _name(author_id: str) -> str:
    return next((a.username for a in (*ACCOUNTS, *FOLLOWERS) if a.id == author_id), "i")
