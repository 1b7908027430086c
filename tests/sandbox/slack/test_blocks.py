"""Slack's limits for blocks and views; each case is one that Slack refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.slack.blocks import characters, message_problems
from bot.sandbox.slack.views import view_problems

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def words(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", text: str = "A") -> Json:
    return {"text": plain(text), "value": value}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": words(text), **more}


def entry(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("L"), "element": element, **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": [option()], **more}


def files(**more: Any) -> Json:
    return {"type": "file_input", "action_id": "f", **more}


def rich(*elements: Json) -> Json:
    line = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [line]}


def problems(*blocks: Json) -> list[str]:
    return [f"{p.pointer} {p.code}" for p in message_problems(list(blocks))]


GOOD = [
    section("x" * 3000),
    section("x", block_id="b" * 255, fields=[words("x" * 2000)] * 10, accessory=button()),
    {"type": "section", "fields": [plain("only fields")]},
    actions(*(button(action_id=str(n), value="v" * 2000, style="danger") for n in range(25))),
    actions(button(url="https://a.org", confirm={
        "title": plain("t" * 100), "text": words("x" * 300),
        "confirm": plain("y" * 30), "deny": plain("n" * 30)})),
    {"type": "header", "text": plain("h" * 150)},
    {"type": "context", "elements": [words("x"), plain("y"), {
        "type": "image", "image_url": "https://a.org/i.png", "alt_text": "a"}]},
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a" * 2000, "title": plain("t")},
    {"type": "divider"},
    {"type": "markdown", "text": "m" * 12_000},
    entry({"type": "plain_text_input", "max_length": 3000, "multiline": True}),
    entry({"type": "datetimepicker", "initial_date_time": 1_800_000_000}),
    entry({"type": "checkboxes", "options": [option(str(n)) for n in range(10)]}),
    entry({"type": "multi_static_select", "options": [option()], "initial_options": [option()]}),
    entry({"type": "users_select", "initial_user": "U1"}, optional=True, hint=plain("h")),
    actions({"type": "overflow", "options": [option(str(n)) for n in range(5)]}),
    rich({"type": "text", "text": "a", "style": {"bold": True}}, {"type": "user", "user_id": "U1"},
         {"type": "date", "timestamp": 1_800_000_000, "format": "{date_short}", "fallback": "f"}),
]  # fmt: skip


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_blocks_at_their_limits_are_taken(block: Json) -> None:
    assert problems(block) == []


BAD: dict[str, tuple[Json, str]] = {
    "text over 3000": (section("x" * 3001), "/blocks/0/text/text too_long"),
    "empty text": (section(""), "/blocks/0/text/text too_short"),
    "neither text nor fields": ({"type": "section"}, "/blocks/0 some_of"),
    "11 fields": (section(fields=[words("x")] * 11), "/blocks/0/fields bad_count"),
    "field over 2000": (section(fields=[words("x" * 2001)]), "/blocks/0/fields/0/text too_long"),
    "header with mrkdwn": ({"type": "header", "text": words("h")}, "/blocks/0/text/type bad_value"),
    "header over 150": (
        {"type": "header", "text": plain("h" * 151)},
        "/blocks/0/text/text too_long",
    ),
    "11 in a context": (
        {"type": "context", "elements": [words("x")] * 11},
        "/blocks/0/elements bad_count",
    ),
    "26 in actions": (
        actions(*(button(action_id=str(n)) for n in range(26))),
        "/blocks/0/elements bad_count",
    ),
    "no elements": (actions(), "/blocks/0/elements bad_count"),
    "button text over 75": (
        actions(button(text=plain("x" * 76))),
        "/blocks/0/elements/0/text/text too_long",
    ),
    "button value over 2000": (
        actions(button(value="v" * 2001)),
        "/blocks/0/elements/0/value too_long",
    ),
    "button style": (actions(button(style="green")), "/blocks/0/elements/0/style bad_value"),
    "mrkdwn on a button": (
        actions(button(text=words("Go"))),
        "/blocks/0/elements/0/text/type bad_value",
    ),
    "action_id over 255": (
        actions(button(action_id="a" * 256)),
        "/blocks/0/elements/0/action_id too_long",
    ),
    "the same action_id twice": (
        actions(button(), button()),
        "/blocks/0/elements duplicate_action_id",
    ),
    "unknown block": ({"type": "carousel", "elements": []}, "/blocks/0 unsupported_type"),
    "unknown key": (section(colour="red"), "/blocks/0 unknown_field"),
    "unknown element": (actions({"type": "file_input"}), "/blocks/0/elements/0 unsupported_type"),
    "not an object": ("text", "/blocks/0 unsupported_type"),  # type: ignore[dict-item]
    "101 options": (
        actions(select(options=[option(str(n)) for n in range(101)])),
        "/blocks/0/elements/0/options bad_count",
    ),
    "6 in an overflow": (
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "/blocks/0/elements/0/options bad_count",
    ),
    "11 checkboxes": (
        entry({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "/blocks/0/element/options bad_count",
    ),
    "option text over 75": (
        actions(select(options=[option(text="x" * 76)])),
        "/blocks/0/elements/0/options/0/text/text too_long",
    ),
    "option value over 150": (
        actions(select(options=[option("v" * 151)])),
        "/blocks/0/elements/0/options/0/value too_long",
    ),
    "the same option twice": (
        actions(select(options=[option(), option()])),
        "/blocks/0/elements/0 duplicate_value",
    ),
    "initial that is no option": (
        actions(select(initial_option=option("z"))),
        "/blocks/0/elements/0 bad_initial",
    ),
    "options and groups": (
        actions(select(option_groups=[{"label": plain("g"), "options": [option("b")]}])),
        "/blocks/0/elements/0 one_of",
    ),
    "placeholder over 150": (
        actions(select(placeholder=plain("p" * 151))),
        "/blocks/0/elements/0/placeholder/text too_long",
    ),
    "max_length 3001": (
        entry({"type": "plain_text_input", "max_length": 3001}),
        "/blocks/0/element/max_length out_of_range",
    ),
    "min over max": (
        entry({"type": "plain_text_input", "min_length": 5, "max_length": 4}),
        "/blocks/0/element bad_length",
    ),
    "label over 2000": (
        entry({"type": "plain_text_input"}, label=plain("x" * 2001)),
        "/blocks/0/label/text too_long",
    ),
    "files in a message": (entry(files()), "/blocks/0/element unsupported_type"),
    "a button to fill in": (entry(button()), "/blocks/0/element unsupported_type"),
    "date in milliseconds": (
        entry({"type": "datetimepicker", "initial_date_time": 1_800_000_000_000}),
        "/blocks/0/element/initial_date_time out_of_range",
    ),
    "image from two places": (
        {"type": "image", "alt_text": "a", "image_url": "https://a", "slack_file": {"id": "F"}},
        "/blocks/0 one_of",
    ),
    "image without words": (
        {"type": "image", "image_url": "https://a"},
        "/blocks/0 missing_field",
    ),
    "unknown style": (
        rich({"type": "text", "text": "a", "style": {"blink": True}}),
        "/blocks/0/elements/0/elements/0/style unknown_field",
    ),
    "rich text with mrkdwn": (rich(words("x")), "/blocks/0/elements/0/elements/0 unsupported_type"),
}


@pytest.mark.parametrize("name", BAD)
def test_blocks_over_a_limit_are_refused_where_it_is(name: str) -> None:
    block, expected = BAD[name]
    assert problems(block) == [expected]


def test_a_message_holds_fifty_blocks_and_a_view_a_hundred() -> None:
    divider = {"type": "divider"}
    assert problems(*[divider] * 50) == []
    assert problems(*[divider] * 51) == ["/blocks bad_count"]
    assert list(view_problems(home(*[divider] * 100))) == []
    assert [p.pointer for p in view_problems(home(*[divider] * 101))] == ["/view/blocks"]


def test_a_block_id_stands_once() -> None:
    twice = [section(block_id="b"), section(block_id="b")]
    assert problems(*twice) == ["/blocks duplicate_block_id"]


def test_all_texts_count_towards_the_length_of_a_message() -> None:
    blocks = [section("abc", fields=[words("de")]), rich({"type": "text", "text": "fghi"})]
    assert characters(blocks) == 9


def modal(*blocks: Json, **more: Any) -> Json:
    title = plain("T")
    return {"type": "modal", "title": title, "blocks": list(blocks) or [section()], **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def picking(**more: Any) -> Json:
    return modal(entry(files(**more)), submit=plain("Go"))


TEXT_INPUT = entry({"type": "plain_text_input"})
FOCUSED = entry({"type": "plain_text_input", "focus_on_load": True})
BAD_VIEWS: dict[str, tuple[Json, str]] = {
    "title over 24": (modal(title=plain("t" * 25)), "/view/title/text"),
    "submit over 24": (modal(submit=plain("t" * 25)), "/view/submit/text"),
    "private_metadata over 3000": (modal(private_metadata="p" * 3001), "/view/private_metadata"),
    "callback_id over 255": (modal(callback_id="c" * 256), "/view/callback_id"),
    "an input without submit": (modal(TEXT_INPUT), "/view"),
    "two in focus": (modal(FOCUSED, FOCUSED, submit=plain("Go")), "/view"),
    "markdown in a modal": (modal({"type": "markdown", "text": "m"}), "/view/blocks/0"),
    "files on a Home tab": (home(entry(files())), "/view/blocks/0/element"),
    "no files at all": (picking(max_files=0), "/view/blocks/0/element/max_files"),
    "11 files": (picking(max_files=11), "/view/blocks/0/element/max_files"),
    "a type with its dot": (picking(filetypes=[".png"]), "/view/blocks/0/element/filetypes/0"),
    "no file types": (picking(filetypes=[]), "/view/blocks/0/element/filetypes"),
    "files with a placeholder": (
        picking(placeholder=plain("Choose")),
        "/view/blocks/0/element",
    ),
    "files in a row of buttons": (modal(actions(files())), "/view/blocks/0/elements/0"),
    "no title": ({"type": "modal", "blocks": [section()]}, "/view"),
    "a title on a Home tab": (home(section(), title=plain("T")), "/view"),
    "another kind": ({"type": "workflow_step", "blocks": []}, "/view"),
}


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_views_over_a_limit_are_refused_where_it_is(name: str) -> None:
    view, pointer = BAD_VIEWS[name]
    assert [p.pointer for p in view_problems(view)] == [pointer]


def test_views_at_their_limits_are_taken() -> None:
    full = modal(TEXT_INPUT, submit=plain("s" * 24), close=plain("c" * 24), external_id="e" * 255)
    assert list(view_problems(full | {"private_metadata": "p" * 3000})) == []
    assert list(view_problems(home(section(), callback_id=""))) == []
    assert list(view_problems(picking())) == []
    assert list(view_problems(picking(max_files=10, filetypes=["jpg", "png"]))) == []


WORDS = st.sampled_from(
    [
        "type",
        "section",
        "actions",
        "input",
        "modal",
        "text",
        "plain_text",
        "elements",
        "element",
        "blocks",
        "options",
        "value",
        "title",
        "button",
        "static_select",
        "label",
        "rich_text",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
def test_whatever_json_comes_has_problems_and_raises_none(anything: Any) -> None:
    for problem in [*message_problems(anything), *view_problems(anything)]:
        assert problem.pointer.startswith("/")


@given(st.sampled_from(GOOD), JSON, st.data())
def test_a_good_block_with_something_in_a_wrong_place_raises_nothing(
    block: Json, anything: Any, draw: st.DataObject
) -> None:
    key = draw.draw(st.sampled_from(sorted(block)))
    list(message_problems([block | {key: anything}]))
