"""Whether stored pictures and videos are those that were recorded: hashes stand in the texts."""

from collections.abc import Iterator

from sqlmodel import Session

from bot.domain.chain import Fault
from storage import blobs, contents, selecting

OTHER_PICTURE = (
    "A stored picture or video of draft {draft} is gone, or not the one that was recorded."
)


def picture_faults(session: Session) -> list[Fault]:
    """Return a fault for each draft that has lost one, or has another one in its place."""
    intact: dict[str, bool] = {}
    others: set[int] = set()
    for revision in selecting.every_revision(session):
        for sha256 in _hashes(revision.content):
            if sha256 not in intact:
                intact[sha256] = blobs.verify(session, sha256) is not None
            if not intact[sha256]:
                others.add(revision.draft_id)
    return [Fault(None, OTHER_PICTURE.format(draft=draft_id)) for draft_id in sorted(others)]


def _hashes(stored: str) -> Iterator[str]:
    """Yield the hashes in a stored content, nothing of one that is no content any more."""
    try:
        content = contents.loads(stored)
    except (ValueError, TypeError, KeyError):
        return
    yield from (one.sha256 for part in content.parts for one in part.media)
