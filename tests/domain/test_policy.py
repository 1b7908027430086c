"""The policy says who somebody is towards a draft, and whose account it speaks for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import Actor, Role
from bot.domain.finding import Finding, Severity, blocks
from bot.domain.policy import Policy, Waits
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, COMPLIANCE, OPERATOR, OUTSIDER


@pytest.mark.parametrize(
    ("person", "author", "role"),
    [
        (AUTHOR, AUTHOR, Role.AUTHOR),
        (OPERATOR, OPERATOR, Role.AUTHOR),
        (CLINICIAN, CLINICIAN, Role.AUTHOR),
        (OPERATOR, AUTHOR, Role.OPERATOR),
        (CLINICIAN, AUTHOR, Role.REVIEWER),
        (COLLEAGUE, AUTHOR, Role.MEMBER),
        (OUTSIDER, None, Role.MEMBER),
        (OPERATOR, None, Role.OPERATOR),
        (CLINICIAN, None, Role.REVIEWER),
    ],
)
def test_everybody_acts_in_their_strongest_role(
    policy: Policy, person: str, author: str | None, role: Role
) -> None:
    assert policy.actor(person, author) == Actor(person, role)
    assert policy.trusts(person, author) is (role is not Role.MEMBER)


def test_a_reviewer_is_whoever_stands_in_any_stage(policy: Policy) -> None:
    assert policy.quorum.reviewers == {CLINICIAN, COMPLIANCE}


def test_an_account_is_found_by_its_name(policy: Policy) -> None:
    clinic = policy.accounts[0]
    second = replace(clinic, name="trust", handle="RiversideTrust")
    both = replace(policy, accounts=(clinic, second))
    assert (both.account("trust"), both.account("clinic")) == (second, clinic)
    assert both.account("RiversideTrust") is None
    assert both.default_account is clinic


def test_a_claim_outlasts_the_call_that_it_is_for() -> None:
    assert Waits().lease > Waits().deadline + timedelta(seconds=5)


def test_only_a_block_blocks() -> None:
    found = {severity: Finding("rule", severity, "words") for severity in Severity}
    assert blocks(tuple(found.values()))
    assert not blocks((found[Severity.WARN], found[Severity.ATTEST]))
    assert not blocks(())
