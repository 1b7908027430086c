"""How long a track is, how fast its pictures follow one another, and whether edits hide a part."""

from bot.domain.unusable import damaged
from bot.domain.video.movie import Track

_EMPTY = -1
"""What an edit shows that only waits."""


def samples(track: Track) -> int:
    """Return how many pictures, or packets of sound, a track has."""
    return sum(count for count, _ in track.rows(b"stts", ">II"))


def seconds(track: Track) -> float:
    """Return how long a track is in all."""
    ticks: int = sum(count * each for count, each in track.rows(b"stts", ">II"))
    if not ticks:
        raise damaged()
    return ticks / track.scale


def rate(track: Track) -> float:
    """Return how many pictures a second has on average."""
    return samples(track) / seconds(track)


def hidden(track: Track) -> float:
    """Return how many seconds of a track are in the file and not in the film.

    Programs that cut without encoding anew leave what was cut out where it was.
    """
    if b"elst" not in track.parts:
        return 0.0
    is_long = track.raw[track.part(b"elst").body] == 1
    edits = list(track.rows(b"elst", ">QqI" if is_long else ">IiI"))
    shown = sum(length for length, begins, _ in edits if begins != _EMPTY)
    if not shown:  # to the end
        return 0.0
    return seconds(track) - float(shown) / track.movie_scale
