"""The plain spelling that rules read, and the way back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidelines.addresses import addresses, host_of, is_within
from bot.guidelines.loading import standard
from bot.guidelines.texts import blanked, plain
from bot.guidelines.tweet import Tweet


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It\u2019s \u201cnew\u201d", 'It\'s "new"'),
        ("gua\u200brantee\u00add", "guaranteed"),
        ("\uff27uaranteed \ufb01x", "Guaranteed fix"),
        ("Botox\u2122 from", "Botox  from"),
        ("follow\u2011up\u00a0now", "follow-up now"),
        ("and so on\u2026", "and so on\u2026"),
    ],
)
def test_a_text_is_read_plainly(text: str, read: str) -> None:
    assert plain(text).text == read


@given(st.text(max_size=200))
def test_every_place_leads_back_into_the_text(text: str) -> None:
    form = plain(text)
    for start in range(len(form.text)):
        first, last = form.place((start, start + 1))
        assert 0 <= first < last <= len(text)
    if form.text:
        assert form.place((0, len(form.text)))[1] <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Results gua\u200branteed",
        "Results \uff27\uff35\uff21\uff32\uff21\uff2e\uff34\uff25\uff25\uff24",
    ],
)
def test_what_is_hidden_in_odd_letters_is_found_where_it_stands(text: str) -> None:
    (finding,) = [f for f in standard().judge(Tweet(text), 0) if f.rule == "ADV-02"]
    assert text[finding.start : finding.end] == text.removeprefix("Results ")


def test_blanks_keep_every_place() -> None:
    assert blanked("see a.org now", [(4, 9)]) == "see       now"


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("See https://www.CDC.gov/flu.", ["www.cdc.gov"]),
        ("See nhs.uk/flu and (http://a.org)", ["nhs.uk", "a.org"]),
        ("Go to http://localhost:8080/a", ["localhost"]),
        ("ftp://files.example.org/x", ["files.example.org"]),
        ("cut off https://exam\u2026", []),
        ("write to press@example.org", []),
        ("nothing here, 3.5 times", []),
    ],
)
def test_addresses_are_what_x_links_and_what_looks_like_one(text: str, hosts: list[str]) -> None:
    assert [address.host for address in addresses(text)] == hosts


def test_a_host_is_within_a_domain_by_dots_alone() -> None:
    trusted = frozenset({"cdc.gov", "nhs.uk"})
    assert is_within("www.cdc.gov", trusted)
    assert is_within("nhs.uk", trusted)
    assert not is_within("notcdc.gov", trusted)
    assert not is_within("cdc.gov.evil.example", trusted)
    assert host_of("https://[") == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://2130706433/a",
        "http://0x7f000001/a",
        "http://0177.0.0.1/a",
        "http://127.1/a",
        "http://127.0.0.1./a",
        "http://0.0.0.0/a",
        "http://[::1]/a",
        "http://[::ffff:127.0.0.1]/a",
        "http://localhost/a",
        "http://printer.local/a",
        "http://wiki.internal/a",
        "https://cdc.gov@evil.example/a",
        "https://example.org:8443/a",
        "https://example.org:99999/a",
        "https://xn--cd-ewa.gov/a",
        "https://\u0441dc.gov/a",
        "ftp://example.org/a",
        "javascript://example.org/a",
    ],
)
def test_an_address_that_hides_where_it_leads_stops(url: str) -> None:
    found = {f.rule: f.severity for f in standard().judge(Tweet(f"See {url} today"), 0)}
    assert found["LNK-05"] == "block"
