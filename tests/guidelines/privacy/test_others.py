"""Names that somebody else finds: believed where our own are, and never instead of them."""

import re
from collections.abc import Callable

import pytest

from bot.errors import NamesError
from bot.guidelines.privacy import Kind, Known, private_spans

NAME = "Zephyrine Quartermaine"


def finding(*names: str) -> Callable[[str], list[tuple[int, int]]]:
    """Return who finds some names, wherever they stand."""
    return lambda text: [m.span() for name in names for m in re.finditer(re.escape(name), text)]


def names(text: str, *told: str, known: Known | None = None) -> list[str]:
    found = private_spans(text, known or Known(), finding(*told))
    return [text[one.start : one.end] for one in found if one.kind is Kind.NAME]


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME} was admitted to our ward last night.",
        f"So proud of {NAME}, who rang the bell today after her chemo!",
        f"We treated {NAME} for pneumonia. She went home today.",
        f"Our patient {NAME} has diabetes.",
        f"{NAME}, 34 years old, was diagnosed with lupus here.",
    ],
)
def test_a_name_on_no_list_is_private_beside_care_once_somebody_finds_it(text: str) -> None:
    assert names(text, NAME) == [NAME]


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME} runs the marathon on Sunday.",
        f"Dr {NAME} explains how asthma is treated.",
        f"Our nurse {NAME} answers your questions about diabetes.",
        f"{NAME} MD on new treatments of cancer",
        f"{NAME} said her book about cancer is out.",
        f"By {NAME}: how people with diabetes live with it",
        f"The {NAME} Hospital treated 90 people with asthma.",
        f"Footballer {NAME} was hospitalised.",
    ],
)
def test_who_signs_speaks_treats_or_is_only_reported_about_is_left_alone(text: str) -> None:
    assert names(text, NAME) == []


def test_the_teams_own_people_are_left_alone() -> None:
    text = f"{NAME} was admitted to our ward last night."
    assert names(text, NAME, known=Known(people=frozenset({NAME.lower()}))) == []


def test_nothing_that_we_find_ourselves_is_taken_away() -> None:
    text = "Kevin Marsh was admitted here, MRN 4471902"
    alone = private_spans(text)
    assert private_spans(text, people=finding()) == alone
    assert private_spans(text, people=finding("Kevin", "Marsh was", "MRN 4471902")) == alone


def test_a_longer_name_than_ours_is_looked_at_on_its_own() -> None:
    text = "It was Maria al-Zahrawi whom we operated on last night."
    assert names(text) == []
    assert names(text, "Maria al-Zahrawi") == ["Maria al-Zahrawi"]


@pytest.mark.parametrize(
    "told", [f" {NAME}'s", f"{NAME}'s ", f"(patient {NAME})", f"footballer {NAME}"]
)
def test_what_is_found_around_a_name_is_no_part_of_it(told: str) -> None:
    text = f"We treated{told} chest pain" if told[0] == " " else f"We treated {told} for chest pain"
    assert all(NAME in name and "'s" not in name for name in names(text, told))


def test_a_word_that_is_no_name_stays_none() -> None:
    assert names("Monday was admitted to our ward today.", "Monday") == []


def test_both_forms_of_a_text_are_looked_at() -> None:
    styled = f"{NAME}\u2019s tumo\u00adur was removed in our ward, her surgery went well"
    assert names(styled, NAME) == [NAME]


def test_nobody_is_asked_about_nothing() -> None:
    def never(_: str) -> list[tuple[int, int]]:
        raise NamesError("asked")

    assert private_spans(" \n", people=never) == ()
    with pytest.raises(NamesError):
        private_spans("Flu", people=never)


@pytest.mark.timeout(20)
def test_thousands_of_names_are_judged_in_time() -> None:
    text = (f"{NAME} was admitted. " * 2_000)[:40_000]
    assert len(names(text, NAME)) > 1_000
