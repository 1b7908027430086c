"""The pictures of a part: what they are, and how many of them X takes together."""

from dataclasses import dataclass
from enum import StrEnum

PHOTOS = 4
"""The most photos of one tweet; a moving GIF stands alone (docs.x.com, create post)."""

MOST = 12
"""The most pictures of one draft: so many its card has room for, beside the longest thread."""

LONGEST_ALT = 1_000
"""The most characters of an alt text (docs.x.com, media metadata)."""


class MediaKind(StrEnum):
    """What X makes of a picture."""

    PHOTO = "photo"
    GIF = "gif"


class MediaFormat(StrEnum):
    """The formats that X takes, by their media types."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"


@dataclass(frozen=True, slots=True)
class Media:
    """One picture of a part: the hash (SHA-256, hex) of what goes out, and what it shows."""

    sha256: str
    kind: MediaKind
    format: MediaFormat
    alt: str = ""

    @property
    def file_name(self) -> str:
        """What its file is called outside of the rows."""
        return f"{self.sha256}.{self.format.value.removeprefix('image/')}"


def goes_together(media: tuple[Media, ...]) -> bool:
    """Whether X takes these in one tweet: up to four photos, or one moving GIF."""
    if any(one.kind is MediaKind.GIF for one in media):
        return len(media) == 1
    return len(media) <= PHOTOS
