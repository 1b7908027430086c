"""What people type becomes Slack's `text` and `rich_text`."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.slack.inline import Names
from bot.sandbox.slack.richtext import compose

Json = dict[str, Any]

NAMES = Names({"ana": "U1", "ana ruiz": "U1", "dr chen wei": "U2"}, {"general": "C2"})


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def section(*elements: Json, kind: str = "section") -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(elements)}


def listed(style: str, *entries: Json, indent: int = 0) -> Json:
    made = {"type": "rich_text_list", "style": style, "indent": indent, "border": 0}
    return made | {"elements": list(entries)}


TADA = {"type": "emoji", "name": "tada", "unicode": "1f389"}
TONED = {"type": "emoji", "name": "+1", "unicode": "1f44d-1f3fd", "skin_tone": 4}


def link(url: str, label: str = "") -> Json:
    return {"type": "link", "url": url} | ({"text": label} if label else {})


GOLDEN: list[tuple[str, str, list[Json]]] = [
    ("Flu shots today", "Flu shots today", [text("Flu shots today")]),
    ("a & b < c > d", "a &amp; b &lt; c &gt; d", [text("a & b < c > d")]),
    ("*now*", "*now*", [text("now", bold=True)]),
    ("_now_", "_now_", [text("now", italic=True)]),
    ("~now~", "~now~", [text("now", strike=True)]),
    ("`a*b*`", "`a*b*`", [text("a*b*", code=True)]),
    (
        "*a _b_ c*",
        "*a _b_ c*",
        [text("a ", bold=True), text("b", bold=True, italic=True), text(" c", bold=True)],
    ),
    ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name", [
        text("2 * 3 * 4 and snake_case_name")]),
    (":tada:", ":tada:", [TADA]),
    ("🎉", ":tada:", [TADA]),
    (":+1::skin-tone-4:", ":+1::skin-tone-4:", [TONED]),
    ("👍🏽", ":+1::skin-tone-4:", [TONED]),
    ("❤️", ":heart:", [{"type": "emoji", "name": "heart", "unicode": "2764-fe0f"}]),
    ("🇪🇸", ":flag-es:", [{"type": "emoji", "name": "flag-es", "unicode": "1f1ea-1f1f8"}]),
    (":flag-es:", ":flag-es:", [{"type": "emoji", "name": "flag-es", "unicode": "1f1ea-1f1f8"}]),
    (
        "👩‍⚕️",
        ":woman_health_worker:",
        [{"type": "emoji", "name": "woman_health_worker", "unicode": "1f469-200d-2695-fe0f"}],
    ),
    (":clinic-logo:", ":clinic-logo:", [{"type": "emoji", "name": "clinic-logo"}]),
    ("at 10:30:45 © 2026", "at 10:30:45 © 2026", [text("at 10:30:45 © 2026")]),
    (
        "see https://nhs.uk/flu?a=1&b=2.",
        "see <https://nhs.uk/flu?a=1&amp;b=2>.",
        [text("see "), link("https://nhs.uk/flu?a=1&b=2"), text(".")],
    ),
    ("(https://a.org/x_(y))", "(<https://a.org/x_(y)>)", [
        text("("), link("https://a.org/x_(y)"), text(")")]),
    ("[here](https://a.org)", "<https://a.org|here>", [link("https://a.org", "here")]),
    ("nhs.uk/flu", "<http://nhs.uk/flu|nhs.uk/flu>", [link("http://nhs.uk/flu", "nhs.uk/flu")]),
    ("a@b.org", "<mailto:a@b.org|a@b.org>", [link("mailto:a@b.org", "a@b.org")]),
    ("e.g. this", "e.g. this", [text("e.g. this")]),
    ("@Dr Chen Wei!", "<@U2>!", [{"type": "user", "user_id": "U2"}, text("!")]),
    ("@ana ruiz", "<@U1>", [{"type": "user", "user_id": "U1"}]),
    ("@anabel", "@anabel", [text("@anabel")]),
    ("@here", "<!here>", [{"type": "broadcast", "range": "here"}]),
    ("@channel", "<!channel>", [{"type": "broadcast", "range": "channel"}]),
    ("#general", "<#C2|general>", [{"type": "channel", "channel_id": "C2"}]),
    ("#HealthTips", "#HealthTips", [text("#HealthTips")]),
    ("one\n\ntwo", "one\n\ntwo", [text("one\n\ntwo")]),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "shown", "elements"), GOLDEN, ids=[one[0] for one in GOLDEN])
def test_a_line_becomes_what_slack_makes_of_it(
    typed: str, shown: str, elements: list[Json]
) -> None:
    composed = compose(typed, NAMES)
    assert composed.text == shown
    assert composed.elements == [section(*elements)]


def test_lists_and_quotes_become_elements_of_their_own() -> None:
    composed = compose("Today:\n- one\n- *two*\n1. first\n> said\n> again\nend", NAMES)
    assert composed.text == "Today:\n• one\n• *two*\n1. first\n&gt; said\n&gt; again\nend"
    assert composed.elements == [
        section(text("Today:\n")),
        listed("bullet", section(text("one")), section(text("two", bold=True))),
        listed("ordered", section(text("first"))),
        section(text("said\nagain"), kind="quote"),
        section(text("end")),
    ]


def test_an_indented_list_is_a_list_one_level_in() -> None:
    composed = compose("• a\n    • b", NAMES)
    assert [element["indent"] for element in composed.elements] == [0, 1]
    assert composed.text == "• a\n    • b"


def test_a_fence_keeps_everything_as_it_is() -> None:
    composed = compose("```\n*x* < y\n```", NAMES)
    assert composed.text == "```*x* &lt; y```"
    assert composed.elements == [section(text("*x* < y"), kind="preformatted")]


PLAIN = st.text(st.sampled_from("abc XYZ,!?éß漢字\n"), min_size=1)


@given(PLAIN)
def test_text_without_markup_stays_what_it_is(typed: str) -> None:
    composed = compose(typed, NAMES)
    assert composed.text == typed
    assert [e["text"] for s in composed.elements for e in s["elements"]] == [typed]


@given(st.text(st.sampled_from("a *_~`:[]()<>@#&/.-\n1👍🏽❤️\u200d\ufe0f ht"), max_size=80))
def test_whatever_is_typed_is_composed_and_escaped(typed: str) -> None:
    composed = compose(typed, NAMES)
    assert all(element["elements"] is not None for element in composed.elements)
    assert "&" not in composed.text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


HOSTILE = ["*a ", "[", ":a", ".", "a.b@", "@ana", "a.", "`", "👍🏽", "_a~", "http://a)", "- \n"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_forty_thousand_hostile_characters_are_composed_quickly(piece: str) -> None:
    typed = (piece * 40_000)[:40_000]
    started = time.process_time()
    compose(typed, NAMES)
    assert time.process_time() - started < 5
