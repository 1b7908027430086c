# ruff: noqa: RUF001 - characters that look alike are what this is about
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.canonical import canonical_url
from bot.domain.timeline import (
    SLACK,
    Absent,
    Ambiguous,
    Hit,
    OlderHit,
    Seen,
    SeenUrl,
    match,
)
from tests.domain.rewriting import DEADLINE, START, US, Case, seen, sent

FLU = "https://www.nhs.uk/vaccinations/flu-vaccine/"
LONG = "Every winter we are asked whether the flu jab gives you flu. It does not. " * 8

LOST = {
    "plain words": Case("Flu jabs from Monday."),
    "a line end": Case("Flu jabs\nfrom Monday."),
    "a paragraph": Case("Flu jabs\n\nfrom Monday."),
    "CRLF sent": Case("Flu jabs\r\nfrom\rMonday."),
    "CRLF returned": Case("Flu jabs\nfrom Monday.", spaces="\r\n"),
    "line ends turned to spaces": Case("Flu jabs\nfrom Monday.", spaces=" "),
    "spaces doubled": Case("Flu jabs  from\t Monday.  "),
    "a no-break space": Case("Flu jabs\u00a0from Monday"),
    "an ampersand": Case("Q & A on Monday"),
    "angle brackets": Case("Under <5 or >65?"),
    "a literal &amp;": Case("Write &amp; for an ampersand"),
    "a literal &lt;": Case("Write &lt; for less"),
    "a literal &amp;lt;": Case("Write &amp;lt; for &lt;"),
    "another entity": Case("Write &eacute; &quot;so&quot; &#39;so&#39;"),
    "quotes": Case("\"It's\" “it’s” 'so'"),
    "NFD sent": Case("Cafe\u0301 Zu\u0308rich"),
    "NFD returned": Case("Café Zürich", form="NFD"),
    "Hangul decomposed": Case("독감 예방 접종", form="NFD"),
    "emoji": Case("Thanks 👩🏽‍⚕️❤️ 🇩🇪"),
    "ideographs": Case("インフルエンザの予防接種は月曜日から。"),
    "right to left": Case("لقاح الإنفلونزا يوم الاثنين"),
    "a link": Case(f"More: [[{FLU}]]"),
    "a link in front": Case(f"[[{FLU}]] has more"),
    "nothing but a link": Case(f"[[{FLU}]]"),
    "a link at a full stop": Case(f"More at [[{FLU}]]."),
    "a link in brackets": Case("More ([[https://a.org/b_(c)]])"),
    "a link with a query": Case("More [[https://a.org/?a=1&b=2#c]] & more"),
    "a link with capitals": Case("More [[HTTPS://WWW.NHS.UK/Flu]]", lower_host=True),
    "a link twice": Case(f"[[{FLU}]] and again [[{FLU}]]"),
    "two links": Case("[[https://a.org/1]] [[https://a.org/2]]"),
    "links that begin alike": Case("[[https://a.org/1]] [[https://a.org/11]]"),
    "links next to each other": Case("[[https://a.org/1]],[[https://b.org]]"),
    "a link between ideographs": Case("詳しくは[[https://a.org/x]]へ"),
    "a bare domain": Case("More at [[nhs.uk]]"),
    "a bare domain expanded to https": Case("More at [[nhs.uk]]!", bare_scheme="https"),
    "a bare domain that gets a slash": Case("More at [[nhs.uk]]!", bare_slash=True),
    "a bare domain with a path": Case("More at [[nhs.uk/flu]]?"),
    "a bare domain with a query only": Case("More at [[nhs.uk]]?a=1"),
    "a bare domain twice": Case("[[nhs.uk]] is [[nhs.uk]]"),
    "a bare domain in ideographs": Case("詳しくは[[nhs.uk]]へ"),
    "bare and whole": Case("[[nhs.uk]] or [[https://nhs.uk]]"),
    "an international host": Case("Mehr: [[https://gesundheit.みんな/x]]"),
    "an international host in Punycode": Case("Mehr: [[https://ärzte.みんな/x]]", idn=True),
    "a host sent in Punycode": Case("Mehr: [[https://xn--rzte-koa.de/x]]"),
    "an international host, decomposed": Case("[[https://ärzte.de]]", form="NFD"),
    "an address that is no link": Case("Write to care@nhs.uk or 10.0.0.1"),
    "a domain X does not know": Case("Soon: clinic.zip/x and clinic.zip"),
    "a link X does not know": Case("Soon: https://clinic.zip/x/. Yes"),
    "a domain we do not know": Case("Soon: [[Clinic.newtld]]/ yes"),
    "a link we do not know": Case("Soon: [[https://clinic.newtld/]]. Yes"),
    "a mention": Case("Thanks @NHSuk for this"),
    "a mention in front": Case("@NHSuk thanks"),
    "a reply": Case("We agree.", parent="77", names="@alice "),
    "a reply to several": Case("We agree.", parent="77", names="@alice @bob_2 "),
    "a reply without names": Case("We agree.", parent="77"),
    "a reply that names somebody": Case("@carol see this", parent="77", names="@alice "),
    "a reply with the name sent": Case("@alice we agree", parent="77"),
    "a thread's second part": Case("2/2 More [[nhs.uk]]", parent="77"),
    "a quote": Case("Worth reading", quote="88"),
    "a quote with its link": Case("Worth reading", quote="88", quote_link=True),
    "a linked tweet shown as quoted": Case("See [[https://x.com/us/status/99]]", quoted="99"),
    "a linked tweet not shown": Case("See [[https://x.com/us/status/99?s=20]]"),
    "a photo": Case("Our team", media=1),
    "four photos": Case("Our team", media=4),
    "a photo with a key": Case("Our team", media=1, media_keyed=True),
    "a photo at x.com": Case("Our team", media=1, media_host="x.com"),
    "a photo at mobile.twitter.com": Case("Our team", media=2, media_host="mobile.twitter.com"),
    "a photo and a link": Case(f"Our team [[{FLU}]]", media=1),
    "a photo without words": Case("", media=1),
    "a photo without words in a reply": Case("", parent="77", names="@alice @bob ", media=1),
    "a reply that is a name": Case("@carol", parent="77", names="@alice "),
    "a reply that is a name, with a photo": Case("@carol", parent="77", names="@alice ", media=1),
    "a photo in a reply": Case("Our team", parent="77", names="@alice ", media=2),
    "somebody's photo as a link": Case("See [[https://x.com/a/status/1/photo/1]]"),
    "a poll": Case("Had yours?", poll=True),
    "a long post": Case(LONG, note=True),
    "a long post with links": Case(f"{LONG} [[{FLU}]] & [[nhs.uk]]", note=True),
    "a long reply with a photo": Case(LONG, parent="77", names="@alice ", media=1, note=True),
    "a hashtag and a cashtag": Case("#FluJab $PFE"),
    "control characters": Case("a\u200bb\u200ec"),
    "a lone surrogate": Case("a\ud800b"),
}


