"""A stand-in decides in somebody's place, for a time, and never makes two of one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quorum import (
    Decision,
    Quorum,
    Review,
    Reviewed,
    Reviewing,
    Stage,
    StandIn,
    VerdictKind,
    can_complete,
    decide,
    waited_for,
)
from tests.conftest import START
from tests.domain.test_quorum import LAPSE, PEOPLE, REVIEWS, REVISION, STAGES, stage, word

SUBSTITUTES = ("sue", "sam", "sid")
UNTIL = START + timedelta(days=3)
ABSENCES = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3).map(
    lambda away: tuple(StandIn(who, SUBSTITUTES[n], UNTIL) for n, who in enumerate(away))
)
APPROVALS = st.lists(st.sampled_from((*PEOPLE, *SUBSTITUTES)), unique=True).map(
    lambda people: tuple(Review(who, REVISION, Decision.APPROVE, START) for who in people)
)


def reviewing(words: Sequence[Review], *writers: str) -> Reviewing:
    return Reviewing(Reviewed(REVISION, frozenset(writers)), tuple(words))


def covered(*stages: Stage, **absent: str) -> Quorum:
    stand_ins = tuple(StandIn(who, by, UNTIL) for who, by in absent.items())
    return Quorum(stages, LAPSE, stand_ins)


@given(STAGES, APPROVALS, ABSENCES)
def test_a_reviewer_and_their_stand_in_never_fill_two_places(
    stages: tuple[Stage, ...], words: tuple[Review, ...], absences: tuple[StandIn, ...]
) -> None:
    found = decide(Quorum(stages, LAPSE, absences), reviewing(words), START)
    counted = [who for progress in found.stages for who in progress.people]
    assert len(counted) == len(set(counted))
    for absence in absences:
        assert not {absence.reviewer, absence.person} <= set(counted)


@given(STAGES, REVIEWS, ABSENCES)
def test_a_stand_in_who_says_nothing_changes_nothing(
    stages: tuple[Stage, ...], words: tuple[Review, ...], absences: tuple[StandIn, ...]
) -> None:
    alone = decide(Quorum(stages, LAPSE), reviewing(words), START)
    assert decide(Quorum(stages, LAPSE, absences), reviewing(words), START) == alone


@given(STAGES, APPROVALS, ABSENCES)
def test_a_stand_in_counts_as_the_reviewer_would(
    stages: tuple[Stage, ...], words: tuple[Review, ...], absences: tuple[StandIn, ...]
) -> None:
    """Whoever says it: the same places are filled as if the absent had said it themselves."""
    places = {absence.person: absence.reviewer for absence in absences}
    said = {places.get(each.reviewer, each.reviewer) for each in words}
    themselves = tuple(word(who) for who in sorted(said))
    found = decide(Quorum(stages, LAPSE, absences), reviewing(words), START)
    expected = decide(Quorum(stages, LAPSE), reviewing(themselves), START)
    assert found.kind is expected.kind
    filled = [sum(len(p.people) for p in verdict.stages) for verdict in (found, expected)]
    assert filled[0] == filled[1]


@given(STAGES, APPROVALS, ABSENCES, st.sampled_from((*PEOPLE, *SUBSTITUTES)))
def test_whoever_is_waited_for_could_help_and_is_no_writer(
    stages: tuple[Stage, ...],
    words: tuple[Review, ...],
    absences: tuple[StandIn, ...],
    writer: str,
) -> None:
    quorum, said = Quorum(stages, LAPSE, absences), reviewing(words, writer)
    waited = waited_for(quorum, said, decide(quorum, said, START))
    assert writer not in waited
    assert waited <= quorum.reviewers


def test_a_stand_in_approves_in_the_place_of_the_absent() -> None:
    quorum = covered(stage("A", 1, "ann"), ann="sue")
    assert quorum.reviewers == {"ann", "sue"}
    assert decide(quorum, reviewing([word("sue")]), START).kind is VerdictKind.COMPLETE
    assert decide(quorum, reviewing([word("ann")]), START).kind is VerdictKind.COMPLETE


def test_when_the_time_is_over_the_stand_ins_approval_does_not_count_any_more() -> None:
    quorum = replace(covered(stage("A", 1, "ann"), ann="sue"), stand_ins=())
    assert decide(quorum, reviewing([word("sue")]), START).kind is VerdictKind.WAITING


def test_a_stand_in_of_somebody_who_lost_the_role_is_nobody() -> None:
    quorum = covered(stage("A", 1, "bob"), ann="sue")
    assert quorum.reviewers == {"bob"}
    assert decide(quorum, reviewing([word("sue")]), START).kind is VerdictKind.WAITING


def test_a_stand_in_never_approves_what_they_wrote_and_the_absent_is_waited_for() -> None:
    quorum = covered(stage("A", 1, "ann"), ann="sue")
    said = reviewing([word("sue")], "sue")
    verdict = decide(quorum, said, START)
    assert verdict.kind is VerdictKind.WAITING
    assert waited_for(quorum, said, verdict) == {"ann"}


def test_the_stand_in_is_waited_for_in_the_place_of_the_absent() -> None:
    quorum = covered(stage("A", 2, "ann", "bob"), ann="sue")
    said = reviewing([])
    assert waited_for(quorum, said, decide(quorum, said, START)) == {"sue", "bob"}
    said = reviewing([word("sue")])
    assert waited_for(quorum, said, decide(quorum, said, START)) == {"bob"}


def test_a_stand_in_who_has_a_place_already_may_leave_too_few() -> None:
    both = (stage("A", 1, "ann"), stage("B", 1, "bob"))
    assert can_complete(covered(*both, ann="sue"))
    assert not can_complete(covered(*both, ann="bob"))
    assert not can_complete(covered(stage("A", 2, "ann", "bob"), ann="bob"))
