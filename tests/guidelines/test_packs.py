"""Our packs: every example of every rule is a test, and no text makes them slow."""

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.finding import Severity
from bot.guidelines.loading import our_packs, standard
from bot.guidelines.patterns import runs_away
from bot.guidelines.rule import Jurisdiction, Override, Rule, When, Wording
from bot.guidelines.trial import is_slow
from bot.guidelines.tweet import Tweet, see

PACKS, LEXICONS, MISTAKES = our_packs()
RULES = {rule.id: rule for pack in PACKS for rule in pack.rules}
FAMILIES = {
    "accessibility",
    "advertising",
    "conversation",
    "evidence",
    "governance",
    "links",
    "privacy",
    "safety",
}
EXAMPLES = [
    pytest.param(rule, tweet, expected, id=f"{rule.id}-{'fires' if expected else 'silent'}-{n}")
    for rule in RULES.values()
    for expected, tweets in ((True, rule.fires_on), (False, rule.silent_on))
    for n, tweet in enumerate(tweets)
]


def fires(rule: Rule, tweet: Tweet) -> bool:
    standing = standard()
    return bool(rule.detection.places(see(tweet, standing.allowed, standing.trusted)))


def patterns_of(rule: Rule) -> Iterator[str]:
    detection = rule.detection.detection if isinstance(rule.detection, When) else rule.detection
    if isinstance(detection, Wording):
        for pattern in (*detection.any, *detection.all, *detection.unless):
            yield pattern.pattern


def test_no_pattern_of_ours_could_run_away() -> None:
    """They are not judged anew at every start, as a team's own are."""
    patterns = [pattern for rule in RULES.values() for pattern in patterns_of(rule)]
    assert len(patterns) > len(RULES)
    assert [pattern for pattern in patterns if runs_away(pattern)] == []
    made = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    assert [pattern.pattern for pattern in made if is_slow(pattern)] == []


def test_our_packs_have_no_mistake_and_every_family() -> None:
    assert list(MISTAKES) == []
    assert {pack.name for pack in PACKS} >= FAMILIES


@pytest.mark.parametrize(("rule", "tweet", "expected"), EXAMPLES)
def test_an_example_holds(rule: Rule, tweet: Tweet, expected: bool) -> None:
    assert fires(rule, tweet) is expected


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_to_do_and_who_says_so(rule: Rule) -> None:
    assert len(rule.fires_on) >= 3
    assert len(rule.silent_on) >= 3
    assert rule.message.endswith((".", "!"))
    assert rule.citation.address.startswith("http")
    assert rule.citation.clause
    if rule.severity is Severity.ATTEST:
        assert rule.override is Override.NONE


@pytest.mark.parametrize(
    ("rule", "text", "places", "severity"),
    [
        ("ADV-05", "Read this 5-star review of our knee clinic", {"US"}, Severity.WARN),
        ("ADV-05", "Read this 5-star review of our knee clinic", {"US", "AU"}, Severity.BLOCK),
        ("ADV-05", "Read this 5-star review of our knee clinic", set(), Severity.WARN),
        ("ADV-07", "Ask us about Botox, from $9 a unit", {"US"}, Severity.WARN),
        ("ADV-07", "Ask us about Botox, from $9 a unit", {"UK"}, Severity.BLOCK),
        ("SAF-02", "He committed suicide last year", {"EU"}, Severity.WARN),
    ],
)
def test_of_several_jurisdictions_the_strictest_counts(
    rule: str, text: str, places: set[str], severity: Severity
) -> None:
    assert fires(RULES[rule], Tweet(text))
    assert RULES[rule].severity_in(frozenset(map(Jurisdiction, places))) is severity


def test_a_rule_of_other_jurisdictions_does_not_apply() -> None:
    assert not RULES["ADV-17"].applies_in(frozenset({Jurisdiction.US}))
    assert RULES["ADV-17"].applies_in(frozenset({Jurisdiction.US, Jurisdiction.AU}))
    assert all(rule.applies_in(frozenset()) for rule in RULES.values())


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Flu shots 🎉🎉🎉🎉 today", Severity.WARN),
        ("\U0001d5d9\U0001d5ff\U0001d5f2\U0001d5f2 checks today", Severity.BLOCK),
    ],
)
def test_a_severity_is_raised_by_what_else_is_found(text: str, severity: Severity) -> None:
    found = {finding.rule: finding.severity for finding in standard().judge(Tweet(text))}
    assert found["ACC-05"] is severity


HOSTILE = st.one_of(
    st.text(max_size=400),
    st.builds(lambda unit, n: unit * n, st.text(min_size=1, max_size=12), st.integers(1, 300)),
    st.builds(
        lambda words, n: " ".join(words * n)[:4_000],
        st.lists(
            st.sampled_from(
                [*"aA1-.@#:/", "our", "no", "cure", "patients", "best", "says", "http://a", "take"]
                + [word for rule in RULES.values() for word in rule.fires_on[0].text.split()]
            ),
            min_size=1,
            max_size=6,
        ),
        st.integers(1, 400),
    ),
)
RUNS_AWAY_S = 10.0
"""Far more than any text takes on a busy machine; what runs away takes minutes."""


@given(HOSTILE)
def test_no_text_makes_a_rule_run_away(text: str) -> None:
    begun = time.perf_counter()
    findings = list(standard().judge(Tweet(text, is_reply=True), 0))
    assert time.perf_counter() - begun < RUNS_AWAY_S
    for finding in findings:
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start < finding.end <= len(text)
