"""Who is who: the strongest role counts, and an author is first of all an author."""

from dataclasses import replace

import pytest

from bot.domain.audit import Role
from bot.domain.draft import NOW, Wish
from bot.domain.finding import Finding, Severity, blocks
from bot.domain.policy import Policy
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER, START


@pytest.mark.parametrize(
    ("person", "role", "trusted"),
    [
        (AUTHOR, Role.AUTHOR, True),
        (COMPLIANCE, Role.OPERATOR, True),
        (CLINICIAN, Role.REVIEWER, True),
        (OUTSIDER, Role.MEMBER, False),
    ],
)
def test_everybody_acts_in_a_role(policy: Policy, person: str, role: Role, trusted: bool) -> None:
    assert policy.actor(person, AUTHOR).role is role
    assert policy.trusts(person, AUTHOR) == trusted


def test_an_operator_who_writes_acts_as_the_author(policy: Policy) -> None:
    assert policy.actor(COMPLIANCE, COMPLIANCE).role is Role.AUTHOR


def test_a_draft_that_names_no_account_is_for_the_first(policy: Policy) -> None:
    [clinic] = policy.accounts
    two = replace(policy, accounts=(clinic, replace(clinic, name="other")))
    assert two.default_account is clinic
    assert two.account("other") is two.accounts[1]
    assert two.account("none") is None


def test_only_a_block_blocks() -> None:
    found = {s: Finding("rule", s, "words") for s in Severity}
    assert blocks(tuple(found.values()))
    assert not blocks((found[Severity.WARN], found[Severity.ATTEST]))
    assert not blocks(())


def test_a_wish_for_now_means_the_moment_it_can_be_fulfilled() -> None:
    assert NOW.due(START) == START
    assert Wish(START).due(START.replace(hour=12)) == START
