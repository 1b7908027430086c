"""What an onlooker remembers: who said what about which text, and when it was to go out.

Independent of the core on purpose: no quorum, gate or fingerprint of the bot is used in here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import product

from bot.domain.draft import NewDraft
from bot.domain.policy import Policy
from bot.domain.quorum import Decision

QUESTIONED = "Experts say"
"""What is said so has no source: whoever approves it must answer that."""


@dataclass(slots=True)
class Message:
    """One message as the bot was told of it, and what people said of its newest text."""

    author: str
    parts: tuple[str, ...]
    stamp: str
    writers: set[str]
    gone: bool = False
    said: dict[str, tuple[Decision, datetime]] = field(default_factory=dict)
    wish: datetime | None = None
    wished: bool = False
    slot: bool = False
    """Whether the wish is the next slot: which one it is becomes known at the approval."""
    agreed: list[datetime] = field(default_factory=list)
    """The times that people agreed on for this text; it may go out a grace behind one of them."""

    def told(self, new: NewDraft) -> None:
        """Take over an edit: a changed text has no approvals and no agreed time."""
        if new.edited_ts <= self.stamp:
            return
        self.stamp = new.edited_ts
        if split(new.text) != self.parts:
            self.parts = split(new.text)
            self.writers.add(new.author)
            self.said.clear()
            self.agreed.clear()

    def approved_at(self, now: datetime, slot: datetime | None) -> None:
        """Note that the approval was completed: the wished time is agreed unless it has passed."""
        self.agreed.clear()
        if self.wished and self.slot:
            self.agreed += [slot] if slot else []
        elif self.wished and (self.wish is None or self.wish >= now):
            self.agreed.append(self.wish or now)

    def says(self, person: str, decision: Decision, seen: tuple[str, ...], now: datetime) -> None:
        """Note a decision, where it is about the text as it stands."""
        if seen == self.parts:
            self.said[person] = (decision, now)

    def objection(self, policy: Policy, covers: Mapping[str, str], now: datetime) -> str | None:
        """Return why the text may not go out as far as people's words go, None where it may.

        `covers` says who decides now in the place of whom.
        """
        if self.gone:
            return "its message is gone or the draft was withdrawn"
        reviewers = frozenset().union(*(stage.people for stage in policy.quorum.stages))
        present = reviewers | {covers[absent] for absent in covers if absent in reviewers}
        approvers = set()
        for person, (decision, at) in self.said.items():
            if person not in present or person in self.writers:
                continue
            if decision in (Decision.REJECT, Decision.REQUEST_CHANGES):
                return f"{person} is against it"
            if decision is Decision.APPROVE and now - at < policy.quorum.lapse:
                approvers.add(person)
        stages = tuple((stage.need, stage.people) for stage in policy.quorum.stages)
        pairs = frozenset(covers.items())
        fine = enough(stages, frozenset(approvers), pairs)
        return None if fine else f"only {approvers} approve it, {dict(covers)} being away"

    def is_time(self, now: datetime, grace: timedelta) -> bool:
        """Whether an agreed time has come and is not too long ago."""
        return any(at <= now <= at + grace for at in self.agreed)


@lru_cache(maxsize=4096)
def enough(
    stages: tuple[tuple[int, frozenset[str]], ...],
    approvers: frozenset[str],
    covers: frozenset[tuple[str, str]],
) -> bool:
    """Try every way to give each approver one place, their own or that of an absent: brute force.

    A place is somebody's in a stage, and everybody has only one: whoever sits in it.
    """
    choices = [
        [None, *((n, owner) for n, (_, people) in enumerate(stages) for owner in people
                 if owner == person or (owner, person) in covers)]
        for person in sorted(approvers)
    ]  # fmt: skip
    return any(_fills(stages, [place for place in given if place]) for given in product(*choices))


def _fills(
    stages: tuple[tuple[int, frozenset[str]], ...], places: Sequence[tuple[int, str]]
) -> bool:
    owners = {owner for _, owner in places}
    counts = Counter(stage for stage, _ in places)
    return len(owners) == len(places) and all(
        counts[n] >= need for n, (need, _) in enumerate(stages)
    )


def is_answered(seen: tuple[str, ...], ticked: frozenset[str]) -> bool:
    """Whether an approval answers what the guidelines ask about a text."""
    return bool(ticked) or not any(QUESTIONED in part for part in seen)


def split(text: str) -> tuple[str, ...]:
    """Cut a simulated text into its parts; simulated texts are clean."""
    return tuple(text.split("\n---\n"))
