"""The checks on pictures: how many go together, what they show, and who agreed to be shown."""

from dataclasses import replace

import pytest

from bot.domain.content import Content, Part
from bot.domain.finding import Severity
from bot.domain.media import LONGEST_ALT, Media, MediaFormat, MediaKind
from bot.guidelines import examine
from bot.guidelines.loading import standard
from tests.guidelines.test_examine import NO_RULES

PHOTO = Media("a" * 64, MediaKind.PHOTO, MediaFormat.PNG, "A bed.")
GIF = Media("b" * 64, MediaKind.GIF, MediaFormat.GIF, "A hand waves.")


def with_alt(alt: str) -> Media:
    return Media("c" * 64, MediaKind.PHOTO, MediaFormat.JPEG, alt)


def rules(*media: Media, text: str = "Look", fetching: bool = False) -> list[str]:
    found = examine(Content("clinic", (Part(text, media),)), NO_RULES, fetching=fetching)
    return [finding.rule for finding in found if finding.severity is Severity.BLOCK]


def judged(*media: Media) -> dict[str, Severity]:
    found = examine(Content("clinic", (Part("Look", media),)), standard())
    return {finding.rule: finding.severity for finding in found}


@pytest.mark.parametrize("media", [(), (PHOTO,), (PHOTO,) * 4, (GIF,)])
def test_what_x_takes_together_is_no_problem(media: tuple[Media, ...]) -> None:
    assert rules(*media) == []


@pytest.mark.parametrize("media", [(PHOTO,) * 5, (GIF, PHOTO), (GIF, GIF)])
def test_what_x_does_not_take_together_blocks(media: tuple[Media, ...]) -> None:
    assert rules(*media) == ["media:together"]


@pytest.mark.parametrize("alt", ["x" * (LONGEST_ALT + 1), "a\u200bb", "a\u202eb"])
def test_an_alt_text_is_one_that_x_takes_and_people_can_read(alt: str) -> None:
    assert rules(with_alt(alt)) == ["media:alt"]


def test_words_are_not_needed_where_a_picture_is_or_will_be() -> None:
    assert rules(PHOTO, text="") == []
    assert rules(text="", fetching=True) == []
    assert rules(text="") == ["size:empty"]


@pytest.mark.parametrize("alt", ["", "IMG_2231.jpg", "photo"])
@pytest.mark.parametrize("medium", [PHOTO, GIF])
def test_the_packs_stop_a_picture_that_nobody_described(medium: Media, alt: str) -> None:
    undescribed = replace(medium, alt=alt)
    assert judged(undescribed)["ACC-01"] is Severity.BLOCK
    assert "ACC-01" not in judged(medium)


def test_somebody_attests_that_whoever_is_shown_agreed_and_that_the_picture_is_ours() -> None:
    assert judged(PHOTO) == {"PHI-16": Severity.ATTEST, "GOV-02": Severity.ATTEST}
    assert judged() == {}


def test_each_part_answers_for_its_own_pictures() -> None:
    content = Content("clinic", (Part("Look", (PHOTO,)), Part("Words."), Part("Wave", (GIF,))))
    found = examine(content, standard())
    assert {one.part for one in found if one.rule == "PHI-16"} == {0, 2}


def test_alt_texts_count_for_what_a_card_can_show() -> None:
    many = (with_alt("x" * 1_000),) * 4
    parts = tuple(Part("y" * 200) for _ in range(24))
    found = examine(Content("clinic", (Part("z" * 280, many), *parts)), NO_RULES)
    assert "size:showable" in [finding.rule for finding in found]