def decoys() -> list[Seen]:
    """Return a timeline without the part: other words, other people, other frames."""
    words = ["Good morning", "Flu jabs", "from Monday.", "More:", "", "See nhs.uk"]
    tweets = [seen(Case(text), id_=str(600 + i)) for i, text in enumerate(words)]
    photos = [seen(Case(text, media=3), id_=str(700 + i)) for i, text in enumerate(words)]
    return [*tweets, *photos]


@pytest.mark.parametrize("case", LOST.values(), ids=LOST.keys())
def test_finds_a_lost_part_exactly_once(case: Case) -> None:
    assert match(sent(case), [*decoys(), seen(case)], bound=()) == Hit("500")


LOOK_ALIKE = {
    # X puts names before a reply: without words of its own it looks like one that is a name
    "a photo without words in a reply": "a reply that is a name, with a photo",
}
"""A lost part, and another that nothing in X's answer tells from it; pinned by a test below."""


@pytest.mark.parametrize("name", LOST)
def test_never_finds_what_was_not_sent(name: str) -> None:
    case = LOST[name]
    others = [
        seen(other, id_=str(1000 + i))
        for i, (known, other) in enumerate(LOST.items())
        if _said(other) != _said(case) and known != LOOK_ALIKE.get(name)
    ]
    assert match(sent(case), [*decoys(), *others], bound=()) == Absent()


@pytest.mark.parametrize(("wordless", "named"), LOOK_ALIKE.items())
def test_a_reply_of_a_photo_alone_cannot_be_told_from_one_of_names(
    wordless: str, named: str
) -> None:
    """A limit of what X tells, not a wish: only a tweet bound to its own part is kept apart."""
    tweet = seen(LOST[named])
    assert match(sent(LOST[wordless]), [tweet], bound=()) == Hit("500")
    assert match(sent(LOST[wordless]), [tweet], bound={"500"}) == Absent()
    assert match(sent(LOST[named]), [seen(LOST[wordless])], bound=()) == Absent()


