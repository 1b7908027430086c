"""What stands beside a text: polls that X takes, replies to a tweet, sources that are links."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import Content, Part, Poll
from bot.domain.finding import Finding, Severity
from bot.guidelines import examine
from bot.guidelines.beside import LONGEST_REFERENCE, LONGEST_SOURCE
from bot.guidelines.examine import SHOWABLE, structure
from bot.guidelines.fields import FieldProblem, FormField, field_problems
from bot.guidelines.loading import standard
from tests.guidelines.test_pictures import PHOTO

WELL = Content("clinic", (Part("Do you sleep well?"),))
LINK = "https://www.who.int/sleep"


def asking(*options: str, minutes: int = 60) -> Content:
    return replace(WELL, parts=(replace(WELL.parts[0], poll=Poll(options, minutes)),))


def wrong(content: Content) -> list[tuple[FormField, str]]:
    found = structure(content)
    assert all(finding.severity is Severity.BLOCK for finding in found)
    return [(problem.field, problem.words) for problem in field_problems(found)]


@pytest.mark.parametrize(
    "content",
    [
        asking("Yes", "No"),
        asking("a", "b", "c", "d" * 25),
        asking("Yes", "No", minutes=5),
        asking("Yes", "No", minutes=10_080),
        replace(WELL, reply_to="1234567890123456789"),
        replace(WELL, sources=(LINK, "http://nhs.uk/a?b=c#d")),
        replace(WELL, authorization="A" * LONGEST_REFERENCE),
        replace(WELL, sources=tuple(f"{LINK}/{n}" for n in range(10))),
    ],
)
def test_what_is_in_order_has_no_problems(content: Content) -> None:
    assert wrong(content) == []


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (asking(), FormField.POLL_OPTIONS, "has 2 to 4 answers, this one has 0"),
        (asking("Yes"), FormField.POLL_OPTIONS, "has 2 to 4 answers, this one has 1"),
        (asking(*"abcde"), FormField.POLL_OPTIONS, "has 2 to 4 answers, this one has 5"),
        (asking("Yes", " "), FormField.POLL_OPTIONS, "Answer 2 of the poll is empty"),
        (asking("x" * 26, "No"), FormField.POLL_OPTIONS, "Answer 1 of the poll has 26 of 25"),
        (asking("Yes", "No", "yes"), FormField.POLL_OPTIONS, "Answer 3 of the poll is there"),
        (asking("Yes", "N\u200bo"), FormField.POLL_OPTIONS, "nobody can see (ZERO WIDTH SPACE)"),
        (asking("Yes", "No", minutes=4), FormField.POLL_LENGTH, "5 minutes to 7 days"),
        (asking("Yes", "No", minutes=10_081), FormField.POLL_LENGTH, "5 minutes to 7 days"),
        (replace(WELL, reply_to="Tuesday"), FormField.REPLY, "https://x.com/name/status/"),
        (replace(WELL, reply_to="1" * 20), FormField.REPLY, "https://x.com/name/status/"),
        (replace(WELL, sources=("who.int",)), FormField.SOURCES, "Source 1 is no link"),
        (replace(WELL, sources=(LINK, "ftp://who.int")), FormField.SOURCES, "Source 2 is no link"),
        (replace(WELL, sources=("https://",)), FormField.SOURCES, "Source 1 is no link"),
        (replace(WELL, sources=("https://[who",)), FormField.SOURCES, "Source 1 is no link"),
        (replace(WELL, sources=("https://a b.org",)), FormField.SOURCES, "Source 1 is no link"),
        (replace(WELL, sources=(f"{LINK}\u200b",)), FormField.SOURCES, "Source 1 is no link"),
        (replace(WELL, sources=(LINK + "x" * 500,)), FormField.SOURCES, "of 500 characters"),
        (replace(WELL, sources=(LINK,) * 11), FormField.SOURCES, "11 sources are more"),
        (replace(WELL, parts=(Part("x" * 281),)), FormField.TEXT, "1 too many"),
    ],
)
def test_a_problem_is_said_at_its_field(content: Content, field: FormField, words: str) -> None:
    [(found, said)] = wrong(content)
    assert found is field
    assert words in said
    assert said.endswith(".")


def test_a_poll_and_pictures_do_not_go_together() -> None:
    content = asking("Yes", "No")
    [(field, words)] = wrong(replace(content, parts=(replace(content.parts[0], media=(PHOTO,)),)))
    assert field is FormField.POLL_OPTIONS
    assert "a poll or pictures" in words
    apart = (Part("Look.", (PHOTO,)), *content.parts)
    assert wrong(replace(content, parts=apart)) == []


def test_a_problem_names_the_part_whose_field_it_is() -> None:
    last = replace(asking("Yes").parts[0], text="x" * 281)
    found = structure(replace(WELL, parts=(Part("One."), Part(""), last), sources=("no",)))
    assert [(problem.field, problem.part) for problem in field_problems(found)] == [
        (FormField.TEXT, 1),
        (FormField.TEXT, 2),
        (FormField.POLL_OPTIONS, 2),
        (FormField.SOURCES, 0),
    ]


def test_what_only_wants_an_answer_stops_no_form() -> None:
    warned = Finding("EVD-01", Severity.WARN, "Give the source.", 0)
    stopped = Finding("PHI-01", Severity.BLOCK, "Leave the name out.", 1)
    assert field_problems((warned, stopped)) == (
        FieldProblem(FormField.TEXT, 1, "Leave the name out."),
    )


def test_polls_and_sources_count_in_what_a_card_can_show() -> None:
    sources = tuple(f"https://who.int/{n}".ljust(LONGEST_SOURCE, "x") for n in range(10))
    parts = tuple(Part("x" * 280, poll=Poll(("a" * 25, "b" * 25), 60)) for _ in range(12))
    left = SHOWABLE - 10 * LONGEST_SOURCE - 12 * 330
    for last, stopped in (("x" * left, []), ("x" * (left + 1), ["size:showable"])):
        found = structure(Content("clinic", (*parts, Part(last)), sources=sources))
        assert [finding.rule for finding in found] == stopped


def rules(content: Content) -> dict[str, Finding]:
    return {finding.rule: finding for finding in examine(content, standard())}


CLAIM = replace(WELL, parts=(Part("1 in 5 adults lives with chronic pain"),))


def test_a_source_beside_the_tweet_is_a_source() -> None:
    assert "EVD-01" in rules(CLAIM)
    sourced = rules(replace(CLAIM, sources=("https://www.cdc.gov/x",)))
    assert "EVD-01" not in sourced
    assert (sourced["EVD-06"].part, sourced["EVD-06"].severity) == (None, Severity.ATTEST)


def test_sources_are_judged_as_links_of_a_tweet_are_once_for_all_parts() -> None:
    content = replace(WELL, parts=(Part("One."), Part("Two.")))
    bad = ("https://www.naturalnews.com/x.html", "http://192.168.1.20/chart")
    found = [f for f in examine(replace(content, sources=bad), standard()) if f.rule[:3] == "LNK"]
    assert {f.rule for f in found} >= {"LNK-03", "LNK-05"}
    assert len({f.rule for f in found}) == len(found)
    assert all(f.message.startswith("In its sources: ") for f in found)
    assert all((f.part, f.start, f.end) == (None, None, None) for f in found)


def test_the_answers_of_a_poll_are_judged_with_its_question() -> None:
    said = rules(asking("Vaccines cause autism", "No"))
    assert said["EVD-04"].message.startswith("In its poll: ")
    assert (said["EVD-04"].part, said["EVD-04"].start) == (0, None)
    assert "EVD-04" not in rules(asking("Yes", "No"))


def test_an_answer_to_a_tweet_is_a_reply_however_it_begins() -> None:
    advice = replace(WELL, parts=(Part("Double your dose tonight and see"),))
    assert "CNV-01" not in rules(advice)
    assert "CNV-01" in rules(replace(advice, reply_to="12"))


@given(st.lists(st.text(max_size=30), max_size=6), st.integers(), st.text(), st.lists(st.text()))
def test_whatever_is_beside_a_text_is_in_order_or_said(
    options: list[str], minutes: int, reply: str, sources: list[str]
) -> None:
    content = replace(asking(*options, minutes=minutes), reply_to=reply, sources=tuple(sources))
    if wrong(content):
        return
    assert 2 <= len(options) <= 4
    assert all(0 < len(option) <= 25 for option in options)
    assert len(set(options)) == len(options)
    assert 5 <= minutes <= 10_080
    assert reply == "" or reply.isdecimal()
    assert all(source.lower().startswith(("https://", "http://")) for source in sources)
