"""Who must approve: stages, reviews, and the verdict that they add up to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.duty import NOTHING, Answer, Duty


class Decision(StrEnum):
    """What one person said of one revision; the newest word of a person counts."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    REVOKE = "revoke"


class VerdictKind(StrEnum):
    """What the reviews of a revision add up to."""

    WAITING = "waiting"
    CHANGES = "changes"
    REJECTED = "rejected"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Stage:
    """A group of reviewers of whom `need` must approve."""

    name: str
    need: int
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class StandIn:
    """A `person` who decides in the place of an absent `reviewer` until a moment."""

    reviewer: str
    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Quorum:
    """Every stage that must be satisfied, side by side; an approval lapses after `lapse`."""

    stages: tuple[Stage, ...]
    lapse: timedelta
    stand_ins: tuple[StandIn, ...] = ()
    """Who decides in whose place as of now; one for each reviewer at most."""

    @property
    def members(self) -> frozenset[str]:
        """Everybody whom the stages name."""
        return frozenset().union(*(stage.people for stage in self.stages))

    @property
    def reviewers(self) -> frozenset[str]:
        """Everybody who may review something now, in their own place or in somebody's."""
        members = self.members
        return members | {s.person for s in self.stand_ins if s.reviewer in members}

    def covered(self, present: Collection[str] = ()) -> tuple[Stage, ...]:
        """Return the stages with the place of everybody absent given to their stand-in.

        Whoever is `present` keeps their place: a reviewer and their stand-in are never two.
        """
        taken = {s.reviewer: s.person for s in self.stand_ins if s.reviewer not in present}
        if not taken:
            return self.stages
        return tuple(
            replace(stage, people=frozenset(taken.get(who, who) for who in stage.people))
            for stage in self.stages
        )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The revision under review, what its findings ask, and everybody who wrote of its draft."""

    revision: int
    writers: frozenset[str]
    duty: Duty = NOTHING


@dataclass(frozen=True, slots=True)
class Review:
    """One person's decision on one revision, with what they acknowledged and attested of it."""

    reviewer: str
    revision: int
    decision: Decision
    at: datetime
    reason: str = ""
    acknowledged: frozenset[str] = frozenset()
    attested: frozenset[str] = frozenset()

    @property
    def answer(self) -> Answer:
        """What this review says of the findings; its reason is the note."""
        return Answer(self.acknowledged, self.attested, self.reason)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Everything that a verdict is made of, oldest review first."""

    reviewed: Reviewed
    reviews: tuple[Review, ...]

    def plus(self, review: Review) -> "Reviewing":
        """Return the same with one more review."""
        return replace(self, reviews=(*self.reviews, review))


@dataclass(frozen=True, slots=True)
class Progress:
    """One stage of a verdict: who counts for it, of how many."""

    stage: str
    need: int
    people: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether the stage has its number."""
        return len(self.people) >= self.need


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the quorum concludes, and how far each stage is."""

    kind: VerdictKind
    stages: tuple[Progress, ...]


def decide(quorum: Quorum, reviewing: Reviewing, now: datetime) -> Verdict:
    """Judge a revision by the quorum as of now.

    Old revisions, writers, lapsed words, and approvals that leave a finding unanswered are out.
    """
    latest = standing(quorum, reviewing, now)
    approvers = [who for who, word in latest.items() if word.decision is Decision.APPROVE]
    stages = _fill(quorum.covered(approvers), approvers)
    return Verdict(_kind(latest, stages), stages)


def waited_for(quorum: Quorum, reviewing: Reviewing, verdict: Verdict) -> frozenset[str]:
    """Return the people of incomplete stages who could approve and do not count yet.

    In the place of an absent reviewer it is their stand-in, unless that one wrote the draft.
    """
    counted = {person for stage in verdict.stages for person in stage.people}
    writers = reviewing.reviewed.writers
    useful = tuple(s for s in quorum.stand_ins if s.person not in writers)
    stages = replace(quorum, stand_ins=useful).covered(counted)
    waiting = {stage.stage for stage in verdict.stages if not stage.complete}
    people = (stage.people for stage in stages if stage.name in waiting)
    return frozenset().union(*people) - writers - counted


def can_complete(quorum: Quorum) -> bool:
    """Whether every stage could have its number while those who are absent are absent."""
    stages = quorum.covered()
    people = sorted(frozenset().union(*(stage.people for stage in stages)))
    return all(stage.complete for stage in _fill(stages, people))


def standing(quorum: Quorum, reviewing: Reviewing, now: datetime) -> Mapping[str, Review]:
    """Each eligible person's newest decision on this revision, in the order they were given.

    Who says again what stands already keeps their turn: nobody loses a place by it.
    """
    eligible = quorum.reviewers - reviewing.reviewed.writers
    latest: dict[str, Review] = {}
    for review in reviewing.reviews:
        if review.revision == reviewing.reviewed.revision and review.reviewer in eligible:
            before = latest.get(review.reviewer)
            if before and not _stands(before, review.decision, quorum.lapse, now):
                del latest[review.reviewer]
            latest[review.reviewer] = review
    duty = reviewing.reviewed.duty
    return {who: word for who, word in latest.items() if _holds(word, duty, quorum.lapse, now)}


def _holds(review: Review, duty: Duty, lapse: timedelta, now: datetime) -> bool:
    """Whether a word still counts: an approval must be fresh, and cover every finding."""
    if _lapsed(review, lapse, now):
        return False
    return review.decision is not Decision.APPROVE or duty.fulfilled(review.answer)


def _stands(before: Review, decision: Decision, lapse: timedelta, now: datetime) -> bool:
    return before.decision is decision and not _lapsed(before, lapse, now)


def _lapsed(review: Review, lapse: timedelta, now: datetime) -> bool:
    return review.decision is Decision.APPROVE and now - review.at >= lapse


def _kind(latest: Mapping[str, Review], stages: Sequence[Progress]) -> VerdictKind:
    words = {review.decision for review in latest.values()}
    if Decision.REJECT in words:
        return VerdictKind.REJECTED
    if Decision.REQUEST_CHANGES in words:
        return VerdictKind.CHANGES
    if stages and all(stage.complete for stage in stages):
        return VerdictKind.COMPLETE
    return VerdictKind.WAITING


def _fill(stages: Sequence[Stage], approvers: Sequence[str]) -> tuple[Progress, ...]:
    """Give each approver to one stage so that as many places as possible are filled.

    A maximum matching by augmenting paths: giving each person to the first stage that takes them
    refuses one satisfiable case in eight.
    """
    placed: list[list[str]] = [[] for _ in stages]
    for person in approvers:
        _place(person, stages, placed, set())
    return tuple(
        Progress(stage.name, stage.need, tuple(people))
        for stage, people in zip(stages, placed, strict=True)
    )


def _place(person: str, stages: Sequence[Stage], placed: list[list[str]], tried: set[int]) -> bool:
    for index, stage in enumerate(stages):
        if person not in stage.people or index in tried:
            continue
        tried.add(index)
        if len(placed[index]) < stage.need:
            placed[index].append(person)
            return True
        for other in tuple(placed[index]):
            if _place(other, stages, placed, tried):
                placed[index][placed[index].index(other)] = person
                return True
    return False
