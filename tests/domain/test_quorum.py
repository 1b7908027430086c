"""A verdict counts each eligible person once, wherever that completes the most."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.quorum import (
    Decision,
    Quorum,
    Review,
    Reviewed,
    Reviewing,
    Stage,
    Verdict,
    VerdictKind,
    decide,
    standing,
)
from tests.conftest import START

PEOPLE = ("ann", "bob", "cas", "dee", "eve")
LAPSE = timedelta(days=14)
REVISION = 7
APPROVE, CHANGES, REJECT, REVOKE = Decision

STAGES = st.lists(
    st.builds(
        Stage,
        st.sampled_from(["Clinical", "Compliance", "Plain language"]),
        st.integers(1, 3),
        st.frozensets(st.sampled_from(PEOPLE), min_size=1),
    ),
    max_size=3,
    unique_by=lambda stage: stage.name,
).map(tuple)
MIXED = st.lists(
    st.builds(
        Review,
        st.sampled_from((*PEOPLE, "stranger")),
        st.sampled_from((REVISION, REVISION, REVISION, REVISION - 1)),
        st.sampled_from((APPROVE, APPROVE, APPROVE, *Decision)),
        st.sampled_from((0, 1, 13, 14, 15)).map(lambda days: START - timedelta(days=days)),
    ),
    max_size=7,
).map(lambda words: tuple(sorted(words, key=lambda word: word.at)))
CROWD = st.lists(st.sampled_from(PEOPLE), unique=True, min_size=3).map(
    lambda people: tuple(Review(who, REVISION, APPROVE, START) for who in people)
)
REVIEWS = CROWD | MIXED  # a crowd competes for places, a mixture tries every other rule
WRITERS = st.frozensets(st.sampled_from(PEOPLE), max_size=2)


def verdict(
    stages: Sequence[Stage], *reviews: Review, writers: frozenset[str] = frozenset()
) -> Verdict:
    reviewing = Reviewing(Reviewed(REVISION, writers), reviews)
    return decide(Quorum(tuple(stages), LAPSE), reviewing, START)


def word(reviewer: str, decision: Decision = APPROVE, revision: int = REVISION) -> Review:
    return Review(reviewer, revision, decision, START)


def stage(name: str, need: int, *people: str) -> Stage:
    return Stage(name, need, frozenset(people))


# -- a second opinion, written to be obviously right --


def last_words(
    stages: Sequence[Stage], reviews: Sequence[Review], writers: frozenset[str]
) -> dict[str, Decision]:
    said = {}
    for who in PEOPLE:
        words = [w for w in reviews if w.reviewer == who and w.revision == REVISION]
        role = any(who in stage.people for stage in stages)
        if words and role and who not in writers:
            last = words[-1]
            if last.decision is not APPROVE or last.at + LAPSE > START:
                said[who] = last.decision
    return said


def most_places(stages: Sequence[Stage], approvers: Sequence[str]) -> int:
    """Try every way to give each approver to one of their stages, or to none."""
    ways = [
        [None, *(n for n, stage in enumerate(stages) if who in stage.people)] for who in approvers
    ]
    return max(
        sum(min(way.count(n), stage.need) for n, stage in enumerate(stages))
        for way in product(*ways)
    )


@given(STAGES, REVIEWS, WRITERS)
def test_no_assignment_of_people_to_stages_does_better(
    stages: tuple[Stage, ...], reviews: tuple[Review, ...], writers: frozenset[str]
) -> None:
    said = last_words(stages, reviews, writers)
    best = most_places(stages, [who for who, what in said.items() if what is APPROVE])
    found = verdict(stages, *reviews, writers=writers)
    assert sum(len(progress.people) for progress in found.stages) == best
    if REJECT in said.values():
        assert found.kind is VerdictKind.REJECTED
    elif CHANGES in said.values():
        assert found.kind is VerdictKind.CHANGES
    else:
        whole = bool(stages) and best == sum(stage.need for stage in stages)
        assert found.kind is (VerdictKind.COMPLETE if whole else VerdictKind.WAITING)


@given(STAGES, REVIEWS, WRITERS)
def test_everybody_counts_for_at_most_one_stage_and_only_where_they_belong(
    stages: tuple[Stage, ...], reviews: tuple[Review, ...], writers: frozenset[str]
) -> None:
    said = last_words(stages, reviews, writers)
    found = verdict(stages, *reviews, writers=writers).stages
    counted = [who for progress in found for who in progress.people]
    assert len(counted) == len(set(counted))
    assert all(said[who] is APPROVE for who in counted)
    for progress, wanted in zip(found, stages, strict=True):
        assert (progress.stage, progress.need) == (wanted.name, wanted.need)
        assert wanted.people.issuperset(progress.people)
        assert len(progress.people) <= wanted.need
        assert progress.complete is (len(progress.people) == wanted.need)


@example(
    stages=(stage("A", 1, "ann", "bob"), stage("B", 1, "ann"), stage("C", 1, "bob")),
    reviews=(word("ann"), word("bob")),
    writers=frozenset(),
    who="ann",
)
@given(STAGES, REVIEWS, WRITERS, st.sampled_from(PEOPLE))
def test_one_more_approval_never_takes_a_place_away(
    stages: tuple[Stage, ...], reviews: tuple[Review, ...], writers: frozenset[str], who: str
) -> None:
    before = Reviewing(Reviewed(REVISION, writers), reviews)
    quorum = Quorum(stages, LAPSE)
    after = decide(quorum, before.plus(word(who)), START)
    for old, new in zip(decide(quorum, before, START).stages, after.stages, strict=True):
        assert len(new.people) >= len(old.people)


# -- what each rule means --


def test_somebody_of_two_stages_goes_where_nobody_else_can() -> None:
    """First come, first placed would put Ann into Clinical and refuse what is satisfiable."""
    stages = (stage("Clinical", 1, "ann", "bob"), stage("Compliance", 1, "ann"))
    found = verdict(stages, word("ann"), word("bob"))
    assert found.kind is VerdictKind.COMPLETE
    assert [progress.people for progress in found.stages] == [("bob",), ("ann",)]


def test_a_whole_row_of_people_moves_up_to_make_a_place() -> None:
    stages = (stage("A", 1, "ann", "bob"), stage("B", 1, "ann", "cas"), stage("C", 1, "cas", "dee"))
    found = verdict(stages, word("ann"), word("cas"), word("bob"))
    assert [progress.people for progress in found.stages] == [("bob",), ("ann",), ("cas",)]


def test_one_person_does_not_fill_two_stages() -> None:
    found = verdict((stage("A", 1, "ann"), stage("B", 1, "ann")), word("ann"))
    assert found.kind is VerdictKind.WAITING
    assert [progress.complete for progress in found.stages] == [True, False]


def test_more_approvals_than_places_are_no_harm() -> None:
    stages = (stage("A", 1, "ann", "bob"), stage("B", 1, "ann", "bob"))
    found = verdict(stages, word("ann"), word("bob"), word("ann"), word("cas"))
    assert found.kind is VerdictKind.COMPLETE
    assert verdict(stages[:1], word("ann"), word("bob")).stages[0].people == ("ann",)


def test_saying_it_twice_counts_once() -> None:
    found = verdict((stage("A", 2, "ann", "bob"),), word("ann"), word("ann"))
    assert found.kind is VerdictKind.WAITING


def test_whoever_wrote_any_revision_never_counts() -> None:
    stages = (stage("A", 1, "ann", "bob"),)
    found = verdict(stages, word("ann"), writers=frozenset({"ann"}))
    assert found == verdict(stages)


@pytest.mark.parametrize("against", [CHANGES, REJECT])
def test_a_writers_objection_does_not_count_either(against: Decision) -> None:
    stages = (stage("A", 1, "ann", "bob"),)
    found = verdict(stages, word("bob"), word("ann", against), writers=frozenset({"ann"}))
    assert found.kind is VerdictKind.COMPLETE


@pytest.mark.parametrize("later", [CHANGES, REJECT, REVOKE])
def test_the_newest_word_of_a_person_counts(later: Decision) -> None:
    stages = (stage("A", 1, "ann"),)
    assert verdict(stages, word("ann"), word("ann", later)).kind is not VerdictKind.COMPLETE
    assert verdict(stages, word("ann", later), word("ann")).kind is VerdictKind.COMPLETE


@pytest.mark.parametrize("decision", list(Decision))
def test_a_word_on_another_revision_never_counts(decision: Decision) -> None:
    stages = (stage("A", 1, "ann"),)
    for other in (REVISION - 1, REVISION + 1):
        assert verdict(stages, word("ann", decision, other)) == verdict(stages)
        assert verdict(stages, word("ann"), word("ann", decision, other)).kind == "complete"


def test_an_approval_of_the_old_text_does_not_return_when_the_new_one_is_revoked() -> None:
    words = (word("ann", APPROVE, REVISION - 1), word("ann"), word("ann", REVOKE))
    assert verdict((stage("A", 1, "ann"),), *words).kind is VerdictKind.WAITING


def test_somebody_who_lost_the_role_never_counts() -> None:
    assert verdict((stage("A", 1, "bob"),), word("ann")).kind is VerdictKind.WAITING
    assert verdict((stage("A", 1, "bob"),), word("ann", REJECT)).kind is VerdictKind.WAITING


def test_an_approval_lapses_at_the_moment_and_uncovers_no_older_word() -> None:
    quorum = Quorum((stage("A", 1, "ann"),), LAPSE)
    older = Review("ann", REVISION, REJECT, START - timedelta(days=1))
    reviewing = Reviewing(Reviewed(REVISION, frozenset()), (older, word("ann")))
    moments = (START + LAPSE - timedelta(microseconds=1), START + LAPSE)
    kinds = [decide(quorum, reviewing, moment).kind for moment in moments]
    assert kinds == [VerdictKind.COMPLETE, VerdictKind.WAITING]


@pytest.mark.parametrize(
    ("against", "kind"), [(REJECT, VerdictKind.REJECTED), (CHANGES, VerdictKind.CHANGES)]
)
def test_an_objection_does_not_lapse(against: Decision, kind: VerdictKind) -> None:
    old = Review("ann", REVISION, against, START - 10 * LAPSE)
    assert verdict((stage("A", 1, "ann"),), old).kind is kind


def test_a_rejection_weighs_more_than_anything_else() -> None:
    words = (word("ann"), word("bob", REJECT), word("cas", CHANGES))
    found = verdict((stage("A", 1, "ann", "bob", "cas"),), *words)
    assert (found.kind, found.stages[0].complete) == (VerdictKind.REJECTED, True)


def test_where_nobody_is_asked_nothing_is_approved() -> None:
    assert verdict((), word("ann")).kind is VerdictKind.WAITING
    assert Quorum((), LAPSE).reviewers == frozenset()


def test_what_stands_is_told_in_the_order_of_the_newest_words() -> None:
    reviewing = Reviewing(
        Reviewed(REVISION, frozenset()), (word("ann", CHANGES), word("bob", REJECT), word("ann"))
    )
    quorum = Quorum((stage("A", 2, "ann", "bob"),), LAPSE)
    assert list(standing(quorum, reviewing, START)) == ["bob", "ann"]
