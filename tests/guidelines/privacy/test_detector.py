"""What is private in a text, and what is not: every example of every kind."""

import pytest

from bot.domain.finding import Severity
from bot.guidelines.privacy import Kind, Known, identifiers, private_spans
from bot.guidelines.privacy.rulings import RULES, blocking, rulings
from bot.guidelines.privacy.telling import nouns, places
from tests.guidelines.privacy.examples import FIRES, SILENT

CASES = [(kind, text, span) for kind, cases in FIRES.items() for text, span in cases]


def found(text: str, known: Known | None = None) -> list[tuple[Kind, str]]:
    spans = private_spans(text, known) if known else private_spans(text)
    return [(span.kind, text[span.start : span.end]) for span in spans]


@pytest.mark.parametrize(("kind", "text", "span"), CASES)
def test_what_is_private_is_found_where_it_stands(kind: Kind, text: str, span: str) -> None:
    assert (kind, span) in found(text)


@pytest.mark.parametrize("text", SILENT)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_every_kind_has_a_rule_and_examples() -> None:
    assert set(RULES) == set(Kind) == set(FIRES)


def test_without_care_around_them_names_and_dates_are_identifiers_and_not_private() -> None:
    text = "Kevin Marsh runs the marathon on March 3"
    assert private_spans(text) == ()
    assert {span.kind for span in identifiers(text)} == {Kind.NAME, Kind.CARE_DATE}


def test_what_stronger_forms_cover_is_closed_to_weaker_ones() -> None:
    assert found("MRN 219-09-9999") == [(Kind.RECORD_NUMBER, "219-09-9999")]
    link = "https://mychart.example.org/view/415-555-12345"
    assert found(f"see {link}") == [(Kind.LINK, link)]


def test_a_sentence_that_goes_on_about_the_same_person_counts() -> None:
    assert found("We met Kevin Marsh. He was admitted last night.")
    assert not found("We met Kevin Marsh. The ward is full of people with a diagnosis.")


def test_what_the_team_has_made_public_is_left_alone() -> None:
    known = Known(
        domains=frozenset({"clinic.example"}),
        phones=frozenset({"2125550187"}),
        addresses=frozenset({"48 maple grove road"}),
        people=frozenset({"kevin marsh"}),
    )
    text = (
        "Kevin Marsh talks of his surgery at 48 Maple Grove Road, call (212) 555-0187 or write to "
        "kevin@mail.clinic.example"
    )
    assert {kind for kind, _ in found(text)} == {Kind.NAME, Kind.ADDRESS, Kind.PHONE, Kind.EMAIL}
    assert found(text, known) == []


def test_a_phone_number_blocks_beside_words_about_care_alone() -> None:
    (alone,) = rulings("Call Janet on (212) 555-0187 about the group")
    (beside,) = rulings("Call Janet on (212) 555-0187 about her biopsy")
    assert (alone.severity, beside.severity) == (Severity.WARN, Severity.BLOCK)


def test_the_author_is_told_what_and_where_and_nothing_of_it_is_repeated() -> None:
    text = "Good news!\nKevin Marsh, MRN 4471902, had his knee surgery"
    told = blocking(text)
    assert places(text, told) == (
        "• a person's name beside words about health or care: line 2, words 1 to 2\n"
        "• a record or patient number: line 2, word 4"
    )
    assert nouns(told[1:]) == "a record or patient number"
    assert nouns(told).endswith("health or care and a record or patient number")


def test_many_places_are_counted_rather_than_listed() -> None:
    text = " ".join(f"MRN {number}." for number in range(1_000_001, 1_000_010))
    assert places(text, blocking(text)).endswith("• and 3 more")


def test_words_are_counted_as_a_person_would() -> None:
    text = "  (MRN 4471902)"
    assert places(text, blocking(text)) == "• a record or patient number: word 2"
