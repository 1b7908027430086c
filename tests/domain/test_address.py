"""The address of a tweet, as people copy it, and the id in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.address import is_tweet_id, tweet_address, tweet_id

ID = "1234567890123456789"


@pytest.mark.parametrize(
    "address",
    [
        ID,
        f"https://x.com/RiversideClinic/status/{ID}",
        f"http://x.com/a/status/{ID}/",
        f"https://twitter.com/a_1/status/{ID}",
        f"https://www.twitter.com/a/statuses/{ID}",
        f"https://mobile.twitter.com/a/status/{ID}",
        f"https://mobile.x.com/a/status/{ID}",
        f"https://x.com/i/status/{ID}",
        f"https://x.com/i/web/status/{ID}",
        f"https://x.com/a/status/{ID}?s=20&t=abc",
        f"https://x.com/a/status/{ID}/photo/1",
        f"https://x.com/a/status/{ID}#m",
        f"x.com/a/status/{ID}",
        f"  HTTPS://X.COM/A/Status/{ID}  ",
    ],
)
def test_an_address_in_every_form_leads_to_its_tweet(address: str) -> None:
    assert tweet_id(address) == ID


@pytest.mark.parametrize(
    "address",
    [
        "",
        "no",
        "1" * 20,
        f"{ID} or so",
        "\u0661\u0662",
        "https://x.com/RiversideClinic",
        f"https://x.com/status/{ID}",
        f"https://x.com/a/status/{ID}0",
        f"https://x.com/a/status/{ID}x",
        f"https://notx.com/a/status/{ID}",
        f"https://x.com.evil.example/a/status/{ID}",
        f"https://evil.example/x.com/a/status/{ID}",
        f"https://x.com@evil.example/a/status/{ID}",
        f"javascript://x.com/a/status/{ID}",
        f"see https://x.com/a/status/{ID}",
    ],
)
def test_anything_else_leads_to_none(address: str) -> None:
    assert tweet_id(address) is None


@given(st.from_regex("[0-9]{1,19}", fullmatch=True).filter(str.isascii))
def test_an_id_and_its_address_are_one(id_: str) -> None:
    assert is_tweet_id(id_)
    assert tweet_id(tweet_address(id_)) == tweet_id(tweet_address(id_, "A_b9")) == id_


@given(st.text())
def test_whatever_is_typed_there_is_an_id_or_none(typed: str) -> None:
    found = tweet_id(typed)
    assert found is None or is_tweet_id(found)
