"""Who counts, for what, and until when; compared with trying every assignment."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
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

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
PEOPLE = "ABCDEF"

APPROVE, CHANGES = Decision.APPROVE, Decision.REQUEST_CHANGES
REJECT, REVOKE = Decision.REJECT, Decision.REVOKE

stages = st.lists(
    st.builds(
        Stage,
        name=st.just("stage"),
        need=st.integers(1, 3),
        people=st.frozensets(st.sampled_from(PEOPLE), min_size=1),
    ),
    min_size=1,
    max_size=3,
)
people = st.frozensets(st.sampled_from(PEOPLE))


def said(*words: tuple[str, Decision], revision: int = 1, days: float = 0) -> tuple[Review, ...]:
    """Return reviews in order, so many days old."""
    at = NOW - timedelta(days=days)
    return tuple(Review(who, revision, decision, at) for who, decision in words)


def verdict(
    of: Sequence[Stage], reviews: tuple[Review, ...], writers: frozenset[str] = frozenset()
) -> Verdict:
    return decide(Quorum(tuple(of), WEEK), Reviewing(Reviewed(1, writers), reviews), NOW)


def kind(*words: tuple[str, Decision], writers: str = "") -> VerdictKind:
    """Return what two stages conclude: A or B clinical, C compliance."""
    two = (Stage("Clinical", 1, frozenset("AB")), Stage("Compliance", 1, frozenset("C")))
    return verdict(two, said(*words), frozenset(writers)).kind


def satisfiable(of: Sequence[Stage], approvers: frozenset[str]) -> bool:
    """Try every way to give each approver one stage, or none."""
    places = [*range(len(of)), None]
    return any(
        all(
            sum(1 for who, n in zip(sorted(approvers), chosen, strict=True) if n == place) >= s.need
            for place, s in enumerate(of)
        )
        for chosen in product(places, repeat=len(approvers))
        if all(
            n is None or w in of[n].people for w, n in zip(sorted(approvers), chosen, strict=True)
        )
    )


@given(stages, people)
def test_it_is_complete_exactly_when_some_assignment_fills_every_stage(
    of: list[Stage], approvers: frozenset[str]
) -> None:
    found = verdict(of, said(*((who, APPROVE) for who in sorted(approvers))))
    assert (found.kind is VerdictKind.COMPLETE) == satisfiable(of, approvers)


@given(stages, st.permutations(PEOPLE), st.integers(0, len(PEOPLE)))
def test_the_order_of_clicks_does_not_matter_and_nobody_counts_twice(
    of: list[Stage], order: list[str], count: int
) -> None:
    approvers = order[:count]
    one = verdict(of, said(*((who, APPROVE) for who in approvers)))
    other = verdict(of, said(*((who, APPROVE) for who in reversed(approvers))))
    assert one.kind == other.kind
    placed = [who for stage in one.stages for who in stage.people]
    assert len(placed) == len(set(placed))
    for stage, progress in zip(of, one.stages, strict=True):
        assert set(progress.people) <= stage.people
        assert len(progress.people) <= stage.need


def test_a_case_that_giving_people_to_the_first_stage_would_refuse() -> None:
    either_or = (Stage("One", 1, frozenset("AB")), Stage("Two", 1, frozenset("A")))
    found = verdict(either_or, said(("A", APPROVE), ("B", APPROVE)))
    assert found.kind is VerdictKind.COMPLETE
    assert [stage.people for stage in found.stages] == [("B",), ("A",)]


def test_one_person_fills_one_place_only() -> None:
    both = (Stage("One", 1, frozenset("A")), Stage("Two", 1, frozenset("A")))
    assert verdict(both, said(("A", APPROVE))).kind is VerdictKind.WAITING


def test_without_any_stage_nothing_is_ever_complete() -> None:
    assert verdict((), said(("A", APPROVE))).kind is VerdictKind.WAITING
    assert Quorum((), WEEK).reviewers == frozenset()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], VerdictKind.WAITING),
        ([("A", APPROVE)], VerdictKind.WAITING),
        ([("A", APPROVE), ("C", APPROVE)], VerdictKind.COMPLETE),
        ([("A", APPROVE), ("C", APPROVE), ("B", CHANGES)], VerdictKind.CHANGES),
        ([("A", CHANGES), ("C", APPROVE), ("B", REJECT)], VerdictKind.REJECTED),
        ([("A", CHANGES), ("C", APPROVE), ("A", APPROVE)], VerdictKind.COMPLETE),
        ([("A", APPROVE), ("C", APPROVE), ("A", REVOKE)], VerdictKind.WAITING),
        ([("B", REJECT), ("B", REVOKE), ("A", APPROVE), ("C", APPROVE)], VerdictKind.COMPLETE),
        ([("X", REJECT), ("X", APPROVE)], VerdictKind.WAITING),
    ],
)
def test_the_newest_word_of_each_person_counts(
    words: list[tuple[str, Decision]], expected: VerdictKind
) -> None:
    assert kind(*words) is expected


def test_whoever_wrote_it_never_counts_neither_for_nor_against() -> None:
    assert kind(("A", APPROVE), ("C", APPROVE), writers="A") is VerdictKind.WAITING
    assert kind(("A", REJECT), ("B", APPROVE), ("C", APPROVE), writers="A") is VerdictKind.COMPLETE


def test_words_on_another_revision_do_not_count() -> None:
    one = (Stage("One", 1, frozenset("A")),)
    assert verdict(one, said(("A", APPROVE), revision=2)).kind is VerdictKind.WAITING


@pytest.mark.parametrize(("days", "counts"), [(6.99, True), (7, False), (8, False)])
def test_an_approval_lapses_and_an_objection_does_not(days: float, counts: bool) -> None:
    one = (Stage("One", 1, frozenset("A")),)
    approved = verdict(one, said(("A", APPROVE), days=days))
    assert (approved.kind is VerdictKind.COMPLETE) == counts
    assert verdict(one, said(("A", REJECT), days=days)).kind is VerdictKind.REJECTED


def test_a_lapsed_approval_does_not_bring_back_an_older_objection() -> None:
    one = (Stage("One", 1, frozenset("AB")),)
    words = (*said(("A", REJECT), days=9), *said(("A", APPROVE), days=8), *said(("B", APPROVE)))
    assert verdict(one, words).kind is VerdictKind.COMPLETE


def test_one_more_review_is_judged_as_if_it_had_been_read() -> None:
    quorum = Quorum((Stage("One", 1, frozenset("A")),), WEEK)
    reviewing = Reviewing(Reviewed(1, frozenset()), ())
    [word] = said(("A", APPROVE))
    assert decide(quorum, reviewing.plus(word), NOW).kind is VerdictKind.COMPLETE
    assert standing(quorum, reviewing.plus(word), NOW) == {"A": word}
