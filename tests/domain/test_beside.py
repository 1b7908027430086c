"""What a form gives beside a text is kept with whatever the text becomes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.beside import Beside, beside_of, tidy, with_beside
from bot.domain.content import Content, Part, Poll, told
from bot.domain.media import Media, MediaFormat, MediaKind

POLL = Poll(("Yes", "No"), 60)
WORDS = st.text(max_size=6)
POLLS = st.builds(Poll, st.lists(WORDS, max_size=4).map(tuple), st.integers())
SOURCES = st.lists(WORDS, max_size=3).map(tuple)
BESIDES = st.builds(Beside, st.none() | POLLS, WORDS, SOURCES, WORDS)
PARTS = st.lists(st.builds(Part, WORDS, poll=st.none() | POLLS), min_size=1, max_size=4)
CONTENTS = st.builds(Content, st.just("clinic"), PARTS.map(tuple))


@given(CONTENTS, BESIDES)
def test_what_is_put_beside_a_text_stands_there(content: Content, given_: Beside) -> None:
    made = with_beside(content, given_)
    assert beside_of(made) == given_
    assert [part.text for part in made.parts] == [part.text for part in content.parts]
    assert [part.poll for part in made.parts[:-1]] == [None] * (len(content.parts) - 1)


@given(CONTENTS, BESIDES, BESIDES)
def test_the_last_word_counts(content: Content, one: Beside, other: Beside) -> None:
    assert with_beside(with_beside(content, one), other) == with_beside(content, other)


@given(BESIDES)
def test_what_is_tidy_stays_as_it_is(given_: Beside) -> None:
    assert tidy(tidy(given_)) == tidy(given_)


def test_it_is_kept_in_the_form_in_which_it_is_sent() -> None:
    typed = Beside(
        Poll((" Cafe\u0301\n au lait ", "No"), 60),
        " https://x.com/a/status/12?s=20 ",
        (" https://who.int ", "", "https://who.int", "https://nhs.uk"),
    )
    assert tidy(typed) == Beside(
        Poll(("Caf\u00e9 au lait", "No"), 60), "12", ("https://who.int", "https://nhs.uk")
    )
    assert tidy(Beside(reply_to=" no address ")).reply_to == "no address"


def test_a_reference_is_kept_on_one_line_where_it_refers_to_something() -> None:
    assert tidy(Beside(authorization=" AUTH\n 17 ")).authorization == "AUTH 17"
    assert [tidy(Beside(authorization=text)).authorization for text in (" ", "-", "\u200b")] == [
        "", "", "",
    ]  # fmt: skip


def test_versions_are_compared_by_everything_that_they_say() -> None:
    picture = Media("a" * 64, MediaKind.PHOTO, MediaFormat.PNG, "A bed.")
    parts = (Part("One.", (picture,)), Part("Two?", poll=POLL))
    content = Content("clinic", parts, "12", ("https://who.int",))
    assert told(content) == (
        "[In answer to 12]\nOne.\n[Picture: A bed.]\n---\nTwo?\n"
        "[Poll of 60 minutes: Yes / No]\n[Source: https://who.int]"
    )
    assert told(Content("clinic", (Part("One."), Part("Two.")))) == "One.\n---\nTwo."
    stated = told(Content("clinic", (Part("One."),), authorization="AUTH-17"))
    assert stated == "One.\n[Signed authorization: AUTH-17]"
