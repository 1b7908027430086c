"""Whether stored pictures and videos are those that were recorded: hashes stand in the texts."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.domain.chain import Fault
from bot.domain.content import Content
from storage import blobs

OTHER_PICTURE = (
    "A stored picture or video of draft {draft} is gone, or not the one that was recorded."
)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The hashes of which the texts speak, and the drafts of those."""

    drafts: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def note(self, draft_id: int, content: Content) -> None:
        """Note what a text of a draft has with it."""
        for part in content.parts:
            for one in part.media:
                self.drafts[one.sha256].add(draft_id)

    def faults(self, session: Session) -> list[Fault]:
        """Return a fault for each draft that has lost one, or has another one in its place."""
        gone = (drafts for sha256, drafts in self.drafts.items() if not _is_there(session, sha256))
        others = sorted(set().union(*gone))
        return [Fault(None, OTHER_PICTURE.format(draft=draft_id)) for draft_id in others]


def _is_there(session: Session, sha256: str) -> bool:
    return blobs.verify(session, sha256) is not None
