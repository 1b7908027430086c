"""The chain: whatever is changed in an entry shows in its hash and in all behind it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import BOT, GENESIS, Actor, AuditAction, Entry, Role, chained

ENTRY = Entry(
    at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    actor=Actor("U0AUTHOR1", Role.AUTHOR),
    action=AuditAction.DRAFT_SUBMIT,
    draft_id=1,
    fingerprint="f1",
    detail={"findings": 0, "why": "so"},
)


@pytest.mark.parametrize(
    "other",
    [
        replace(ENTRY, at=ENTRY.at + timedelta(microseconds=1)),
        replace(ENTRY, actor=Actor("U0AUTHOR2", Role.AUTHOR)),
        replace(ENTRY, actor=Actor("U0AUTHOR1", Role.OPERATOR)),
        replace(ENTRY, action=AuditAction.DRAFT_REVISE),
        replace(ENTRY, draft_id=2),
        replace(ENTRY, draft_id=None),
        replace(ENTRY, fingerprint=None),
        replace(ENTRY, detail={"findings": "0", "why": "so"}),
        replace(ENTRY, detail={"findings": 0}),
    ],
)
def test_every_field_is_in_the_hash(other: Entry) -> None:
    assert chained(GENESIS, 1, other) != chained(GENESIS, 1, ENTRY)


def test_the_place_and_the_past_are_in_the_hash() -> None:
    first = chained(GENESIS, 1, ENTRY)
    assert len({first, chained(GENESIS, 2, ENTRY), chained(first, 1, ENTRY)}) == 3


def test_the_order_of_details_is_not() -> None:
    turned = replace(ENTRY, detail={"why": "so", "findings": 0})
    assert chained(GENESIS, 1, turned) == chained(GENESIS, 1, ENTRY)


@given(st.dictionaries(st.text(), st.one_of(st.integers(), st.text())), st.text(), st.text())
def test_any_words_can_be_chained(detail: dict[str, str | int], who: str, previous: str) -> None:
    entry = replace(ENTRY, detail=detail, actor=Actor(who, Role.MEMBER))
    found = chained(previous, 1, entry)
    assert len(found) == len(GENESIS)
    assert found == chained(previous, 1, entry)


def test_actions_read_as_subject_and_deed() -> None:
    assert all(len(action.value.split(":")) == 2 for action in AuditAction)
    assert BOT.role is Role.BOT
