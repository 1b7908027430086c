"""A machine takes the steps of its table and no other, and says so in words."""

from enum import StrEnum
from itertools import product

import pytest

from bot.domain.draft import DRAFT, OPEN, DraftAction, DraftState
from bot.domain.machine import Machine
from bot.domain.publication import (
    ENDED,
    IN_FLIGHT,
    PUBLICATION,
    PublicationAction,
    PublicationState,
)
from bot.errors import NotAllowedError, RefusedError


class Door(StrEnum):
    OPEN = "open"
    SHUT_FAST = "shut_fast"
    GONE = "gone"


class Push(StrEnum):
    SHUT = "be_shut"
    OPEN = "be_opened"
    SLAM = "be_slammed"
    REMOVE = "be_taken_out"


TABLE = {
    (Door.OPEN, Push.SHUT): Door.SHUT_FAST,
    (Door.OPEN, Push.SLAM): Door.SHUT_FAST,
    (Door.SHUT_FAST, Push.OPEN): Door.OPEN,
    (Door.OPEN, Push.REMOVE): Door.GONE,
}
DOOR = Machine("door", TABLE)
EVERY_PUSH = tuple(product(Door, Push))


@pytest.mark.parametrize(("state", "push"), tuple(TABLE))
def test_a_step_of_the_table_is_taken(state: Door, push: Push) -> None:
    assert DOOR.allows(state, push)
    assert DOOR.after(state, push) is TABLE[state, push]


@pytest.mark.parametrize(("state", "push"), [step for step in EVERY_PUSH if step not in TABLE])
def test_no_other_step_is_taken(state: Door, push: Push) -> None:
    assert not DOOR.allows(state, push)
    with pytest.raises(NotAllowedError):
        DOOR.after(state, push)


def test_a_refusal_is_a_sentence_for_a_person() -> None:
    with pytest.raises(RefusedError) as caught:
        DOOR.after(Door.SHUT_FAST, Push.SLAM)
    assert str(caught.value) == "This door is shut fast: it cannot be slammed now."
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("push", tuple(Push))
def test_sources_are_all_states_that_an_action_may_start_from(push: Push) -> None:
    assert set(DOOR.sources(push)) == {state for state in Door if DOOR.allows(state, push)}


def test_a_drawing_has_an_arrow_for_each_way_and_marks_the_ends() -> None:
    assert DOOR.drawing().splitlines() == [
        "stateDiagram-v2",
        "    open --> shut_fast: be shut, be slammed",
        "    shut_fast --> open: be opened",
        "    open --> gone: be taken out",
        "    gone --> [*]",
    ]


S, A = DraftState, DraftAction
OF_DRAFT: dict[DraftState, dict[DraftAction, DraftState]] = {
    S.DRAFTING: {
        A.BLOCK: S.DRAFTING,
        A.REVISE: S.IN_REVIEW,
        A.WITHDRAW: S.WITHDRAWN,
        A.GO_LIVE: S.CLOSED,
    },
    S.IN_REVIEW: {
        A.BLOCK: S.DRAFTING,
        A.REVISE: S.IN_REVIEW,
        A.REQUEST_CHANGES: S.CHANGES_REQUESTED,
        A.APPROVE: S.APPROVED,
        A.REJECT: S.REJECTED,
        A.WITHDRAW: S.WITHDRAWN,
        A.GO_LIVE: S.CLOSED,
    },
    S.CHANGES_REQUESTED: {
        A.BLOCK: S.DRAFTING,
        A.REVISE: S.IN_REVIEW,
        A.REOPEN: S.IN_REVIEW,
        A.APPROVE: S.APPROVED,
        A.REJECT: S.REJECTED,
        A.WITHDRAW: S.WITHDRAWN,
        A.GO_LIVE: S.CLOSED,
    },
    S.APPROVED: {
        A.BLOCK: S.DRAFTING,
        A.REVISE: S.IN_REVIEW,
        A.REQUEST_CHANGES: S.CHANGES_REQUESTED,
        A.REOPEN: S.IN_REVIEW,
        A.REJECT: S.REJECTED,
        A.WITHDRAW: S.WITHDRAWN,
        A.GO_LIVE: S.CLOSED,
    },
    S.REJECTED: {},
    S.WITHDRAWN: {},
    S.CLOSED: {},
}

P, B = PublicationState, PublicationAction
OF_PUBLICATION: dict[PublicationState, dict[PublicationAction, PublicationState]] = {
    P.SCHEDULED: {
        B.RESCHEDULE: P.SCHEDULED,
        B.CLAIM: P.PUBLISHING,
        B.HOLD: P.HELD,
        B.MISS: P.MISSED,
        B.CANCEL: P.CANCELLED,
        B.FAIL: P.FAILED,
    },
    P.PUBLISHING: {
        B.FINISH: P.PUBLISHED,
        B.HOLD: P.HELD,
        B.MISS: P.MISSED,
        B.CANCEL: P.CANCELLED,
        B.FAIL: P.FAILED,
        B.REQUEUE: P.SCHEDULED,
        B.DOUBT: P.IN_DOUBT,
    },
    P.IN_DOUBT: {B.FINISH: P.PUBLISHED, B.REQUEUE: P.SCHEDULED, B.FAIL: P.FAILED},
    P.HELD: {B.RESCHEDULE: P.SCHEDULED, B.CANCEL: P.CANCELLED},
    P.MISSED: {B.RESCHEDULE: P.SCHEDULED, B.CANCEL: P.CANCELLED},
    P.FAILED: {B.RESCHEDULE: P.SCHEDULED, B.CANCEL: P.CANCELLED, B.REMOVE: P.REMOVING},
    P.PUBLISHED: {B.REMOVE: P.REMOVING},
    P.REMOVING: {B.REMOVED: P.REMOVED},
    P.REMOVED: {},
    P.CANCELLED: {},
}


@pytest.mark.parametrize(("state", "action"), tuple(product(DraftState, DraftAction)))
def test_a_draft_goes_only_where_it_may(state: DraftState, action: DraftAction) -> None:
    assert DRAFT.table.get((state, action)) is OF_DRAFT[state].get(action)


@pytest.mark.parametrize(("state", "action"), tuple(product(PublicationState, PublicationAction)))
def test_a_publication_goes_only_where_it_may(
    state: PublicationState, action: PublicationAction
) -> None:
    assert PUBLICATION.table.get((state, action)) is OF_PUBLICATION[state].get(action)


def test_nothing_goes_out_after_an_end_but_through_a_person() -> None:
    after = {PUBLICATION.table.get((state, action)) for state in ENDED for action in B}
    assert after <= {None, P.REMOVING, P.REMOVED}


def test_only_what_is_published_by_a_claim_is_in_flight() -> None:
    assert PUBLICATION.sources(B.CLAIM) == (P.SCHEDULED,)
    assert set(IN_FLIGHT) == set(PUBLICATION.sources(B.FINISH))


def test_a_draft_that_is_not_open_has_no_way_on() -> None:
    assert {state for state, _ in DRAFT.table} == set(OPEN)
