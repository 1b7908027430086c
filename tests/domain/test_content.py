"""A typed text is cut at lines of only three dashes, and nothing else of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import Content, Part, is_chat, joined, split_parts, with_media
from bot.domain.media import Media, MediaFormat, MediaKind
from bot.domain.tweet import normalise

LINES = ["one", "two  lines\nhere", " ", "--", "- ---", "----", "\n", ""]
PIECES = st.lists(st.sampled_from(LINES))


def texts(typed: str) -> list[str]:
    return [part.text for part in split_parts(typed)]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("one", ["one"]),
        ("one\n---\ntwo", ["one", "two"]),
        ("one\r\n---\r\ntwo\r---\rthree", ["one", "two", "three"]),
        ("one\n  ---\t\ntwo", ["one", "two"]),
        ("one\n\n---\n\n two ", ["one", "two"]),
        ("one\n---\n\n---\ntwo", ["one", "", "two"]),
        ("---\none\n---", ["one"]),
        ("---\n---\none\n---\n---", ["one"]),
        ("---", [""]),
        ("---\n---\n---", [""]),
        ("", [""]),
        (" \n ", [""]),
    ],
)
def test_lines_of_only_three_dashes_separate_parts(typed: str, parts: list[str]) -> None:
    assert texts(typed) == parts


@pytest.mark.parametrize(
    ("typed", "pictured", "parts"),
    [
        ("---\none", [0], ["", "one"]),
        ("one\n---", [1], ["one", ""]),
        ("one\n---\n---\ntwo\n---", [1], ["one", "", "two"]),
        ("---\n---", [1], ["", ""]),
        ("---\none\n---", [0, 2], ["", "one", ""]),
        ("---", [0], [""]),
        ("", [0], [""]),
        ("one", [3], ["one"]),
    ],
)
def test_a_part_that_has_pictures_needs_no_words(
    typed: str, pictured: list[int], parts: list[str]
) -> None:
    assert [part.text for part in split_parts(typed, pictured)] == parts


@pytest.mark.parametrize("typed", ["a --- b", "--", "----", "a\n--- b", "a\n- - -\nb", "—\na"])
def test_anything_else_separates_nothing(typed: str) -> None:
    assert texts(typed) == [typed]


def test_parts_are_kept_in_the_form_in_which_they_are_sent() -> None:
    assert texts("cafe\u0301\n---\na\r\nb") == ["caf\u00e9", "a\nb"]


@given(PIECES)
def test_there_is_always_a_part_and_no_empty_one_at_an_end(pieces: list[str]) -> None:
    found = texts("\n---\n".join(pieces))
    assert found == [""] or (found[0] and found[-1])
    assert all(text == normalise(text) for text in found)


@given(st.text())
def test_joining_parts_and_splitting_them_again_changes_nothing(typed: str) -> None:
    parts = split_parts(typed)
    assert split_parts(joined(Content("clinic", parts))) == parts


def test_parts_are_joined_as_their_author_would_type_them() -> None:
    assert joined(Content("clinic", (Part("one"), Part("two")))) == "one\n---\ntwo"


@pytest.mark.parametrize(
    ("typed", "chat"), [("// lunch?", True), ("  \n//", True), ("/ no", False), ("a // b", False)]
)
def test_a_message_that_begins_with_two_slashes_is_chat(typed: str, chat: bool) -> None:
    assert is_chat(typed) is chat


@given(st.integers(1, 5), st.lists(st.integers(0, 7)))
def test_every_picture_goes_to_its_part_in_order_and_none_is_lost(
    count: int, belongs: list[int]
) -> None:
    media = [
        (part, Media(f"{number}", MediaKind.PHOTO, MediaFormat.PNG))
        for number, part in enumerate(belongs)
    ]
    old = (Media("old", MediaKind.PHOTO, MediaFormat.PNG),)
    parts = with_media(tuple(Part(str(n), old) for n in range(count)), media)
    assert [part.text for part in parts] == [str(n) for n in range(count)]
    for number, part in enumerate(parts):
        mine = [one for of, one in media if of == number or of >= count == number + 1]
        assert list(part.media) == mine
    assert sum(len(part.media) for part in parts) == len(belongs)
