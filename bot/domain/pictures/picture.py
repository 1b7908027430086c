"""A picture that can go out."""

import hashlib
from dataclasses import dataclass

from bot.domain.media import MediaFormat, MediaKind


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without anything that does not show; sizes are in pixels."""

    content: bytes
    format: MediaFormat
    width: int
    height: int
    frames: int = 1

    @property
    def kind(self) -> MediaKind:
        """What X makes of it: a GIF that stands still is a photo."""
        return MediaKind.GIF if self.frames > 1 else MediaKind.PHOTO

    @property
    def sha256(self) -> str:
        """The hash by which it is stored, and which an approval covers."""
        return hashlib.sha256(self.content).hexdigest()
