"""The knobs of the sandbox: what each is called, accepts, starts as and means."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal


class Hostile(StrEnum):
    """An answer that X, or a box in front of it, may give instead of the right one."""

    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    CLOSE_BEFORE = "close_before"
    CLOSE_AFTER = "close_after"
    HANG_BEFORE = "hang_before"
    HANG_AFTER = "hang_after"
    CUT_BODY = "cut_body"
    BAD_GZIP = "bad_gzip"
    HTML_201 = "html_201"
    EMPTY_201 = "empty_201"
    ERRORS_ONLY_201 = "errors_only_201"
    NULL_DATA_201 = "null_data_201"
    SERVER_ERROR_BEFORE = "500_before"
    SERVER_ERROR_AFTER = "500_after"
    BAD_GATEWAY_HTML = "502_html"
    UNAVAILABLE_BEFORE = "503_before"
    UNAVAILABLE_AFTER = "503_after"
    REQUEST_TIMEOUT = "408"
    MOVED = "301"
    FOUND = "302"
    TEMPORARY_REDIRECT = "307"
    PERMANENT_REDIRECT = "308"
    BAD_REQUEST_LIST = "400_list"
    BAD_REQUEST_STRING = "400_string"
    BAD_REQUEST_NULL_ERRORS = "400_null_errors"
    BAD_REQUEST = "400"
    UNAUTHORIZED = "401"
    NO_CREDITS = "402"
    FORBIDDEN = "403"
    DUPLICATE = "403_duplicate"
    CASHTAGS = "403_cashtag"
    NOT_FOUND = "404"
    TOO_LARGE = "413"
    UNSUPPORTED_MEDIA_TYPE = "415"
    TOO_MANY = "429"
    TOO_MANY_NO_HEADERS = "429_no_headers"
    TOO_MANY_JUNK_RESET = "429_junk_reset"
    DRIP = "drip"


class Vocabulary(StrEnum):
    """The two sets of names that X's answers have used since August 2026."""

    TWEET = "tweet"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Knob:
    """What a knob accepts (ValueError in words for anything else) and one line of meaning."""

    accept: Callable[[Any], Any]
    meaning: str


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("must be a number")
    return float(value)


def _seconds(value: Any) -> float:
    if (seconds := _number(value)) < 0:
        raise ValueError("must be 0 or more seconds")
    return seconds


def _chance(value: Any) -> float:
    if not 0 <= (chance := _number(value)) <= 1:
        raise ValueError("must be from 0 to 1")
    return chance


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("must be a whole number, 0 or more")
    return value


def _yes_or_no(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise ValueError("must be true or false")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("must be text")


def _list_of(accept: Callable[[Any], Any]) -> Callable[[Any], list[Any]]:
    def accept_all(value: Any) -> list[Any]:
        if isinstance(value, list):
            return [accept(one) for one in value]
        raise ValueError("must be a list")

    return accept_all


@dataclass(slots=True)
class SlackKnobs:
    """What goes wrong on the Slack side."""

    drop_ack: Annotated[float, Knob(_chance, "chance that an ack is not taken in")] = 0.0
    deliver_twice: Annotated[float, Knob(_chance, "chance that an envelope comes twice")] = 0.0
    deliver_late_s: Annotated[float, Knob(_seconds, "seconds before an envelope is sent")] = 0.0
    redelivery_s: Annotated[
        list[float], Knob(_list_of(_seconds), "seconds until each redelivery without an ack")
    ] = field(default_factory=lambda: [1.0, 60.0, 300.0])
    ack_window_s: Annotated[float, Knob(_seconds, "seconds within which an ack counts")] = 3.0
    api_delay_s: Annotated[float, Knob(_seconds, "seconds that each call takes longer")] = 0.0
    api_429: Annotated[int, Knob(_whole, "how many of the next calls answer 429")] = 0
    api_429_method: Annotated[str, Knob(_text, "only this method answers 429; empty: any")] = ""
    api_down: Annotated[bool, Knob(_yes_or_no, "every Web API connection is reset")] = False
    api_lose_answer: Annotated[
        int, Knob(_whole, "how many of the next calls take effect and are then reset")
    ] = 0
    trigger_life_s: Annotated[float, Knob(_seconds, "seconds that a trigger_id is good for")] = 3.0

    def spend(self, counter: Literal["api_429", "api_lose_answer"]) -> bool:
        """Count one call off a counter knob; answers whether it hits this call."""
        left: int = getattr(self, counter)
        setattr(self, counter, max(0, left - 1))
        return left > 0


@dataclass(slots=True)
class XKnobs:
    """What goes wrong on the X side."""

    next: Annotated[
        list[Hostile], Knob(_list_of(Hostile), "hostile answers to the next calls, in turn")
    ] = field(default_factory=list)
    lose_answer: Annotated[float, Knob(_chance, "chance of the effect, then a reset")] = 0.0
    refuse_before: Annotated[float, Knob(_chance, "chance of a 503 before the effect")] = 0.0
    fail_after: Annotated[float, Knob(_chance, "chance of a 503 after the effect")] = 0.0
    hang_s: Annotated[float, Knob(_seconds, "seconds between effect and answer")] = 0.0
    timeline_lag_s: Annotated[float, Knob(_seconds, "seconds until a tweet is on the timeline")] = (
        0.0
    )
    duplicate_check: Annotated[bool, Knob(_yes_or_no, "the same text again is refused")] = True
    duplicate_window_s: Annotated[float, Knob(_seconds, "seconds a text is a duplicate")] = 86_400.0
    clock_offset_s: Annotated[float, Knob(_number, "seconds that X's clock is ahead")] = 0.0
    timestamp_window_s: Annotated[
        float, Knob(_seconds, "seconds that a signature's timestamp may be off X's clock")
    ] = 300.0
    premium: Annotated[bool, Knob(_yes_or_no, "accounts may write 25,000 characters")] = False
    credits: Annotated[bool, Knob(_yes_or_no, "there are credits; without them: 402")] = True
    revoked: Annotated[bool, Knob(_yes_or_no, "the access was revoked: 401")] = False
    read_only: Annotated[bool, Knob(_yes_or_no, "the app may only read: writing is 403")] = False
    down: Annotated[bool, Knob(_yes_or_no, "every connection is reset, without effect")] = False
    vocabulary: Annotated[Vocabulary, Knob(Vocabulary, '"tweet" or "post" names on the wire')] = (
        Vocabulary.TWEET
    )
    media_processing_s: Annotated[
        float, Knob(_seconds, "seconds that a finalised upload is processed")
    ] = 0.0
    media_fails: Annotated[bool, Knob(_yes_or_no, "X can make nothing of an upload")] = False
    media_lose_chunk: Annotated[
        int, Knob(_whole, "how many of the next chunks are taken and lost")
    ] = 0
    media_life_s: Annotated[float, Knob(_seconds, "seconds that an upload can be used")] = 86_400.0
    seed: Annotated[int, Knob(_whole, "start of the random numbers behind every chance")] = 0

    def loses_chunk(self) -> bool:
        """Count a chunk off its knob; answers whether it is lost."""
        left = self.media_lose_chunk
        self.media_lose_chunk = max(0, left - 1)
        return left > 0

    def take_next(self) -> Hostile | None:
        """Take the hostile answer that is due for this call, if one is."""
        return self.next.pop(0) if self.next else None