@pytest.mark.parametrize("case", LOST.values(), ids=LOST.keys())
def test_one_word_more_is_another_part(case: Case) -> None:
    longer = replace(case, template=case.template + " indeed")
    assert match(sent(case), [seen(longer)], bound=()) == Absent()
    assert match(sent(longer), [seen(case)], bound=()) == Absent()


def _said(case: Case) -> tuple[object, ...]:
    """Return what makes two cases the same tweet to a reader, told from the cases' own words."""
    words = unicodedata.normalize("NFC", case.text).replace("https://", "").lower().split()
    text = " ".join(words)
    for name in ("@alice ", "@carol "):
        text = text.removeprefix(name) if case.parent else text
    return text, case.parent, case.quote, case.media, case.poll


def test_at_least_fifty_two_ways_of_rewriting_are_tried() -> None:
    assert len(LOST) >= 52


# --- what else must be the same ---

PLAIN = Case("Flu jabs from Monday.")


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAIN, parent="77"),
        replace(PLAIN, quote="88"),
        replace(PLAIN, quoted="99"),
        replace(PLAIN, media=1),
        replace(PLAIN, poll=True),
    ],
)
def test_a_different_frame_is_a_different_tweet(other: Case) -> None:
    assert match(sent(PLAIN), [seen(other)], bound=()) == Absent()
    if other.quoted is None:
        assert match(sent(other), [seen(PLAIN)], bound=()) == Absent()


def test_another_parent_quote_or_number_of_photos_is_another_tweet() -> None:
    case = replace(PLAIN, parent="77", quote="88", media=2)
    for other in (replace(case, parent="78"), replace(case, quote="89"), replace(case, media=1)):
        assert match(sent(case), [seen(other)], bound=()) == Absent()
    assert match(sent(case), [seen(case)], bound=()) == Hit("500")


def test_a_linked_tweet_does_not_excuse_another_quote() -> None:
    case = Case("See [[https://x.com/us/status/99]]", quoted="98")
    assert match(sent(case), [seen(case)], bound=()) == Absent()


def test_what_somebody_else_wrote_is_not_ours() -> None:
    assert match(sent(PLAIN), [seen(PLAIN, author="1002")], bound=()) == Absent()


def test_a_tweet_bound_to_another_part_is_not_this_one() -> None:
    tweets = [seen(PLAIN, "500"), seen(PLAIN, "501")]
    assert match(sent(PLAIN), tweets, bound={"500"}) == Hit("501")
    assert match(sent(PLAIN), tweets, bound=["500", "501"]) == Absent()


def test_a_link_does_not_pass_for_the_words_it_is_made_of() -> None:
    linked, spelled = Case("a [[b.org]] c"), Case("a b.org c")
    both = [seen(spelled, "500"), seen(linked, "501")]
    assert match(sent(linked), both, bound=()) == Hit("501")


def test_names_matter_where_nothing_is_replied_to() -> None:
    assert match(sent(PLAIN), [seen(replace(PLAIN, names="@alice "))], bound=()) == Absent()


def test_two_media_links_without_words_between_go() -> None:
    tweet = replace(
        seen(PLAIN),
        text="Flu jabs from Monday. https://t.co/a https://t.co/b",
        urls=(
            SeenUrl("https://t.co/a", "https://x.com/us/status/1/video/1/"),
            SeenUrl("https://t.co/b", "https://pic.example/1", media_key="3_1"),
            SeenUrl("", "https://nowhere.example"),
        ),
        media_keys=2,
    )
    assert match(sent(replace(PLAIN, media=2)), [tweet], bound=()) == Hit("500")


# --- when ---


@pytest.mark.parametrize("at", [START - SLACK, START, DEADLINE, DEADLINE + SLACK])
def test_the_window_reaches_a_minute_beyond_the_call(at: datetime) -> None:
    tweets = [seen(PLAIN, "500", START), seen(PLAIN, "501", at)]
    assert match(sent(PLAIN), tweets, bound=()) == Ambiguous(("500", "501"))


def test_an_older_one_goes_to_a_person() -> None:
    older = START - SLACK - timedelta(milliseconds=1)
    tweets = [seen(PLAIN, id_, older) for id_ in ("99", "401", "400")]
    assert match(sent(PLAIN), tweets, bound=()) == OlderHit("401")
    assert match(sent(PLAIN), [*tweets, seen(PLAIN)], bound=()) == Hit("500")


