"""What is private in a text, and what is not: every example of every kind."""

import pytest

from bot.guidelines.privacy import Kind, Known, identifiers, private_spans
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


def test_every_kind_has_examples() -> None:
    assert set(Kind) == set(FIRES)


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
        mailboxes=frozenset({"kevin@elsewhere.example"}),
    )
    text = (
        "Kevin Marsh talks of his surgery at 48 Maple Grove Road, call (212) 555-0187 or write to "
        "kevin@mail.clinic.example or kevin@elsewhere.example"
    )
    assert {kind for kind, _ in found(text)} == {Kind.NAME, Kind.ADDRESS, Kind.PHONE, Kind.EMAIL}
    assert found(text, known) == []
