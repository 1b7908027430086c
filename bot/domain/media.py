"""The pictures and videos of a part: what they are, and how many of them X takes together."""

from dataclasses import dataclass
from enum import StrEnum

PHOTOS = 4
"""The most photos of one tweet; a moving GIF or a video stands alone (docs.x.com, create post)."""

MOST = 12
"""The most pictures of one draft: so many its card has room for, beside the longest thread."""

LONGEST_ALT = 1_000
"""The most characters of an alt text (docs.x.com, media metadata)."""


class MediaKind(StrEnum):
    """What X makes of a file."""

    PHOTO = "photo"
    GIF = "gif"
    VIDEO = "video"


class MediaFormat(StrEnum):
    """The formats that X takes, by their media types."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    MP4 = "video/mp4"
    MOV = "video/quicktime"


_ENDINGS = {MediaFormat.MOV: "mov"}
"""What files are called whose ending is not in their media type."""


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or video of a part: the hash (SHA-256, hex) of what goes out, what it shows."""

    sha256: str
    kind: MediaKind
    format: MediaFormat
    alt: str = ""

    @property
    def file_name(self) -> str:
        """What its file is called outside of the rows."""
        ending = _ENDINGS.get(self.format) or self.format.value.partition("/")[2]
        return f"{self.sha256}.{ending}"

    @property
    def is_described(self) -> bool:
        """Whether X takes words for whoever cannot see it."""
        return is_described(self.kind)


def is_described(kind: MediaKind) -> bool:
    """Whether X takes an alt text: for pictures and GIFs (docs.x.com, media metadata)."""
    return kind is not MediaKind.VIDEO


def goes_together(media: tuple[Media, ...]) -> bool:
    """Whether X takes these in one tweet: up to four photos, or one moving GIF, or one video."""
    if any(one.kind is not MediaKind.PHOTO for one in media):
        return len(media) == 1
    return len(media) <= PHOTOS
