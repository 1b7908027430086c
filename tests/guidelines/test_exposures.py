"""What keeps a text from being stored, and how its author is told without a word of it."""

from bot.domain.finding import Severity
from bot.guidelines import Tweet
from bot.guidelines.judging import Exposure
from bot.guidelines.loading import our_packs, standard
from bot.guidelines.privacy import Kind
from bot.guidelines.rule import Checked
from bot.guidelines.telling import places, titles

RECORD = "Medical record, chart, patient or case number"
NAMED = "Named person next to health or visit details"


def exposures(text: str, *, is_reply: bool = False) -> tuple[Exposure, ...]:
    return standard().exposures(Tweet(text, is_reply=is_reply))


def test_every_kind_of_identifier_has_its_rule() -> None:
    checked = [r.detection for pack in our_packs()[0] for r in pack.rules if r.id[:3] == "PHI"]
    kinds = {k for one in checked if isinstance(one, Checked) for k in one.params.get("kinds", ())}
    assert kinds == {kind.value for kind in Kind}


def test_every_place_of_every_privacy_rule_that_blocks_is_exposed() -> None:
    found = exposures("MRN 4471902 and MRN 4471903: 5-star reviews of our clinic")
    assert [(one.rule, one.start, one.end) for one in found] == [
        ("PHI-04", 4, 11),
        ("PHI-04", 20, 27),
    ]


def test_what_only_warns_is_not_exposed_and_a_raised_warning_is() -> None:
    alone, beside = (f"Call Janet on (212) 555-0187 about {what}" for what in ("us", "her biopsy"))
    assert exposures(alone) == ()
    assert [one.rule for one in exposures(beside)] == ["PHI-02"]
    severities = {f.rule: f.severity for f in standard().judge(Tweet(alone))}
    assert severities["PHI-02"] is Severity.WARN


def test_an_answer_that_gives_a_patient_away_is_exposed() -> None:
    text = "Sorry about the wait at your appointment!"
    assert [one.rule for one in exposures(text, is_reply=True)] == ["PHI-14"]
    assert exposures(text) == ()


def test_an_authorization_may_allow_a_name_and_never_a_number() -> None:
    found = exposures("Kevin Marsh, MRN 4471902, k.marsh@example.org, had his knee surgery")
    allowed = {one.rule: one.may_be_authorized for one in found}
    assert allowed == {"PHI-01": False, "PHI-04": False, "PHI-09": True}


def test_the_author_is_told_what_and_where_and_nothing_of_it_is_repeated() -> None:
    text = "Good news!\nKevin Marsh, MRN 4471902, had his knee surgery"
    told = exposures(text)
    assert places(text, told) == f"• {NAMED}: line 2, words 1 to 2\n• {RECORD}: line 2, word 4"
    assert titles(told) == f"{NAMED}; {RECORD}"


def test_many_places_are_counted_rather_than_listed() -> None:
    text = " ".join(f"MRN {number}." for number in range(1_000_001, 1_000_010))
    assert places(text, exposures(text)).endswith("• and 3 more")


def test_words_are_counted_as_a_person_would() -> None:
    text = "  (MRN 4471902)"
    assert places(text, exposures(text)) == f"• {RECORD}: word 2"
