"""Three opinions on Block Kit: slack_sdk's models, PyPI's blockkit, and the sandbox's own rules."""

import json
from collections.abc import Callable
from typing import Any

import blockkit
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.slack.blocks import MOST_CHARACTERS, characters, message_problems
from bot.sandbox.slack.views import view_problems

Json = dict[str, Any]
Maker = Callable[..., Any]

_FALLBACK = 4_000
"""The most characters of a message's text that Slack advises."""

_KINDS: dict[str, Maker] = {
    "actions": blockkit.Actions,
    "button": blockkit.Button,
    "channels_select": blockkit.ChannelsSelect,
    "checkboxes": blockkit.Checkboxes,
    "context": blockkit.Context,
    "conversations_select": blockkit.ConversationsSelect,
    "datepicker": blockkit.DatePicker,
    "datetimepicker": blockkit.DatetimePicker,
    "divider": blockkit.Divider,
    "email_text_input": blockkit.EmailInput,
    "file_input": blockkit.FileInput,
    "header": blockkit.Header,
    "home": blockkit.Home,
    "image": blockkit.Image,
    "input": blockkit.Input,
    "modal": blockkit.Modal,
    "mrkdwn": blockkit.Text,
    "multi_static_select": blockkit.MultiStaticSelect,
    "multi_users_select": blockkit.MultiUsersSelect,
    "number_input": blockkit.NumberInput,
    "overflow": blockkit.Overflow,
    "plain_text": blockkit.Text,
    "plain_text_input": blockkit.PlainTextInput,
    "radio_buttons": blockkit.RadioButtons,
    "rich_text": blockkit.RichText,
    "rich_text_list": blockkit.RichTextList,
    "rich_text_preformatted": blockkit.RichTextPreformatted,
    "rich_text_quote": blockkit.RichTextQuote,
    "rich_text_section": blockkit.RichTextSection,
    "section": blockkit.Section,
    "static_select": blockkit.StaticSelect,
    "timepicker": blockkit.TimePicker,
    "url_text_input": blockkit.UrlInput,
    "users_select": blockkit.UsersSelect,
    # the leaves of a rich text
    "broadcast": blockkit.RichBroadcastEl,
    "channel": blockkit.RichChannelEl,
    "date": blockkit.RichDateEl,
    "emoji": blockkit.RichEmojiEl,
    "link": blockkit.RichLinkEl,
    "text": blockkit.RichTextEl,
    "user": blockkit.RichUserEl,
}
_BY_PLACE: dict[str, Maker] = {
    "confirm": blockkit.Confirm,
    "filter": blockkit.ConversationFilter,
    "initial_option": blockkit.Option,
    "initial_options": blockkit.Option,
    "option_groups": blockkit.OptionGroup,
    "options": blockkit.Option,
    "slack_file": blockkit.SlackFile,
    "style": blockkit.RichStyle,
}
"""Objects without a type are told apart by the field that holds them."""


def assert_message_is_taken(text: str, blocks: list[Json]) -> None:
    """A message: whole within Slack's limits, and words to read aloud beside it."""
    assert 0 < len(text) <= _FALLBACK
    assert list(message_problems(blocks)) == []
    assert characters(blocks) <= MOST_CHARACTERS
    for block in Block.parse_all(blocks):
        block.validate_json()
    known = [_known(block) for block in blocks]
    assert _rebuilt(known) == known


def assert_view_is_taken(view: Json) -> None:
    """A modal or a Home tab."""
    assert list(view_problems(view)) == []
    View(**view).validate_json()
    rebuilt = _rebuilt(view)  # blockkit adds a private_metadata of "null" where there is none
    assert {key: rebuilt.get(key) for key in view} == view


def _known(block: Json) -> Json:
    """A block without what Slack documents and blockkit does not know: datetimepickers in rows."""
    if block["type"] != "actions":
        return block
    elements = [one for one in block["elements"] if one["type"] != "datetimepicker"]
    return block | {"elements": elements}


def _rebuilt(value: Any, place: str = "") -> Any:
    """What blockkit makes of JSON once its own classes have checked it."""
    made = _made(value, place)
    return [_built(one) for one in made] if isinstance(made, list) else _built(made)


def _built(made: Any) -> Any:
    return made.build() if hasattr(made, "build") else made


def _made(value: Any, place: str) -> Any:
    if isinstance(value, list):
        return [_made(one, place) for one in value]
    if not isinstance(value, dict):
        return value
    fields = {name: _made(one, name) for name, one in value.items() if name != "type"}
    return _maker(value, place)(**fields, **_typed(value))


def _maker(value: Json, place: str) -> Maker:
    kind = value.get("type")
    if kind == "image" and place in ("accessory", "elements"):
        return blockkit.ImageEl
    return _KINDS[kind] if kind else _BY_PLACE[place]


def _typed(value: Json) -> Json:
    """Only a text says its kind in a field; every other class is its kind."""
    kind = value.get("type")
    return {"type": kind} if kind in ("plain_text", "mrkdwn") else {}


def assert_call_is_taken(method: str, arguments: Json) -> None:
    """A call of Slack's Web API, as far as it draws something."""
    if "view" in arguments:
        assert_view_is_taken(_json(arguments["view"]))
    elif method.startswith("chat.") and arguments.get("blocks"):
        assert_message_is_taken(arguments["text"], _json(arguments["blocks"]))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
