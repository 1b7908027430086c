"""What is attached: its presence, and the words for whoever cannot see it."""

import re

from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.texts import WHOLE, Spans
from bot.guidelines.tweet import Media, MediaKind, Seen

_FILE_NAME = re.compile(r"[\w-]+\.(?:jpe?g|png|gif|webp|heic|mp4|mov)", re.IGNORECASE)
_QUOTE = re.compile(r'"[^"]{20,}"')


def _has_media(seen: Seen, _: Params) -> Spans:
    return WHOLE if seen.tweet.media else ()


def _has_video(seen: Seen, _: Params) -> Spans:
    return WHOLE if any(one.kind is MediaKind.VIDEO for one in seen.tweet.media) else ()


def _has_media_or_quote(seen: Seen, params: Params) -> Spans:
    quotes = tuple(seen.raw.place(match.span()) for match in _QUOTE.finditer(seen.raw.text))
    return _has_media(seen, params) or quotes


def _media_without_alt(seen: Seen, params: Params) -> Spans:
    photos = (one for one in seen.tweet.media if one.kind is MediaKind.PHOTO)
    return WHOLE if any(_says_nothing(photo, params) for photo in photos) else ()


def _says_nothing(photo: Media, params: Params) -> bool:
    alt = photo.alt.strip()
    empty = not alt or alt.lower() in params["bad_alt"] or bool(_FILE_NAME.fullmatch(alt))
    return empty or len(alt) > params["max_chars"]


CHECKS = {
    "has_media": Check(_has_media),
    "has_video": Check(_has_video),
    "has_media_or_quote": Check(_has_media_or_quote),
    "media_without_alt": Check(
        _media_without_alt, {"max_chars": Kind.WHOLE, "bad_alt": Kind.WORDS}
    ),
}
