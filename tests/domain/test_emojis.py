import pytest
from hypothesis import given

from bot.domain.emojis import is_emoji, sequences
from tests.domain.texts import texts

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain 😀 text 1 # ©", []),
        ("a👍🏽b", ["👍🏽"]),
        ("❤️ ❤", ["❤️"]),
        ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]),
        ("👩🏽\u200d⚕ 👩🏽\u200d⚕️", ["👩🏽\u200d⚕", "👩🏽\u200d⚕️"]),
        ("👁️‍🗨️ 👁‍🗨", ["👁️‍🗨️", "👁‍🗨"]),
        ("👨‍👨‍👨", []),
        ("👨‍👩‍👧‍👦‍👦", ["👨‍👩‍👧‍👦"]),
        ("👨\u200d", []),
        ("👨\u200d\ufe0f👩", []),
        ("❤️\ufe0f", ["❤️"]),
        ("\ufe0f🏽", []),
        ("🚗🏽", []),
        ("1️⃣2⃣3️", ["1️⃣", "2⃣"]),
        ("🇩🇪🇫🇷🇽🇽🇬🇧", ["🇩🇪", "🇫🇷", "🇬🇧"]),
        (f"x{ENGLAND}y🏴\U000e0067", [ENGLAND]),
        ("\u200d", []),
        ("", []),
    ],
    ids=ascii,
)
def test_finds_sequences(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sequences(text)] == found


def test_knows_an_emoji() -> None:
    assert all(map(is_emoji, "😀❤©🏽🫨"))
    assert not any(map(is_emoji, "a1#é漢\ufe0f\u200d"))


@given(texts)
def test_sequences_come_in_order_and_have_several_code_points(text: str) -> None:
    at = 0
    for start, end in sequences(text):
        assert at <= start
        assert start + 1 < end <= len(text)
        at = end
