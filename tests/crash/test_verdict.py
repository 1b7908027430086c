"""The judge of the crash runs is judged: every broken promise is seen, and an honest run passes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from tests.crash.cards import Card, Part
from tests.crash.plan import DraftPlan, Mood
from tests.crash.scene import CHEN, DANA
from tests.crash.tale import Approval, Tale, Wording
from tests.crash.verdict import Evidence, Kind, judge

FIRST, SECOND = "Wash your hands.", "And dry them."
OTHER = "Wash your feet."
TS = "1795438330.966402"
WRITTEN, APPROVED, SENT = 100.0, 101.0, 102.0


def tweet(id_: int, text: str, at: float = SENT, **more: Any) -> dict[str, Any]:
    return {"id": str(id_), "shown_text": text, "created_ms": at * 1000, **more}


THREAD = (tweet(1, FIRST), tweet(2, SECOND, in_reply_to="1"))


@pytest.fixture
def tale() -> Tale:
    texts = (FIRST, SECOND)
    plan = DraftPlan(0, (texts, (OTHER, SECOND)), Mood.PLAIN, None, "U0AUTHOR1", 0.0)
    approvals = [Approval(who, texts, APPROVED, None) for who in (CHEN, DANA)]
    return Tale(plan, TS, [Wording(texts, WRITTEN)], approvals, acted=True)


def card(headline: str, *ids: str | None, buttons: Sequence[str] = ()) -> Card:
    shown = zip((FIRST, SECOND), ids, strict=True)
    parts = tuple(Part(text, id_, taken_down=False) for text, id_ in shown)
    return Card("1", headline, parts, frozenset(buttons), frozenset({CHEN, DANA}), "")


PUBLISHED = card("Published", "1", "2")


@pytest.fixture
def seen(tale: Tale, database: Database, tmp_path: Path) -> Evidence:
    assert database.url.endswith("countersign.db")
    return Evidence([tale], {TS: (PUBLISHED,)}, THREAD, tmp_path / "countersign.db")


def kinds(seen: Evidence) -> set[Kind]:
    return {violation.kind for violation in judge(seen)}


def test_an_honest_run_breaks_no_promise(seen: Evidence) -> None:
    assert kinds(seen) == set()


def test_a_part_that_is_there_twice_is_a_duplicate(seen: Evidence) -> None:
    again = (*THREAD, tweet(3, FIRST))
    assert Kind.DUPLICATE in kinds(replace(seen, tweets=again))


def test_a_deleted_duplicate_is_still_one(seen: Evidence) -> None:
    again = (*THREAD, tweet(3, FIRST, deleted_ms=1))
    assert kinds(replace(seen, tweets=again)) == {Kind.DUPLICATE}


def test_a_tweet_that_one_reviewer_approved_is_unapproved(seen: Evidence, tale: Tale) -> None:
    tale.approvals.pop()
    assert kinds(seen) == {Kind.UNAPPROVED}


def test_a_tweet_from_before_its_approval_is_unapproved(seen: Evidence) -> None:
    early = (tweet(1, FIRST, APPROVED - 1), THREAD[1])
    assert kinds(replace(seen, tweets=early)) == {Kind.UNAPPROVED}


def test_a_tweet_from_long_after_its_edit_is_unapproved(seen: Evidence, tale: Tale) -> None:
    tale.wordings[0].until = SENT - 10
    tale.wordings.append(Wording((OTHER, SECOND), SENT - 10))
    assert Kind.UNAPPROVED in kinds(seen)


def test_a_text_that_nobody_wrote_is_unapproved(seen: Evidence) -> None:
    assert kinds(replace(seen, tweets=(*THREAD, tweet(3, "Hello")))) == {Kind.UNAPPROVED}


def test_a_part_that_does_not_continue_the_one_before_is_unapproved(seen: Evidence) -> None:
    assert kinds(replace(seen, tweets=(THREAD[0], tweet(2, SECOND)))) == {Kind.UNAPPROVED}


def test_a_card_that_names_a_tweet_which_is_not_there_is_falsely_published(seen: Evidence) -> None:
    assert kinds(replace(seen, tweets=THREAD[:1])) == {Kind.FALSE_PUBLISHED}


def test_a_published_card_without_a_tweet_for_a_part_is_falsely_published(seen: Evidence) -> None:
    partly = {TS: (card("Published", "1", None),)}
    assert Kind.FALSE_PUBLISHED in kinds(replace(seen, board=partly, tweets=THREAD[:1]))


@pytest.mark.parametrize("headline", ["Not published", "Missed", "On hold"])
def test_a_card_that_denies_what_is_public_is_false(seen: Evidence, headline: str) -> None:
    denied = {TS: (card(headline, None, None, buttons=["retry"]),)}
    assert kinds(replace(seen, board=denied)) == {Kind.FALSE_FAILED}


def test_a_second_card_that_was_left_behind_is_false(seen: Evidence) -> None:
    stale = card("In review", None, None, buttons=["approve"])
    assert kinds(replace(seen, board={TS: (stale, PUBLISHED)})) == {Kind.FALSE_FAILED}


def test_a_draft_without_a_card_is_lost(seen: Evidence) -> None:
    assert kinds(replace(seen, board={}, tweets=())) == {Kind.LOST}


@pytest.mark.parametrize(
    "headline", ["Scheduled", "Going out", "Approved", "In review", "In doubt"]
)
def test_a_draft_that_stays_on_its_way_is_lost(seen: Evidence, headline: str) -> None:
    waiting = {TS: (card(headline, None, None),)}
    assert kinds(replace(seen, board=waiting, tweets=())) == {Kind.LOST}


def test_a_card_that_asks_is_not_lost(seen: Evidence) -> None:
    asking = {TS: (card("In doubt", None, None, buttons=["settle_live", "settle_not_live"]),)}
    assert kinds(replace(seen, board=asking, tweets=())) == set()


def test_an_acknowledged_approval_that_was_not_kept_is_lost(seen: Evidence, tale: Tale) -> None:
    tale.approvals.append(Approval(CHEN, (FIRST, SECOND), APPROVED, APPROVED + 1))
    assert kinds(seen) == {Kind.LOST}
