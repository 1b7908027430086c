"""Bugs on purpose: each patches one behaviour of the core, and the simulator must find it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot import revising
from bot.domain import gate, quorum
from bot.domain.duty import Duty
from bot.domain.publication import NotLive, PublicationAction, PublicationState, Reason, Unknown
from bot.domain.quorum import Decision, Progress, Reviewed, Reviewing
from bot.publishing import answers, lane, protocol, removal, sending
from bot.workflow import review, scheduling
from storage import attempts, drafts, pauses, publications, stand_ins
from storage.models import StandInRow
from tests.simulator.world import OPERATORS

Patch = pytest.MonkeyPatch
_standing, _reason, _judge = quorum.standing, gate._reason, protocol.judge
_write_answer, _next_waiting = answers.write_answer, publications.next_waiting
_refuse_person, _refuse_decision = review._refuse_person, review._refuse_decision
_add, _outgoing = publications.add, protocol._outgoing


def votes_of_an_old_revision_count(patch: Patch) -> None:
    def standing(of: quorum.Quorum, reviewing: Reviewing, *rest: Any) -> Any:
        number = reviewing.reviewed.revision
        words = tuple(replace(word, revision=number) for word in reviewing.reviews)
        return _standing(of, replace(reviewing, reviews=words), *rest)

    patch.setattr(quorum, "standing", standing)


def an_operator_approves_their_own_text(patch: Patch) -> None:
    def standing(of: quorum.Quorum, reviewing: Reviewing, *rest: Any) -> Any:
        return _standing(of, _without_operators(reviewing), *rest)

    def refuse(desk: Any, reviewing: Reviewing, person: str) -> None:
        _refuse_person(desk, _without_operators(reviewing), person)

    patch.setattr(quorum, "standing", standing)
    patch.setattr(review, "standing", standing)
    patch.setattr(review, "_refuse_person", refuse)


def _without_operators(reviewing: Reviewing) -> Reviewing:
    reviewed = reviewing.reviewed
    return replace(
        reviewing, reviewed=Reviewed(reviewed.revision, reviewed.writers - set(OPERATORS))
    )


def lapsed_approvals_count(patch: Patch) -> None:
    patch.setattr(quorum, "_lapsed", lambda *_: False)


def an_approval_that_answers_nothing_counts(patch: Patch) -> None:
    patch.setattr(Duty, "fulfilled", lambda *_: True)


def a_revoked_approval_counts(patch: Patch) -> None:
    def standing(of: quorum.Quorum, reviewing: Reviewing, *rest: Any) -> Any:
        words = tuple(word for word in reviewing.reviews if word.decision is not Decision.REVOKE)
        return _standing(of, replace(reviewing, reviews=words), *rest)

    patch.setattr(quorum, "standing", standing)


def one_person_counts_for_two_stages(patch: Patch) -> None:
    def fill(stages: Any, approvers: Any) -> tuple[Progress, ...]:
        return tuple(
            Progress(s.name, s.need, tuple(p for p in approvers if p in s.people)) for s in stages
        )

    patch.setattr(quorum, "_fill", fill)


def a_click_on_an_old_card_counts_for_the_new_text(patch: Patch) -> None:
    def refuse(draft: Any, known: Any, _: int, *rest: Any) -> None:
        _refuse_decision(draft, known, draft.revision_id, *rest)

    patch.setattr(review, "_refuse_decision", refuse)


def an_edit_keeps_the_publication_scheduled(patch: Patch) -> None:
    patch.setattr(revising, "cancel_open", lambda *_: None)


def cancelling_is_possible_during_the_call(patch: Patch) -> None:
    patch.setattr(scheduling, "refuse_out_of_reach", lambda *_: None)


def it_goes_out_early(patch: Patch) -> None:
    def waiting(session: Any, account: str, now: Any, **rest: Any) -> Any:
        return _next_waiting(session, account, now + timedelta(days=1), **rest)

    patch.setattr(publications, "next_waiting", waiting)
    _let_pass(patch, Reason.TOO_EARLY)


def old_ones_are_blasted_out(patch: Patch) -> None:
    _let_pass(patch, Reason.LATE)


def what_was_stopped_goes_on(patch: Patch) -> None:
    _let_pass(patch, Reason.STOP_ASKED)


def _let_pass(patch: Patch, reason: Reason) -> None:
    def reasons(*facts: Any) -> Reason | None:
        found = _reason(*facts)
        return None if found is reason else found

    patch.setattr(gate, "_reason", reasons)


def an_approval_after_the_wished_time_sends_at_once(patch: Patch) -> None:
    patch.setattr(publications, "add", lambda *given: _add(*given[:6]))


def a_slot_is_given_to_two_drafts(patch: Patch) -> None:
    patch.setattr(publications, "calendar", lambda *_, **__: [])


def a_pause_is_ignored_at_the_claim(patch: Patch) -> None:
    patch.setattr(pauses, "standing", lambda *_: None)


def the_gate_is_asked_only_at_the_claim(patch: Patch) -> None:
    def judge(*given: Any) -> Any:
        return _judge(*given) if given[3].state == "scheduled" else None

    patch.setattr(protocol, "judge", judge)


def a_gap_is_ignored(patch: Patch) -> None:
    def waiting(*given: Any, **_: Any) -> Any:
        return _next_waiting(*given)

    patch.setattr(publications, "next_waiting", waiting)


def an_unknown_answer_is_recorded_as_a_failure(patch: Patch) -> None:
    _mistake_unknown(patch, NotLive(Reason.REFUSED, "timeout"))


def an_unknown_answer_is_sent_again(patch: Patch) -> None:
    _mistake_unknown(patch, NotLive(Reason.REFUSED, "timeout", retry=True))


def _mistake_unknown(patch: Patch, known: NotLive) -> None:
    def write(desk: Any, attempt_id: int, outcome: Any) -> None:
        _write_answer(desk, attempt_id, known if isinstance(outcome, Unknown) else outcome)

    patch.setattr(sending, "write_answer", write)


def a_crash_during_the_call_is_forgotten(patch: Patch) -> None:
    def take_over(session: Any, publication: Any, now: Any) -> None:
        attempt = attempts.open_of(session, publication.id)
        if attempt is not None:
            session.delete(attempt)
        publications.move(session, publication, PublicationAction.REQUEUE, next_at=now)
        drafts.touch(session, drafts.get(session, publication.draft_id))

    patch.setattr(lane, "_take_over", take_over)


def a_late_answer_overwrites_what_was_settled(patch: Patch) -> None:
    def refuse(_desk: Any, _session: Any, _draft: Any, publication: Any, *_: Any) -> None:
        publication.state, publication.next_at = PublicationState.FAILED, None
        publication.lease_until = None

    patch.setattr(answers, "_follows", lambda *_: True)
    patch.setattr(answers, "refuse", refuse)


def a_thread_is_called_published_after_its_first_part(patch: Patch) -> None:
    def go_on(_desk: Any, session: Any, _draft: Any, publication: Any, _now: Any) -> None:
        publications.move(session, publication, PublicationAction.FINISH)

    patch.setattr(answers, "go_on", go_on)


def it_is_called_removed_without_asking_x(patch: Patch) -> None:
    def take_down(desk: Any, _: Any, publication_id: int) -> None:
        tweet_id = removal._next_live(desk, publication_id)
        if tweet_id is not None:
            removal._note_gone(desk, publication_id, tweet_id)

    patch.setattr(lane, "take_down", take_down)


def a_stand_in_decides_for_ever(patch: Patch) -> None:
    def standing(session: Any, _: Any) -> tuple[quorum.StandIn, ...]:
        rows = session.exec(select(StandInRow).order_by(col(StandInRow.id).desc())).all()
        newest = {row.reviewer: row for row in reversed(rows)}
        return tuple(quorum.StandIn(r.reviewer, r.person, r.until) for r in newest.values())

    patch.setattr(stand_ins, "standing", standing)


def a_poll_goes_out_without_its_answers(patch: Patch) -> None:
    def outgoing(session: Any, publication: Any, part: int) -> Any:
        return replace(_outgoing(session, publication, part), poll=None)

    patch.setattr(protocol, "_outgoing", outgoing)


def an_answer_goes_out_as_a_tweet_of_its_own(patch: Patch) -> None:
    def outgoing(session: Any, publication: Any, part: int) -> Any:
        made = _outgoing(session, publication, part)
        return made if part else replace(made, reply_to=None)

    patch.setattr(protocol, "_outgoing", outgoing)


BUGS: dict[Callable[[Patch], None], tuple[int, int]] = {
    votes_of_an_old_revision_count: (31, 60),
    an_operator_approves_their_own_text: (3, 60),
    lapsed_approvals_count: (1, 60),
    an_approval_that_answers_nothing_counts: (35, 250),
    a_revoked_approval_counts: (15, 60),
    one_person_counts_for_two_stages: (0, 60),
    a_stand_in_decides_for_ever: (9, 250),
    a_click_on_an_old_card_counts_for_the_new_text: (28, 60),
    an_edit_keeps_the_publication_scheduled: (8, 60),
    cancelling_is_possible_during_the_call: (41, 250),
    it_goes_out_early: (0, 60),
    old_ones_are_blasted_out: (11, 60),
    what_was_stopped_goes_on: (13, 60),
    an_approval_after_the_wished_time_sends_at_once: (28, 60),
    a_slot_is_given_to_two_drafts: (25, 60),
    a_pause_is_ignored_at_the_claim: (0, 60),
    the_gate_is_asked_only_at_the_claim: (13, 60),
    a_gap_is_ignored: (9, 60),
    an_unknown_answer_is_recorded_as_a_failure: (28, 60),
    an_unknown_answer_is_sent_again: (5, 60),
    a_crash_during_the_call_is_forgotten: (23, 60),
    a_late_answer_overwrites_what_was_settled: (31, 250),
    a_thread_is_called_published_after_its_first_part: (27, 60),
    it_is_called_removed_without_asking_x: (23, 60),
    a_poll_goes_out_without_its_answers: (11, 60),
    an_answer_goes_out_as_a_tweet_of_its_own: (24, 60),
}
"""Each bug, and where it shows soon: the seed of a world, and its steps. It may show elsewhere."""
