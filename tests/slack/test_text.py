"""Slack's text and the text of a tweet, both ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import split_parts
from bot.domain.finding import Severity
from bot.domain.marks import invisible
from bot.domain.tweet import normalise
from bot.sandbox.slack.inline import Names
from bot.sandbox.slack.richtext import compose
from handlers.slack import text as slack_text
from handlers.slack.emoji_names import with_characters
from handlers.slack.fields import Fields
from handlers.slack.richtext import parse
from handlers.slack.text import (
    Decoded,
    decode,
    decode_plain,
    decode_typed,
    encode,
    escape,
    guarded,
)

NAMES = Names({"ana ruiz": "U0AUTHOR1"}, {"general": "C0OTHER"})


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def listed(style: str, *entries: str, **more: int) -> dict[str, Any]:
    lines = [section(words(entry)) for entry in entries]
    return {"type": "rich_text_list", "style": style, "elements": lines} | more


def read(*elements: dict[str, Any]) -> Decoded:
    return decode(parse(Fields.of({"type": "rich_text", "elements": list(elements)})))


def rules(decoded: Decoded) -> list[str]:
    return [finding.rule for finding in decoded.findings]


def emoji(name: str, **more: object) -> dict[str, Any]:
    return {"type": "emoji", "name": name} | more


def link(url: str, label: str | None = None) -> dict[str, Any]:
    return {"type": "link", "url": url} | ({"text": label} if label else {})


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ([section(words("Fish & chips <b> *not bold* @here :tada:"))],
         "Fish & chips <b> *not bold* @here :tada:"),
        ([section(words("Well "), emoji("tada", unicode="1f389"))], "Well 🎉"),
        ([section(emoji("wave", unicode="1f44b-1f3fd", skin_tone=4))], "👋🏽"),
        ([section(emoji("wave", unicode="1f44b", skin_tone=4))], "👋🏽"),
        ([section(emoji("point_up", unicode="261d-fe0f", skin_tone=2))], "☝🏻"),
        ([section(emoji("heart", unicode="2764-fe0f"))], "❤️"),
        ([section(emoji("flag-gb", unicode="1f1ec-1f1e7"))], "🇬🇧"),
        ([section(emoji("family", unicode="1f468-200d-1f469-200d-1f466"))], "👨‍👩‍👦"),
        ([section(words("See "), link("https://nhs.uk/flu?a=1&b=2"))],
         "See https://nhs.uk/flu?a=1&b=2"),
        ([section(link("http://nhs.uk/flu", "nhs.uk/flu"))], "nhs.uk/flu"),
        ([section(link("http://NHS.uk", "NHS.uk"))], "NHS.uk"),
        ([section(link("https://nhs.uk/", "nhs.uk"))], "https://nhs.uk/"),
        ([section(link("https://nhs.uk", "https://nhs.uk"))], "https://nhs.uk"),
        ([section(link("mailto:flu@nhs.uk", "flu@nhs.uk"))], "flu@nhs.uk"),
        ([section(link("mailto:flu@nhs.uk"))], "flu@nhs.uk"),
        ([section(link("tel:+442079460000", "+44 20 7946 0000"))], "+44 20 7946 0000"),
        ([section({"type": "color", "value": "#FF0000"})], "#FF0000"),
        ([section({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "1 May"})],
         "1 May"),
        ([section(words("Bring:\n")), listed("bullet", "a coat", "a mask"), section(words("Bye"))],
         "Bring:\n• a coat\n• a mask\nBye"),
        ([listed("ordered", "wash", "rest"), listed("bullet", "well", indent=1),
          listed("ordered", "call us", offset=2)],
         "1. wash\n2. rest\n  • well\n3. call us"),
        ([section(words("She said\n")),
          {"type": "rich_text_quote", "elements": [words("stay\nhome")]},
          section(words("\n")),
          listed("bullet", "so")],
         "She said\nstay\nhome\n\n• so"),
        ([], ""),
    ],
)  # fmt: skip
def test_what_was_typed_becomes_the_tweet(elements: list[dict[str, Any]], text: str) -> None:
    assert read(*elements) == Decoded(text, ())


@pytest.mark.parametrize(
    ("element", "rule", "told"),
    [
        ({"type": "user", "user_id": "U0AUTHOR1"}, slack_text.MENTION, "@…"),
        ({"type": "usergroup", "usergroup_id": "S1"}, slack_text.MENTION, "@…"),
        ({"type": "channel", "channel_id": "C0OTHER"}, slack_text.MENTION, "#…"),
        ({"type": "broadcast", "range": "here"}, slack_text.MENTION, "@here"),
        (emoji("clinic-logo"), slack_text.EMOJI, ":clinic-logo:"),
        (emoji("bad", unicode="zz-d800"), slack_text.EMOJI, ":bad:"),
        (emoji("bad", unicode="d83d"), slack_text.EMOJI, ":bad:"),
        (emoji("bad", unicode="ffffffffff"), slack_text.EMOJI, ":bad:"),
        (link("https://evil.example", "nhs.uk"), slack_text.LINK, "https://evil.example"),
        (link("https://nhs.uk/a", "click here"), slack_text.LINK, "https://nhs.uk/a"),
        ({"type": "hologram"}, slack_text.STRANGE, "cannot read"),
    ],
)
def test_what_a_tweet_cannot_have_blocks(element: dict[str, Any], rule: str, told: str) -> None:
    (finding,) = read(section(words("Hello "), element)).findings
    assert (finding.rule, finding.severity) == (rule, Severity.BLOCK)
    assert told in finding.message


def test_a_kind_of_paragraph_that_nobody_knows_blocks() -> None:
    assert rules(read({"type": "rich_text_poem", "elements": []})) == [slack_text.STRANGE]


def test_styles_are_dropped_and_that_is_said() -> None:
    decoded = read(
        section(words("now", bold=True), words(" or "), words("never", italic=True, strike=False)),
        {"type": "rich_text_preformatted", "elements": [words("x = 1")]},
    )
    (finding,) = decoded.findings
    assert decoded.text == "now or never\nx = 1"
    assert (finding.rule, finding.severity) == (slack_text.STYLE, Severity.WARN)
    assert finding.message == "X has no bold or italics or code: the words go out plain."


def test_each_kind_of_problem_is_said_once() -> None:
    mentions = [{"type": "user", "user_id": f"U0CROWD0{n}"} for n in range(9)]
    logos = [emoji(f"logo{n}") for n in range(5)]
    decoded = read(section(*mentions, *logos))
    assert rules(decoded) == [slack_text.MENTION, slack_text.EMOJI]
    assert ":logo0:, :logo1:, :logo2: and more" in decoded.findings[1].message


@pytest.mark.parametrize(
    ("raw", "text", "found"),
    [
        ("Fish &amp; chips &lt;b&gt;", "Fish & chips <b>", []),
        ("&amp;lt; stays escaped once", "&lt; stays escaped once", []),
        ("<https://nhs.uk?a=1&amp;b=2>", "https://nhs.uk?a=1&b=2", []),
        ("<http://nhs.uk|nhs.uk> now", "nhs.uk now", []),
        ("<mailto:a@nhs.uk|a@nhs.uk>", "a@nhs.uk", []),
        ("<https://evil.example|nhs.uk>", "https://evil.example", [slack_text.LINK]),
        ("hi <@U0AUTHOR1>", "hi @…", [slack_text.MENTION]),
        ("hi <@U0AUTHOR1|ana>", "hi @…", [slack_text.MENTION]),
        ("in <#C0OTHER|general>", "in #…", [slack_text.MENTION]),
        ("<!here> all", "@here all", [slack_text.MENTION]),
        ("<!subteam^S1|@doctors>", "@…", [slack_text.MENTION]),
        ("<!date^1^{date}|1 May>", "1 May", []),
        (":tada: at 12:30:15", "🎉 at 12:30:15", []),
        (":clinic-logo: at 12:30:15", ":clinic-logo: at 12:30:15", [slack_text.EMOJI]),
        ("a < b and c > d", "a < b and c > d", []),
        ("*stars* stay", "*stars* stay", []),
        ("", "", []),
    ],
)
def test_a_message_without_blocks_is_read_from_its_text(
    raw: str, text: str, found: list[str]
) -> None:
    decoded = decode_plain(raw)
    assert (decoded.text, rules(decoded)) == (text, found)


def test_what_slack_makes_of_typed_text_is_read_back() -> None:
    typed = "Hi *all*, see nhs.uk/flu & https://who.int/x?a=1&b=2 🎉\n> quoted\n1. one\n2. two\nend"
    composed = compose(typed, NAMES)
    decoded = read(*composed.elements)
    assert decoded.text == (
        "Hi all, see nhs.uk/flu & https://who.int/x?a=1&b=2 🎉\nquoted\n1. one\n2. two\nend"
    )
    assert rules(decoded) == [slack_text.STYLE]


def test_nothing_in_shown_text_is_interpreted() -> None:
    hostile = "@here *x* :x: <!channel> <@U0AUTHOR1> https://nhs.uk"
    assert encode(hostile) == [{"type": "text", "text": hostile}]


def test_unseen_characters_are_shown() -> None:
    assert encode("pay\u200bpal") == [{"type": "text", "text": "pay⟦U+200B ZERO WIDTH SPACE⟧pal"}]


def test_an_empty_part_is_shown_as_one() -> None:
    assert encode("")[0]["text"] == "(nothing)"


def test_escaped_text_calls_nobody() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_words_of_ours_may_mention_people_and_nothing_else() -> None:
    words_of_ours = "<@U0AUTHOR1> said <!channel> <https://evil.example|x>"
    assert guarded(words_of_ours) == (
        "<@U0AUTHOR1> said &lt;!channel&gt; &lt;https://evil.example|x&gt;"
    )


@given(st.text(max_size=300))
def test_any_text_comes_back_from_its_elements(text: str) -> None:
    kept = normalise(text)
    if not kept or invisible(kept):
        return
    (element,) = encode(kept)
    assert read(section(element)) == Decoded(kept, ())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters=":"), max_size=300))
def test_any_text_comes_back_from_its_escaped_form(text: str) -> None:
    assert decode_plain(escape(text)) == Decoded(text, ())


@given(st.text(max_size=200))
def test_no_raw_text_can_break_the_reader(raw: str) -> None:
    decoded = decode_plain(raw)
    assert split_parts(decoded.text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (":tada: We are open :syringe:", "🎉 We are open 💉"),
        (":tada::tada:", "🎉🎉"),
        (":+1: and :-1: and :100:", "👍 and 👎 and 💯"),
        (":+1::skin-tone-4:", "👍🏽"),
        (":point_up::skin-tone-2:", "☝🏻"),
        (":male-doctor: :female-doctor: :health_worker:", "👨‍⚕️ 👩‍⚕️ 🧑‍⚕️"),
        (":female-scientist::skin-tone-6:", "👩🏿‍🔬"),
        (":flag-gb: :flag-england: :rainbow-flag:", "🇬🇧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏳️‍🌈"),
        (":heart: :warning:", "❤️ ⚠️"),
        ("<b> & :tada: <@U0AUTHOR1>", "<b> & 🎉 <@U0AUTHOR1>"),
        ("🎉 at 12:30:15, ratio 3:1:2", "🎉 at 12:30:15, ratio 3:1:2"),
        ("no:tada:where", "no:tada:where"),
    ],
)
def test_emoji_that_are_typed_as_words_in_a_window_are_emoji(typed: str, text: str) -> None:
    assert decode_typed(typed) == Decoded(text, ())
    assert decode_typed(text) == Decoded(text, ())
    assert with_characters(typed) == text


@pytest.mark.parametrize(
    "typed", [":clinic-logo: is here", ":tada::skin-tone-3:", ":flag-zz:", ":TADA::nothing_such:"]
)
def test_a_name_that_no_emoji_has_stays_as_it_is_typed_and_reviewers_are_told(typed: str) -> None:
    decoded = decode_typed(typed)
    (finding,) = decoded.findings
    assert decoded.text == with_characters(typed) == typed
    assert (finding.rule, finding.severity) == (slack_text.EMOJI, Severity.WARN)
    assert "they go out so" in finding.message


@given(st.text(alphabet=":+-1tad_ \U0001f389<&", max_size=40))
def test_emoji_names_are_read_once_whatever_is_typed(typed: str) -> None:
    once = decode_typed(typed).text
    assert decode_typed(once).text == once == with_characters(typed)
