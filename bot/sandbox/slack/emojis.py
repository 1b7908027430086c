"""Slack's emoji: `:names:` and the characters of a phone keyboard, both to rich_text elements."""

from collections.abc import Iterator
from typing import Any

import emoji

_TONES = {chr(0x1F3FB + step): step + 2 for step in range(5)}  # U+1F3FB is Slack's skin-tone-2
_MODIFIERS = {tone: modifier for modifier, tone in _TONES.items()}
_FIRST_FLAG_LETTER = 0x1F1E6
_QUALIFIED = (emoji.STATUS["fully_qualified"], emoji.STATUS["minimally_qualified"])


def named(name: str, tone: int | None = None) -> dict[str, Any]:
    """Answer the element for a typed `:name:`; a name that nobody knows is a custom emoji."""
    character = _flag(name) or _character(name)
    if not character:
        return {"type": "emoji", "name": name}
    if tone:
        character = character[0] + _MODIFIERS[tone] + character[1:].removeprefix("\ufe0f")
    return _element(name, character, tone)


def split(text: str) -> Iterator[str | dict[str, Any]]:
    """Cut text at its emoji characters: pieces of text and emoji elements, in order."""
    start = 0
    for found in emoji.emoji_list(text):
        character = str(found["emoji"])
        if emoji.EMOJI_DATA[character]["status"] not in _QUALIFIED:
            continue  # a bare © or ♥ is a character; with U+FE0F behind it, it is an emoji
        if text[start : found["match_start"]]:
            yield text[start : found["match_start"]]
        yield typed(character)
        start = int(found["match_end"])
    if text[start:]:
        yield text[start:]


def typed(character: str) -> dict[str, Any]:
    """Answer the element that Slack makes of one emoji character."""
    tones = [_TONES[point] for point in character if point in _TONES]
    plain = "".join(point for point in character if point not in _TONES)
    name = _name(plain if plain in emoji.EMOJI_DATA else character)
    return _element(name, character, tones[0] if len(tones) == 1 else None)


def mrkdwn(element: dict[str, Any]) -> str:
    """Answer how Slack's `text` writes an emoji element: `:+1::skin-tone-4:`."""
    tone = element.get("skin_tone")
    return f":{element['name']}:" + (f":skin-tone-{tone}:" if tone else "")


def _element(name: str, character: str, tone: int | None) -> dict[str, Any]:
    points = "-".join(f"{ord(point):x}" for point in character)
    element: dict[str, Any] = {"type": "emoji", "name": name, "unicode": points}
    return element | ({"skin_tone": tone} if tone else {})


def _name(character: str) -> str:
    if all(0 <= ord(point) - _FIRST_FLAG_LETTER < 26 for point in character):
        return "flag-" + "".join(chr(ord(point) - _FIRST_FLAG_LETTER + 97) for point in character)
    entry = emoji.EMOJI_DATA[character]
    names: list[str] = entry.get("alias") or [entry["en"]]
    return min(names, key=len).strip(":").lower()


def _character(name: str) -> str | None:
    character = emoji.emojize(f":{name}:", language="alias")
    return None if character == f":{name}:" else character


def _flag(name: str) -> str | None:
    country = name.removeprefix("flag-")
    if country == name or len(country) != 2 or not (country.isascii() and country.isalpha()):
        return None
    return "".join(chr(_FIRST_FLAG_LETTER + ord(letter) - 97) for letter in country.lower())
