"""A link of the record holds every field: whoever changes one breaks the chain."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import BOT, GENESIS, Actor, AuditAction, Entry, Role, chained
from tests.conftest import START

ENTRY = Entry(
    at=START,
    actor=Actor("U1", Role.AUTHOR),
    action=AuditAction.DRAFT_SUBMIT,
    draft_id=12,
    fingerprint="f" * 64,
    detail={"part": 1, "why": "said so"},
)
WORDS = st.text(st.characters() | st.sampled_from('",[]\ud800'), max_size=4)
ENTRIES = st.builds(
    Entry,
    st.datetimes(timezones=st.just(UTC)),
    st.builds(Actor, WORDS, st.sampled_from(Role)),
    st.sampled_from(AuditAction),
    st.none() | st.integers(0, 3),
    st.none() | WORDS,
    st.dictionaries(WORDS, WORDS | st.integers(0, 3), max_size=3),
)
LINKS = st.tuples(st.sampled_from([GENESIS, "a" * 64]), st.integers(1, 3), ENTRIES)


@pytest.mark.parametrize(
    "changed",
    [
        {"at": START + timedelta(microseconds=1)},
        {"actor": Actor("U2", Role.AUTHOR)},
        {"actor": Actor("U1", Role.REVIEWER)},
        {"action": AuditAction.DRAFT_REVISE},
        {"draft_id": 1},
        {"draft_id": None},
        {"fingerprint": "e" * 64},
        {"fingerprint": None},
        {"fingerprint": ""},
        {"detail": {}},
        {"detail": {"part": 1}},
        {"detail": {"part": "1", "why": "said so"}},
        {"detail": {"part": 2, "why": "said so"}},
        {"detail": {"part": 1, "why": "said so "}},
        {"detail": {"part": 1, "by": "said so"}},
        {"detail": {"part": 1, "why": "said so", "": ""}},
    ],
    ids=str,
)
def test_a_change_of_any_field_shows(changed: Mapping[str, Any]) -> None:
    assert chained(GENESIS, 1, replace(ENTRY, **changed)) != chained(GENESIS, 1, ENTRY)


def test_another_place_in_the_record_shows() -> None:
    hashes = {chained(GENESIS, 1, ENTRY), chained(GENESIS, 2, ENTRY), chained("a" * 64, 1, ENTRY)}
    assert len(hashes) == 3


@given(LINKS, LINKS)
def test_two_links_are_equal_exactly_where_everything_in_them_is(
    one: tuple[str, int, Entry], other: tuple[str, int, Entry]
) -> None:
    assert (chained(*one) == chained(*other)) is (one == other)


def test_the_order_in_which_details_were_named_does_not_matter() -> None:
    turned = replace(ENTRY, detail={"why": "said so", "part": 1})
    assert chained(GENESIS, 1, turned) == chained(GENESIS, 1, ENTRY)


@pytest.mark.parametrize("hours", [-8, 1, 5.5])
def test_a_moment_is_the_same_in_every_zone(hours: float) -> None:
    """The rows give it back in UTC, whatever it was written in."""
    at = ENTRY.at.astimezone(timezone(timedelta(hours=hours)))
    assert chained(GENESIS, 1, replace(ENTRY, at=at)) == chained(GENESIS, 1, ENTRY)


def test_a_link_can_be_checked_by_hand() -> None:
    """The form of a link is a promise to whoever audits an old record with a newer version."""
    entry = Entry(
        datetime(2026, 3, 2, 9, tzinfo=UTC), BOT, AuditAction.ACCOUNT_PAUSE, None, None, {"a": 1}
    )
    form = (
        f'["{GENESIS}",1,"2026-03-02T09:00:00.000000+00:00",'
        '"countersign","bot","account:pause",null,null,[["a",1]]]'
    )
    assert chained(GENESIS, 1, entry) == hashlib.sha256(form.encode()).hexdigest()


def test_the_record_begins_with_a_hash_of_nothing() -> None:
    assert re.fullmatch("0{64}", GENESIS)


def test_actions_read_as_subject_and_deed() -> None:
    assert all(len(action.value.split(":")) == 2 for action in AuditAction)
