"""The estimated price of posting is what X charges, also in the sandbox."""

import pytest

from bot.domain.price import estimate
from bot.sandbox.x import prices


@pytest.mark.parametrize(
    ("texts", "price"),
    [
        (["Sleep well."], 15),
        (["Read nhs.uk"], 200),
        (["See https://nhs.uk and https://who.int"], 200),
        (["One.", "Two, at nhs.uk/flu.", "Three."], 230),
        ([], 0),
    ],
)
def test_a_link_is_what_makes_a_tweet_dear(texts: list[str], price: int) -> None:
    assert estimate(texts) == price


def test_saying_what_a_picture_shows_has_its_price() -> None:
    assert estimate(["Look."], alt_texts=4) == 35


def test_the_sandbox_charges_the_same() -> None:
    assert estimate(["Plain."]) == prices.CREATE
    assert estimate(["nhs.uk"]) == prices.CREATE_WITH_LINK
    assert estimate([], alt_texts=1) == prices.METADATA


def test_an_answer_to_somebody_costs_less_unless_it_has_a_link() -> None:
    assert estimate(["At eight."], answers=True) == prices.SUMMONED_REPLY
    assert estimate(["At eight.", "On Sundays at nine."], answers=True) == 25
    assert estimate(["See nhs.uk"], answers=True) == prices.CREATE_WITH_LINK
    assert estimate([], answers=True) == 0
