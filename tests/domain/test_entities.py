# ruff: noqa: RUF001 - characters that look alike are what this is about
import pytest
from hypothesis import given

from bot.domain.entities import cashtags, hashtags, mentions
from tests.domain.texts import texts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@alice and @Bob_1!", ["alice", "Bob_1"]),
        ("＠alice", ["alice"]),
        (".@alice (@bob) “@carol”", ["alice", "bob", "carol"]),
        ("日本@alice", ["alice"]),
        ("RT@alice rt:@bob", ["alice", "bob"]),
        ("cart@alice", []),
        ("mail a@b.org &@alice $@alice #@alice @@alice", []),
        ("@alice@bob @alicé @alice://x", []),
        ("@alice/list @alice/ @alice/1", ["alice", "alice"]),
        ("@" + "a" * 21, ["a" * 20]),
        ("@ alone", []),
        ("https://medium.com/@alice @bob x.org/@carol", ["bob"]),
        ("@dave.com", ["dave"]),
    ],
)
def test_finds_mentions(text: str, names: list[str]) -> None:
    assert [found.name for found in mentions(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#flu #FluJab2026 #1st", ["flu", "FluJab2026", "1st"]),
        ("＃インフルエンザ #грипп #हिन्दी", ["インフルエンザ", "грипп", "हिन्दी"]),
        ("#12345 # #️⃣ #⃣", []),
        ("a#b &#b ü#b", []),
        ("日本#b", []),
        ("(#a) #b. #c", ["a", "b", "c"]),
        ("#a#b #c://d", []),
        ("#snake_case #a·b #mid\u200cword", ["snake_case", "a·b", "mid\u200cword"]),
        ("#flu-jab #don't", ["flu", "don"]),
        ("http://x.org/#a #b x.org/#c", ["b"]),
        ("#日本x.org", ["日本x"]),
    ],
)
def test_finds_hashtags(text: str, names: list[str]) -> None:
    assert [found.name for found in hashtags(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("$PFE and $BRK.A, $rds_b!", ["PFE", "BRK.A", "rds_b"]),
        ("$10 US$PFE $TOOLONG $PFE1 ($PFE)", []),
        ("$PFE\n$MRK", ["PFE", "MRK"]),
        ("$PFE.", ["PFE"]),
        ("$PFE.ABC", ["PFE"]),
    ],
)
def test_finds_cashtags(text: str, names: list[str]) -> None:
    assert [found.name for found in cashtags(text)] == names


def test_a_place_includes_the_sign() -> None:
    (found,) = mentions("hi @alice")
    assert (found.start, found.end) == (3, 9)


@given(texts)
def test_a_place_says_what_the_text_says(text: str) -> None:
    for find in (mentions, hashtags, cashtags):
        at = 0
        for found in find(text):
            assert at <= found.start
            assert text[found.start + 1 : found.end] == found.name
            at = found.end