def test_a_later_one_counts_unless_one_is_from_the_call() -> None:
    later = DEADLINE + SLACK + timedelta(milliseconds=1)
    tweets = [seen(PLAIN, "601", later), seen(PLAIN, "600", later)]
    assert match(sent(PLAIN), tweets[:1], bound=()) == Hit("601")
    assert match(sent(PLAIN), tweets, bound=()) == Ambiguous(("600", "601"))
    assert match(sent(PLAIN), [*tweets, seen(PLAIN)], bound=()) == Hit("500")


def test_several_from_the_call_are_ambiguous_oldest_first() -> None:
    tweets = [seen(PLAIN, id_) for id_ in ("1000", "999", "1001")]
    assert match(sent(PLAIN), tweets, bound=()) == Ambiguous(("999", "1000", "1001"))


def test_a_tweet_on_two_pages_is_one() -> None:
    assert match(sent(PLAIN), [seen(PLAIN), seen(PLAIN)], bound=()) == Hit("500")


def test_an_empty_timeline_proves_nothing() -> None:
    assert match(sent(PLAIN), [], bound=()) == Absent()


# --- addresses ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://NHS.uk/", "http://nhs.uk"),
        ("nhs.uk", "HTTPS://nhs.uk/"),
        ("https://nhs.uk/a/", "https://nhs.uk/a"),
        ("https://ÄRZTE.de/Ä", "http://xn--rzte-koa.de/Ä"),
        ("https://a\u0308rzte.de", "https://ärzte.de"),
        ("https://NHS.uk?A=b", "https://nhs.uk?A=b"),
    ],
)
def test_two_spellings_of_an_address_are_one(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://nhs.uk/A", "https://nhs.uk/a"),
        ("https://nhs.uk/a", "https://nhs.uk/a?b"),
        ("https://www.nhs.uk", "https://nhs.uk"),
        ("https://nhs.uk/http://a.org", "https://nhs.uk/a.org"),
    ],
)
def test_two_addresses_are_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize("label", ["xn--é", "xn--!!!\x7f", "xn--99999999", "xn--" + "a" * 64])
def test_what_only_looks_like_punycode_stays(label: str) -> None:
    assert canonical_url(f"https://{label}.org/x") == f"{label}.org/x"


# --- properties ---

WORDS = (
    "flu",
    "Jab",
    "@bob",
    "#tag",
    "café",
    "e\u0301",
    "日本",
    "😀",
    "👩🏽‍⚕️",
    "1.",
    "a/b",
    "/",
    "x;",
)
SIGNS = ("&", "<5", "&amp;", "&lt;", "\n", "\r\n", "  ", "“so”", "…")
LINKS = ("[[nhs.uk]]", "[[https://a.org/b?c=d&e=f]]", "[[http://A.org/B/]]", "[[cdc.gov/x_(y)]]")

templates = (
    st.lists(st.sampled_from(WORDS + SIGNS + LINKS), min_size=1, max_size=12)
    .map(" ".join)
    .filter(str.strip)
)
cases = st.builds(
    Case,
    template=templates,
    parent=st.sampled_from([None, None, "77"]),
    quote=st.sampled_from([None, None, "88"]),
    media=st.integers(0, 4),
    poll=st.booleans(),
    note=st.booleans(),
    form=st.sampled_from(["NFC", "NFD"]),
    spaces=st.sampled_from(["", " ", "\r\n"]),
    bare_scheme=st.sampled_from(["http", "https"]),
    bare_slash=st.booleans(),
    lower_host=st.booleans(),
    media_keyed=st.booleans(),
).map(lambda case: replace(case, names="@alice @bob " if case.parent else ""))


@given(cases)
def test_whatever_was_sent_is_found(case: Case) -> None:
    assert match(sent(case), [*decoys_unlike(case), seen(case)], bound=()) == Hit("500")


def decoys_unlike(case: Case) -> list[Seen]:
    """Return the decoys, each with a word that no generated text has."""
    return [seen(replace(case, template=f"{n} sheep {case.template}"), str(n)) for n in range(3)]


@given(cases)
def test_whatever_was_not_sent_is_absent(case: Case) -> None:
    assert match(sent(case), decoys_unlike(case), bound=()) == Absent()


@given(cases, cases)
def test_the_order_of_the_timeline_does_not_matter(one: Case, other: Case) -> None:
    tweets = [seen(one, "500"), seen(other, "501"), seen(one, "502", START - timedelta(days=1))]
    assert match(sent(one), tweets, bound=()) == match(sent(one), tweets[::-1], bound=())
    assert all(tweet.author_id == US for tweet in tweets)
