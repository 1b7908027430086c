"""Block Kit's building blocks, as few kinds as a card and a modal need (docs.slack.dev)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]

SECTION = 3_000
"""The most characters of a section's text."""

LABEL = 75
"""The most characters of an option and of a button."""


def section(mrkdwn: str, block_id: str | None = None) -> Block:
    """Return a paragraph in Slack's own markup; what people wrote must be escaped before."""
    block: Block = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": shortened(mrkdwn, SECTION)},
    }
    return block | ({"block_id": block_id} if block_id else {})


def context(mrkdwn: str) -> Block:
    """Return a small grey line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": shortened(mrkdwn, SECTION)}]}


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(text)}


def rich_text(*runs: Element) -> Block:
    """Return a block in which nothing that people wrote is interpreted."""
    return {"type": "rich_text", "elements": list(runs)}


def line(*elements: Element) -> Element:
    """Return a line of a rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(elements: Sequence[Element]) -> Element:
    """Return lines of a rich text that stand apart."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def bullets(entries: Iterable[Sequence[Element]]) -> Element:
    """Return a list of a rich text."""
    lines = [line(*entry) for entry in entries]
    return {"type": "rich_text_list", "style": "bullet", "elements": lines}


def words(text: str, *, bold: bool = False, strike: bool = False) -> Element:
    """Return plain words of a rich text."""
    style = {name: True for name, on in (("bold", bold), ("strike", strike)) if on}
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def person(user_id: str) -> Element:
    """Return a mention of a person in a rich text."""
    return {"type": "user", "user_id": user_id}


def link(url: str, text: str) -> Element:
    """Return a link of a rich text."""
    return {"type": "link", "url": url, "text": text}


def date(at: datetime) -> Element:
    """Return a moment of a rich text, shown in each reader's own time zone."""
    fallback = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    shape = {"format": "{date_short_pretty} at {time}", "fallback": fallback}
    return {"type": "date", "timestamp": int(at.timestamp())} | shape


def plain(text: str) -> Element:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text}


def button(
    label: str, action_id: str, value: str, *, style: str | None = None, ask: Element | None = None
) -> Element:
    """Return a button; `ask` is the dialog that must be answered before it counts."""
    made = {"type": "button", "text": plain(label), "action_id": action_id, "value": value}
    return made | ({"style": style} if style else {}) | ({"confirm": ask} if ask else {})


def question(title: str, text: str, confirm: str) -> Element:
    """Return the dialog of a button that asks once more."""
    deny = plain("Not now")
    return {"title": plain(title), "text": plain(text), "confirm": plain(confirm), "deny": deny}


def option(label: str, value: str) -> Element:
    """Return one of several answers to choose from."""
    return {"text": plain(shortened(label, LABEL)), "value": value}


def radio(options: Sequence[Element], chosen: Element | None = None) -> Element:
    """Return answers of which one is to be chosen."""
    made: Element = {"type": "radio_buttons", "options": list(options)}
    return made | ({"initial_option": chosen} if chosen else {})


def actions(buttons: Sequence[Element], block_id: str) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(buttons)}


def moment(at: datetime) -> str:
    """Return a moment in Slack's markup, shown in each reader's own time zone."""
    utc = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{utc}>"


def hour(at: datetime) -> str:
    """Return the time of day of a moment in Slack's markup, shown in each reader's own zone."""
    return f"<!date^{int(at.timestamp())}^{{time}}|{at.astimezone(UTC):%H:%M} UTC>"


def shortened(text: str, most: int) -> str:
    """Return a text cut to a number of characters, with a sign that it is cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def characters(blocks: object) -> int:
    """Count every character that blocks show, also in dialogs."""
    if isinstance(blocks, dict):
        shown = (blocks.get("text"), blocks.get("fallback"))
        own = sum(len(text) for text in shown if isinstance(text, str))
        return own + sum(characters(value) for value in blocks.values())
    return sum(map(characters, blocks)) if isinstance(blocks, list) else 0


def select(options: Sequence[Element], action_id: str, placeholder: str) -> Element:
    """Return a menu to choose one of these from."""
    menu: Element = {"type": "static_select", "options": list(options)}
    return menu | {"action_id": action_id, "placeholder": plain(placeholder)}
