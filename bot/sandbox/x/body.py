"""Checks the body of a create call strictly: keys, types, patterns, and what excludes what."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from bot.sandbox.x.answer import RefusedError
from bot.sandbox.x.problems import invalid

Check = Callable[[Any, str], Iterator[str]]

_REPLY_SETTINGS = ("following", "mentionedUsers", "subscribers", "verified")
_EXCLUSIVE = ("poll", "media", "quote_tweet_id", "card_uri")


def _text(
    pattern: str = "", among: tuple[str, ...] = (), between: tuple[int, int] | None = None
) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path}: {_kind(value)} found, string expected"
        elif pattern and not re.fullmatch(pattern, value):
            yield f"{path}: does not match the regex pattern ^{pattern}$"
        elif among and value not in among:
            yield f"{path}: does not have a value in the enumeration [{', '.join(among)}]"
        elif between and not between[0] <= len(value) <= between[1]:
            yield f"{path}: must be {between[0]} to {between[1]} characters long"

    return check


def _boolean(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{path}: {_kind(value)} found, boolean expected"


def _whole(low: int, high: int) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or value != value // 1:
            yield f"{path}: {_kind(value)} found, integer expected"
        elif not low <= value <= high:
            yield f"{path}: must be from {low} to {high}"

    return check


def _array(of: Check, low: int = 0, high: int | None = None) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{path}: {_kind(value)} found, array expected"
            return
        if len(value) < low or (high is not None and len(value) > high):
            yield f"{path}: must have {low} to {high} items but found {len(value)}"
        for index, one in enumerate(value):
            yield from of(one, f"{path}[{index}]")

    return check


def _record(required: tuple[str, ...] = (), /, **keys: Check) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: {_kind(value)} found, object expected"
            return
        for key in required:
            if key not in value:
                yield f"{path}.{key}: is missing but it is required"
        for key, one in value.items():
            if key in keys:
                yield from keys[key](one, f"{path}.{key}")
            else:
                yield (
                    f"{path}.{key}: is not defined in the schema and the schema does not allow"
                    " additional properties"
                )

    return check


def _kind(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return kinds.get(type(value), "null" if value is None else "object")


_ID = _text("[0-9]{1,19}")
_SITE = _record(("url",), url=_text())
_BODY = _record(
    (),
    text=_text(),
    card_uri=_text(),
    community_id=_ID,
    direct_message_deep_link=_text(),
    edit_options=_record(("previous_post_id",), previous_post_id=_ID),
    for_super_followers_only=_boolean,
    geo=_record(("place_id",), place_id=_text()),
    made_with_ai=_boolean,
    media=_record(
        ("media_ids",),
        media_ids=_array(_ID, 1, 4),
        tagged_user_ids=_array(_ID, 0, 10),
        description=_text(),
        embeddable=_boolean,
        preview_media_id=_ID,
        title=_text(),
        call_to_actions=_record(
            (),
            app_install=_record(
                (), app_store_id=_text(), ipad_app_store_id=_text(), play_store_id=_text()
            ),
            visit_site=_SITE,
            watch_now=_SITE,
        ),
    ),
    nullcast=_boolean,
    paid_partnership=_boolean,
    poll=_record(
        ("options", "duration_minutes"),
        options=_array(_text(between=(1, 25)), 2, 4),
        duration_minutes=_whole(5, 10_080),
        reply_settings=_text(among=_REPLY_SETTINGS),
    ),
    quote_tweet_id=_ID,
    reply=_record(
        ("in_reply_to_tweet_id",),
        in_reply_to_tweet_id=_ID,
        auto_populate_reply_metadata=_boolean,
        exclude_reply_user_ids=_array(_text()),
    ),
    reply_settings=_text(among=_REPLY_SETTINGS),
    share_with_followers=_boolean,
)


_CATEGORY = _text(among=("tweet_image", "tweet_gif", "tweet_video"))
UPLOAD = _record(("media", "media_category"), media=_text(), media_category=_CATEGORY)
INITIALIZE = _record(
    ("media_type", "total_bytes", "media_category"),
    media_type=_text(),
    total_bytes=_whole(1, 17_179_869_184),
    media_category=_CATEGORY,
)
APPEND = _record(("segment_index", "media"), segment_index=_whole(0, 999), media=_text())
METADATA = _record(
    ("id", "metadata"),
    id=_ID,
    metadata=_record(("alt_text",), alt_text=_record(("text",), text=_text())),
)


def faults_in(body: Any) -> list[str]:
    """Answer in words everything in which a parsed body differs from X's schema."""
    return list(_BODY(body, "$"))


def parsed(raw: bytes, content_type: str) -> dict[str, Any]:
    """Answer the body of a create call, or refuse it with 400."""
    body = parsed_as(_BODY, raw, content_type)
    if len(both := [key for key in _EXCLUSIVE if key in body]) > 1:
        _refuse(f"$: {' and '.join(both)} exclude each other")
    return body


def parsed_as(shape: Check, raw: bytes, content_type: str) -> dict[str, Any]:
    """Answer a JSON body of that shape, or refuse it with 400."""
    if content_type != "application/json":
        _refuse("Requests with bodies must have content-type of application/json.")
    try:
        body = json.loads(raw, parse_constant=_not_json)
    except (ValueError, RecursionError):
        _refuse("The request body is not valid JSON.")
    if wrong := list(shape(body, "$")):
        _refuse(*wrong)
    checked: dict[str, Any] = body
    return checked


def _not_json(name: str) -> None:
    raise ValueError(name)


def _refuse(*messages: str) -> NoReturn:
    raise RefusedError(invalid(*((message, {}) for message in messages)))
