"""A fingerprint changes with every field that an approval covers, and with nothing else."""

import re
from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import Content, Part, Poll
from bot.domain.fingerprint import fingerprint
from bot.domain.media import Media, MediaFormat, MediaKind

# any text, lone surrogates too, with signs that a careless form would take for its own
TEXTS = st.text(st.characters() | st.sampled_from('",:{}[]\\\ud800\0'), max_size=4)
MEDIA = st.builds(Media, TEXTS, st.sampled_from(MediaKind), st.sampled_from(MediaFormat), TEXTS)
POLLS = st.builds(Poll, st.lists(TEXTS, max_size=3).map(tuple), st.integers(0, 9))
PARTS = st.builds(Part, TEXTS, st.lists(MEDIA, max_size=2).map(tuple), st.none() | POLLS)
PARTS_OF_ONE = st.lists(PARTS, min_size=1, max_size=3).map(tuple)
CONTENTS = st.builds(Content, TEXTS, PARTS_OF_ONE, TEXTS, authorization=TEXTS)


@given(CONTENTS, CONTENTS)
def test_two_fingerprints_are_equal_exactly_where_the_contents_are(
    one: Content, other: Content
) -> None:
    assert (fingerprint(one) == fingerprint(other)) is (one == other)


@given(CONTENTS, TEXTS, st.data())
def test_it_changes_with_every_field_and_back_again(
    content: Content, text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(content.parts)))
    variants = [
        replace(content, account=content.account + "x"),
        replace(content, reply_to=content.reply_to + "1"),
        replace(content, authorization=content.authorization + "1"),
        replace(content, parts=(*content.parts[:at], Part(text), *content.parts[at:])),
        replace(content, parts=(*content.parts[:-1], Part(content.parts[-1].text + "x"))),
        *(_with(content, media) for media in data.draw(st.lists(MEDIA, max_size=2))),
    ]
    known = {fingerprint(content), *map(fingerprint, variants)}
    assert len(known) == len({content, *variants}) >= 4
    assert fingerprint(replace(content, parts=tuple(content.parts))) in known


def _with(content: Content, media: Media) -> Content:
    first, *others = content.parts
    return replace(content, parts=(replace(first, media=(*first.media, media)), *others))


@given(MEDIA, MEDIA)
def test_each_field_and_the_order_of_pictures_count(one: Media, other: Media) -> None:
    ways = {(), (one,), (other,), (one, other), (other, one), (replace(one, alt=one.alt + "x"),)}
    found = {fingerprint(Content("clinic", (Part("a", way), Part("b")))) for way in ways}
    elsewhere = fingerprint(Content("clinic", (Part("a"), Part("b", (one,)))))
    assert len(found) == len(ways)
    assert elsewhere not in found


@given(POLLS, POLLS, TEXTS)
def test_each_answer_their_order_and_the_length_of_a_poll_count(
    one: Poll, other: Poll, option: str
) -> None:
    backwards = replace(one, options=one.options[::-1])
    longer = replace(one, minutes=one.minutes + 1)
    more = replace(one, options=(*one.options, option))
    ways = {None, one, other, backwards, longer, more}
    found = {fingerprint(Content("clinic", (Part("a", poll=way), Part("b")))) for way in ways}
    elsewhere = fingerprint(Content("clinic", (Part("a"), Part("b", poll=one))))
    assert len(found) == len(ways)
    assert elsewhere not in found


@given(CONTENTS, st.lists(TEXTS, max_size=2).map(tuple))
def test_sources_are_not_public_and_not_in_it(content: Content, sources: tuple[str, ...]) -> None:
    assert fingerprint(replace(content, sources=sources)) == fingerprint(content)


def test_the_order_and_the_cuts_of_the_parts_count() -> None:
    ways = [("a", "b"), ("b", "a"), ("ab",), ("a", "b", ""), ("", "ab"), ("a\n---\nb",)]
    found = {fingerprint(Content("clinic", tuple(map(Part, way)))) for way in ways}
    assert len(found) == len(ways)


def test_letters_that_look_alike_are_not_the_same() -> None:
    pairs = [("caf\u00e9", "cafe\u0301"), ("a", "\u0430"), ("a", "a\u200b"), ("a", "A")]
    for one, other in pairs:
        assert fingerprint(Content("c", (Part(one),))) != fingerprint(Content("c", (Part(other),)))


def test_it_stays_the_same_from_version_to_version() -> None:
    """What was approved before an update must still be approved after it."""
    content = Content("clinic", (Part("Sleep well."), Part("Caf\u00e9 \U0001f600")))
    found = fingerprint(content)
    assert re.fullmatch("[0-9a-f]{64}", found)
    assert found == "951f62d59eb1806855aba8c313daf67f04f9e7bb1ece30ead20b8b71e6e81ce0"


def test_no_field_of_a_content_is_left_out() -> None:
    """A new field must get into the canonical form, and into the tests above."""
    covered = ["account", "parts", "reply_to", "authorization"]
    assert sorted(field.name for field in fields(Content)) == sorted([*covered, "sources"])
    assert [field.name for field in fields(Part)] == ["text", "media", "poll"]
    assert [field.name for field in fields(Poll)] == ["options", "minutes"]
    assert [field.name for field in fields(Media)] == ["sha256", "kind", "format", "alt"]
