"""A long text becomes a thread without losing a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import splitting
from bot.domain.tweet import LIMIT, links, normalise, weighted_length
from tests.domain.texts import texts

LONG = (
    "Flu season is here. Dr. Smith offers free jabs from Monday, approx. 200 a day, e.g. at noon. "
    "No appointment is needed! Bring your card; if you have none, ask at the desk. "
    "More at https://riverside.example/a/rather/long/path?that=counts&twenty=three in all. "
)


def split_long(texts: list[str], *, numbered: bool = False, limit: int = LIMIT) -> list[str]:
    """The pieces alone, which keep the order of the texts they are of."""
    pieces = splitting.split_long(texts, numbered=numbered, limit=limit)
    assert sorted({of for of, _ in pieces}) == list(range(len(texts)))
    assert [of for of, _ in pieces] == sorted(of for of, _ in pieces)
    return [piece for _, piece in pieces]


def test_what_fits_stays_whole_and_has_no_number() -> None:
    assert split_long(["Short.", "And so is this."]) == ["Short.", "And so is this."]
    assert split_long(["Short."], numbered=True) == ["Short."]


def test_several_parts_are_numbered_even_where_none_was_too_long() -> None:
    assert split_long(["One.", "Two."], numbered=True) == ["One. 1/2", "Two. 2/2"]


def test_a_long_text_is_cut_between_sentences() -> None:
    for part in split_long([LONG * 4]):
        assert part.endswith((".", "!"))
        assert not part.endswith(("Dr.", "approx.", "e.g."))


def test_numbers_of_two_digits_find_their_room() -> None:
    parts = split_long([LONG * 12], numbered=True)
    assert len(parts) > 9
    assert [part.rsplit(" ", 1)[1] for part in parts] == [
        f"{place}/{len(parts)}" for place in range(1, len(parts) + 1)
    ]
    assert all(weighted_length(part) <= LIMIT for part in parts)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One paragraph\nanother one, which is longer", "One paragraph"),
        ("one, two and three, four and some more", "one, two and three,"),
        ("only words and nothing between these", "only words and"),
        ("x" * 40, "x" * 20),
        ("これは文です。これも文です。", "これは文です。"),
    ],
)
def test_the_best_place_there_is_ends_a_part(text: str, first: str) -> None:
    assert split_long([text], limit=20)[0] == first


@given(st.lists(texts, min_size=1, max_size=3), st.booleans(), st.integers(30, 120))
def test_nothing_is_lost_but_space_and_every_part_fits(
    typed: list[str], numbered: bool, limit: int
) -> None:
    parts = split_long(typed, numbered=numbered, limit=limit)
    assert all(weighted_length(part) <= limit for part in parts)
    if numbered and len(parts) > 1:
        parts = [part.rsplit(" ", 1)[0] for part in parts]
    assert _squeezed(parts) == _squeezed(map(normalise, typed))


@given(st.integers(20, 60))
def test_a_link_stays_whole(words: int) -> None:
    text = "word " * words + "https://example.com/path?of=a#link " + "word " * words
    (link,) = [
        part[found.start : found.end] for part in split_long([text]) for found in links(part)
    ]
    assert link == "https://example.com/path?of=a#link"


def _squeezed(parts: "list[str] | map[str]") -> str:
    return re.sub(r"\s", "", "".join(parts))
