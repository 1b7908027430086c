"""Texts that provoke: fragments for property tests and patterns that make naive scanners crawl."""

# ruff: noqa: RUF001 - characters that look alike are what this is about

from hypothesis import strategies as st

HOSTS = (
    "example",
    "com",
    ".com",
    ".",
    "co.uk",
    "www.",
    ".みんな",
    ".рф",
    "日本",
    "。",
    "xn--",
    "é",
)
SCHEMES = ("http://", "https://", "HTTPS://", "https://t.co/abc", "/p/", "/", "?a=1", "&b=2", ":80")
SIGNS = (
    "-",
    "_",
    ",",
    "!",
    "?",
    "&amp;",
    "#",
    "@",
    "$",
    "＠",
    "(",
    ")",
    "((b))",
    "…",
    "“",
    "'",
    "8",
)
GAPS = (" ", "\n", "\r\n", "\u200b", "\u2028", "\x85", "\0")
WORDS = ("слова", "e\u0301", "x" * 63, "日" * 30, "a@b.org", "@bob", "#tag")
EMOJI = (
    "😀",
    "👨‍👩‍👧‍👦",
    "🙋🏽",
    "1⃣",
    "1️⃣",
    "🇩🇪",
    "🇽",
    "❤️‍🔥",
    "🏴",
    "\U000e0067",
    "🫩",
    "\ufe0e",
    "\ufe0f",
)
UNSEEN = ("\u200c", "\u200d", "\u200e", "\u061c", "\u202e", "\u2066", "\u00ad", "\u034f", "\u3164")
BROKEN = ("\ud800", "\udc00", "\ufeff", "\uffff", "\ue000", "\U00050000", "\u2800", "\u0600")
SCRIPTS = ("می", "خ", "ا", "ه", "ক", "্", "र", "ि", "葛", "\U000e0100", "ᠠ", "\u180b")

FRAGMENTS = (*HOSTS, *SCHEMES, *SIGNS, *GAPS, *WORDS, *EMOJI, *UNSEEN, *BROKEN, *SCRIPTS)

texts = st.lists(
    st.sampled_from(FRAGMENTS) | st.text(st.characters(exclude_categories=()), max_size=5),
    max_size=15,
).map("".join)

HOSTILE = {
    "labels": "a.",
    "labels with a domain at the end": "a.com.",
    "bare links": "a.co,",
    "at signs": "@",
    "schemes": "http://",
    "joined emoji": "👨\u200d",
    "joiners": "\u200d",
    "selectors": "\ufe0f",
    "toned selectors": "👍🏽\ufe0f",
    "tones": "🏽",
    "half flags": "🇩",
    "tags": "🏴\U000e0067",
    "combining marks": "\u0301",
    "virama and joiner": "क्\u200d",
    "ideographs with dots": "日.",
    "ideographs and domains": "日.com",
    "long ideographic labels": "日" * 58 + ".",
    "one label": "日",
    "one word": "a",
    "punycode": "xn--a.",
    "open brackets": "a.co/(",
    "brackets in brackets": "a.co/((a",
    "slashes": "/(",
    "queries": "a.co?!",
    "ports": "a.co:1",
    "underscores": "_.",
    "hashtags": "#a",
    "cashtags": " $A",
    "zero width": "\u200b",
    "directions": "א\u200e",
    "alternating directions": "\u200e\u200f",
    "entities": "&amp;",
}
