"""The checks on pictures: how many go together, and that everybody can know what they show."""

import pytest

from bot.domain.content import Content, Part
from bot.domain.finding import Severity
from bot.domain.media import LONGEST_ALT, Media, MediaFormat, MediaKind
from bot.guidelines import examine

PHOTO = Media("a" * 64, MediaKind.PHOTO, MediaFormat.PNG, "A bed.")
GIF = Media("b" * 64, MediaKind.GIF, MediaFormat.GIF, "A hand waves.")


def with_alt(alt: str) -> Media:
    return Media("c" * 64, MediaKind.PHOTO, MediaFormat.JPEG, alt)


def rules(*media: Media, text: str = "Look", fetching: bool = False) -> list[str]:
    found = examine(Content("clinic", (Part(text, media),)), fetching=fetching)
    return [finding.rule for finding in found if finding.severity is Severity.BLOCK]


@pytest.mark.parametrize("media", [(), (PHOTO,), (PHOTO,) * 4, (GIF,)])
def test_what_x_takes_together_is_no_problem(media: tuple[Media, ...]) -> None:
    assert rules(*media) == []


@pytest.mark.parametrize("media", [(PHOTO,) * 5, (GIF, PHOTO), (GIF, GIF)])
def test_what_x_does_not_take_together_blocks(media: tuple[Media, ...]) -> None:
    assert rules(*media) == ["media:together"]


@pytest.mark.parametrize("alt", ["", "x" * (LONGEST_ALT + 1), "a\u200bb", "a\u202eb"])
def test_every_picture_needs_an_alt_text_that_people_can_read(alt: str) -> None:
    assert rules(with_alt(alt)) == ["media:alt"]


def test_words_are_not_needed_where_a_picture_is_or_will_be() -> None:
    assert rules(PHOTO, text="") == []
    assert rules(text="", fetching=True) == []
    assert rules(text="") == ["size:empty"]


def test_people_are_asked_to_look_for_patients() -> None:
    found = examine(Content("clinic", (Part("Look", (PHOTO,)),)))
    assert [(one.rule, one.severity) for one in found] == [("media:people", Severity.WARN)]


def test_alt_texts_count_for_what_a_card_can_show() -> None:
    many = (with_alt("x" * 1_000),) * 4
    parts = tuple(Part("y" * 200) for _ in range(24))
    found = examine(Content("clinic", (Part("z" * 280, many), *parts)))
    assert "size:showable" in [finding.rule for finding in found]
