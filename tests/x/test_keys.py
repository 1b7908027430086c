"""The keys of an account."""

import pytest

from bot.errors import SettingsError
from bot.x.keys import Keys


def test_the_account_is_named_in_the_token() -> None:
    assert Keys("a", "b", "2244994945-c", "d").user_id == "2244994945"


@pytest.mark.parametrize("token", ["", "c", "-c", "12a-c", "2244994945", "1-c d", "\u0661-c"])
def test_a_token_without_an_account_is_refused(token: str) -> None:
    with pytest.raises(SettingsError, match="access_token"):
        Keys("a", "b", token, "d")


@pytest.mark.parametrize("secret", ["", "b\n", " b", "b\u00e4"])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(secret: str) -> None:
    with pytest.raises(SettingsError, match="consumer_secret") as caught:
        Keys("a", secret, "1-c", "d")
    assert not secret.strip() or secret not in str(caught.value)
