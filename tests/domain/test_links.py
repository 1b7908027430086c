# ruff: noqa: RUF001 - characters that look alike are what this is about
import re
import unicodedata

import pytest
from hypothesis import given

from bot.domain.links import links
from bot.domain.tlds import known
from tests.domain.texts import texts

LINKED = {
    "http://test.co": ["http://test.co"],
    "see HTTPS://Example.COM/A?b=c#d now": ["HTTPS://Example.COM/A?b=c#d"],
    "bare example.com, t.co and foo.co.jp.": ["example.com", "t.co", "foo.co.jp"],
    "sentence end.Then one": [],
    "sentence end.No space": ["end.No"],  # .no is Norway
    "new .zip and .app: a.zip b.app": ["a.zip", "b.app"],
    "example.unknowntld": [],
    "localhost http://localhost/ http://127.0.0.1/": [],
    "foo.onion": ["foo.onion"],
    # what stands before
    "a@example.com #example.com $example.com @example.com": [],
    "＠example.com": ["example.com"],  # the wide sign is no punctuation to X, so part of a host
    "-example.com _example.com /example.com .example.com": [],
    "(example.com)": ["example.com"],
    "-http://example.com _http://example.com": ["http://example.com", "http://example.com"],
    "xhttp://example.com": [],
    "9http://example.com": [],
    "http://-example.com": [],
    "http://foo_bar.com": [],
    "http://foo_bar.example.com": ["http://foo_bar.example.com"],
    "http://example.com http://example.org": ["http://example.com", "http://example.org"],
    "http://example.comhttp://example.org": [],
    "a.co/http://b.co": ["a.co/http://b.co"],
    "http://http://example.com": ["http://example.com"],
    "foo_bar.example.com": ["bar.example.com"],
    "foo_.example.com": [],
    # what stands behind
    "example.com@x example.com+1 example.com-x": [],
    "example.com1": [],
    "example.com_x": ["example.com"],
    "example.com…": ["example.com"],
    "example.com/": ["example.com/"],
    "example.com/.": ["example.com/"],
    "example.com?a=1": ["example.com"],
    "example.com/?a=1": ["example.com/?a=1"],
    "http://example.com?a=1!": ["http://example.com?a=1"],
    "http://example.com?!": ["http://example.com"],
    "example.com:80": ["example.com"],
    "example.com:80/x": ["example.com:80/x"],
    "http://example.com:80": ["http://example.com:80"],
    "example.com:x": ["example.com"],
    # brackets in a path
    "a.co/b_(c)": ["a.co/b_(c)"],
    "a.co/b_(c(d)e)": ["a.co/b_(c(d)e)"],
    "a.co/((b))": ["a.co/((b))"],
    "a.co/b_(c).": ["a.co/b_(c)"],
    "a.co/b.(c)": ["a.co/b"],
    "a.co/b.(c)d": ["a.co/b.(c)d"],
    "(a.co/b)": ["a.co/b"],
    "a.co/()": ["a.co/"],
    "a.co/(b": ["a.co/"],
    # scripts
    "日本example.com": ["example.com"],
    "日本http://example.com": ["http://example.com"],
    "example.com/日本": ["example.com/"],
    "example.com/слова": ["example.com/слова"],
    "http://例え.みんな/x": ["http://例え.みんな/x"],
    "例え.みんな": [],
    "example.みんな": ["example.みんな"],
    "example.みんなx": [],
    "http://example.рф http://example.РФ": ["http://example.рф", "http://example.РФ"],
    "x.vermögensberatung": ["x.vermögensberatung"],
    "x.verm": [],
    "x.xn--p1ai http://x.xn--whatever": ["x.xn--p1ai", "http://x.xn--whatever"],
    "http://xn--日本.みんな": [],
    "日本-x.com": ["-x.com"],
    "example.com日.co.uk/x": ["example.com", "co.uk/x"],
    "example.com.日.co.uk": ["example.com", "co.uk"],
    "münchen.de": ["münchen.de"],
    "Élan.fr": ["lan.fr"],  # X's expression tries the second place of a text first
    " Élan.fr": ["Élan.fr"],
    "😀example.com": ["example.com"],
    # t.co
    "https://t.co/abc/def?x=1": ["https://t.co/abc"],
    "https://t.co/abc?x=1!": ["https://t.co/abc?x=1"],
    "https://t.co/abc?!": ["https://t.co/abc"],
    "https://t.co/": ["https://t.co/"],
    f"https://t.co/{'a' * 40} https://t.co/{'b' * 41}": [f"https://t.co/{'a' * 40}"],
    f"t.co/{'b' * 41}": [f"t.co/{'b' * 41}"],
}


@pytest.mark.parametrize("text", LINKED)
def test_links_what_x_links(text: str) -> None:
    assert [link.url for link in links(text)] == LINKED[text]


def test_a_link_knows_its_place() -> None:
    (link,) = links("Read example.com/a now")
    assert (link.start, link.end) == (5, 18)


@pytest.mark.parametrize(("label", "linked"), [("a" * 63, True), ("a" * 64, False)])
def test_a_label_longer_than_dns_allows_is_no_host(label: str, linked: bool) -> None:
    assert bool(links(f"http://{label}.com")) is linked
    assert bool(links(f"{label}.com")) is linked


def test_a_label_is_measured_in_punycode() -> None:
    assert links(f"http://{'あいうえおかきくけこ' * 5}あい.com")
    assert not links(f"http://{'あいうえおかきくけこ' * 5}あいう.com")
    assert not links(f"http://{'あ' * 64}.com")


def test_ideographic_full_stops_separate_labels_too() -> None:
    assert links(f"{'あ' * 40}。{'い' * 40}。example.com")


@pytest.mark.parametrize(("length", "linked"), [(4096, True), (4097, False)])
@pytest.mark.parametrize("scheme", ["https://", ""])
def test_an_address_is_at_most_4096_long_with_a_scheme(
    scheme: str, length: int, linked: bool
) -> None:
    path = "a" * (length - len("https://example.com/"))
    assert bool(links(f"{scheme}example.com/{path}")) is linked


def test_knows_internationalised_domains_by_their_own_letters() -> None:
    assert {"com", "museum", "рф", "みんな", "onion"} <= known()
    assert not any(name.startswith(("#", "xn--")) for name in known())
    assert all(unicodedata.normalize("NFC", name) == name.lower() for name in known())


@given(texts)
def test_links_come_in_order_and_say_what_the_text_says(text: str) -> None:
    at = 0
    for link in links(text):
        assert at <= link.start < link.end <= len(text)
        assert text[link.start : link.end] == link.url
        assert re.match(r"https?://[^/]+\.|[^/:]+\.", link.url, re.IGNORECASE)
        at = link.end


@given(texts, texts)
def test_links_of_one_line_do_not_depend_on_another(one: str, other: str) -> None:
    apart = [link.url for text in (one, "\n" + other) for link in links(text)]
    assert [link.url for link in links(f"{one}\n{other}")] == apart
