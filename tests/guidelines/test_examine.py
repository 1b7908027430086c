"""The checks on a text: what is found, where, and in which words."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.content import Content, Part, split_parts
from bot.domain.finding import Finding, Severity
from bot.domain.marks import visible
from bot.domain.tweet import LIMIT, weighted_length
from bot.guidelines import Choices, examine
from bot.guidelines.examine import PARTS, SHOWABLE
from bot.guidelines.judging import in_force
from tests.domain.texts import texts as typed_texts

LINK = "https://who.int/" + "a" * 484
"""500 characters that count 23: many characters need not be much of a tweet."""


NO_RULES = in_force((), {}, Choices())


def found(*texts: str) -> tuple[Finding, ...]:
    return examine(Content("clinic", tuple(map(Part, texts))), NO_RULES)


def rules(*texts: str) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.part) for finding in found(*texts)]


@pytest.mark.parametrize(
    "text",
    ["Sleep well.", "x" * 280, "日" * 140, "Caf\u00e9 🇩🇪", f"{LINK} and more", "$A b"],
)
def test_what_is_in_order_has_no_findings(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("text", ["x" * 281, "日" * 140 + "x", "👩‍⚕️" * 140 + "x"])
def test_one_character_too_many_is_counted_as_x_counts(text: str) -> None:
    [finding] = found(text)
    assert (finding.rule, finding.severity, finding.part) == ("size:length", Severity.BLOCK, 0)
    assert finding.message.startswith("The text counts 281 of 280 characters: 1 too many. Please")


def test_large_numbers_can_be_read() -> None:
    [finding] = found("x" * 1_500)
    assert "counts 1,500 of 280 characters: 1,220 too many" in finding.message


@pytest.mark.parametrize("texts", [("",), ("one", "", "two")])
def test_an_empty_part_is_told_and_nothing_else_of_it(texts: tuple[str, ...]) -> None:
    [finding] = found(*texts)
    assert (finding.rule, finding.part) == ("size:empty", texts.index(""))


def test_a_part_of_several_is_named_by_its_number() -> None:
    messages = [finding.message for finding in found("x" * 281, "", "fine")]
    assert [message.split(" ")[:2] for message in messages] == [["Part", "1"], ["Part", "2"]]
    assert found("")[0].message.startswith("The text is empty.")


def test_an_unseen_character_is_named_and_pointed_at() -> None:
    assert found("a\u200b\u200bb \u202e") == (
        Finding(
            "text:invisible",
            Severity.BLOCK,
            "The text has a character that nobody can see (ZERO WIDTH SPACE). Please type it anew.",
            part=0,
            start=1,
            end=3,
        ),
        Finding(
            "text:invisible",
            Severity.BLOCK,
            "The text has a character that nobody can see (RIGHT-TO-LEFT OVERRIDE). "
            "Please type it anew.",
            part=0,
            start=5,
            end=6,
        ),
    )


def test_of_many_unseen_characters_the_first_five_of_each_part_are_told() -> None:
    text = "\u200bx" * 9
    assert rules(text, text) == [("text:invisible", 0)] * 5 + [("text:invisible", 1)] * 5


@pytest.mark.parametrize(
    ("text", "stopped"),
    [("$AZN", False), ("$AZN $PFE", True), ("$5 $10", False), ("$AZN and x.org/$PFE", False)],
)
def test_one_cashtag_a_part_is_what_x_allows(text: str, stopped: bool) -> None:
    assert rules(text) == ([("x:cashtags", 0)] if stopped else [])
    assert rules("$AZN", "$PFE") == []


def test_a_thread_of_25_parts_can_be_shown_and_one_of_26_cannot() -> None:
    assert PARTS == 25
    assert rules(*["x"] * 25) == []
    [finding] = found(*["x"] * 26)
    assert (finding.rule, finding.part) == ("size:parts", None)
    assert "25 parts, this one has 26" in finding.message


def test_9000_characters_can_be_shown_and_9001_cannot() -> None:
    assert SHOWABLE == 9_000
    assert rules(*[LINK] * 18) == []
    [finding] = found(*[LINK] * 18, "x")
    assert (finding.rule, finding.part) == ("size:showable", None)
    assert finding.message.startswith("9,001 characters are more than")


def test_what_concerns_the_whole_comes_first_then_part_by_part() -> None:
    texts = ["x" * 400 + "\u200b", "$A $B", *["x" * 400] * 24]
    told = rules(*texts)
    assert told[:5] == [
        ("size:parts", None),
        ("size:showable", None),
        ("size:length", 0),
        ("text:invisible", 0),
        ("x:cashtags", 1),
    ]


@given(st.lists(typed_texts, max_size=3).map("\n---\n".join))
@example("x" * 280 + "\n---\n" + "日" * 140)
def test_what_has_no_findings_is_short_enough_and_is_what_its_readers_see(typed: str) -> None:
    content = Content("clinic", split_parts(typed))
    if examine(content, NO_RULES):
        return
    assert 1 <= len(content.parts) <= 25
    for part in content.parts:
        assert 0 < weighted_length(part.text) <= LIMIT
        assert visible(part.text) == part.text


@given(typed_texts)
def test_every_finding_stops_and_points_into_its_part(text: str) -> None:
    for finding in found(text, "", text):
        assert finding.severity is Severity.BLOCK
        assert re.fullmatch("[a-z]+:[a-z]+", finding.rule)
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start < finding.end <= len((text, "", text)[finding.part or 0])
