"""What X takes of a video, and what to do about what it does not take.

Limits: docs.x.com, media best practices (August 2026).
"""

from collections.abc import Iterator

from bot.domain.unusable import UnusableError
from bot.domain.video import timing
from bot.domain.video.codecs import Pictures, pictures_of, sound_of
from bot.domain.video.movie import Track

SHORTEST_S, LONGEST_S = 0.5, 140.0
LEAST_SIDE, LONG_SIDE, SHORT_SIDE, MOST_RATIO = 32, 1_280, 1_024, 3
FASTEST, MOST_CHANNELS = 60, 2

MOST_HIDDEN_S = 1.0
"""What an edit alone may cut off: encoders begin with a moment that is not shown."""

_FOUR_TWO_ZERO = 1

_HIDDEN = (
    "{seconds:.0f} seconds of it were cut off only in appearance: they are still in the file. "
    "Please export it anew, so that they are gone."
)
_CODEC = (
    "it is encoded as {codec} and X takes H.264. Please export it as an MP4 with H.264; an iPhone "
    "records so under Settings → Camera → Formats → Most Compatible."
)
_NAMES = {"hvc1": "H.265 (HEVC)", "hev1": "H.265 (HEVC)", "av01": "AV1", "vp09": "VP9"}
_CHROMA = "X takes only colours of the form 4:2:0. Please export it anew, as an ordinary MP4."
_SOUND = "X takes sound as AAC-LC alone. Please export it anew, as an ordinary MP4."
_CHANNELS = "X takes mono or stereo sound. Please export it anew, with stereo sound."
_PIXELS = "its pixels are not square. Please export it anew, as an ordinary MP4."
_SIZE = (
    "it is {width} x {height} pixels and X takes 32 x 32 to 1280 x 1024. Please export it as 720p."
)
_RATIO = "X takes videos up to three times as long as wide. Please give it another shape."
_RATE = "it has {rate:.0f} pictures a second and X takes 60. Please export it with 30."
_SHORT = "it lasts {seconds:.1f} seconds and X takes none below half a second."
_LONG = "it lasts {seconds:.0f} seconds and X takes 140. Please send a shorter one."


def check(tracks: list[Track]) -> None:
    """Raise UnusableError in words where X would not take these tracks."""
    wrong = next(_faults(tracks), None)
    if wrong is not None:
        raise UnusableError(wrong)


def _faults(tracks: list[Track]) -> Iterator[str]:
    pictures, *sounds = tracks
    said = pictures_of(pictures)
    if said.codec != "avc1":
        yield _CODEC.format(codec=_NAMES.get(said.codec, "something else"))
    yield from _of_length(tracks)
    yield from _of_size(said)
    if said.chroma != _FOUR_TWO_ZERO:
        yield _CHROMA
    if (rate := timing.rate(pictures)) >= FASTEST + 0.5:
        yield _RATE.format(rate=rate)
    for track in sounds:
        yield from _of_sound(track)


def _of_length(tracks: list[Track]) -> Iterator[str]:
    if (hidden := max(map(timing.hidden, tracks))) > MOST_HIDDEN_S:
        yield _HIDDEN.format(seconds=hidden)
    seconds = max(map(timing.seconds, tracks))
    if seconds > LONGEST_S:
        yield _LONG.format(seconds=seconds)
    if seconds < SHORTEST_S:
        yield _SHORT.format(seconds=seconds)


def _of_size(said: Pictures) -> Iterator[str]:
    """Yield what is wrong with the size; the limits hold for either way up."""
    short, long = sorted((said.width, said.height))
    if short < LEAST_SIDE or short > SHORT_SIDE or long > LONG_SIDE:
        yield _SIZE.format(width=said.width, height=said.height)
    elif long > MOST_RATIO * short:
        yield _RATIO
    if not said.square:
        yield _PIXELS


def _of_sound(track: Track) -> Iterator[str]:
    said = sound_of(track)
    if not said.is_aac_lc:
        yield _SOUND
    if said.channels > MOST_CHANNELS:
        yield _CHANNELS
