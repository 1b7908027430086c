"""Files that people share: what they hold, how Slack writes them, and who may fetch them."""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.shapes import Problem, Problems
from bot.sandbox.world import APP

LARGEST = 600_000_000
"""The most bytes of one file here; Slack takes a gigabyte."""

MOST = 10
"""The most files of one message."""

LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in</body></html>"
"""What Slack answers, with status 200, to whoever may not have a file."""

Json = dict[str, Any]

_IN_BLOCKS = ("image/png", "image/jpeg", "image/gif")
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_FILMS = (b"ftyp", b"moov", b"mdat", b"wide")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(slots=True)
class SharedFile:
    """One file as somebody uploaded it; deleted ones leave their id behind."""

    id: str
    name: str
    user: str
    created: int
    content: bytes
    deleted: bool = False

    @property
    def mimetype(self) -> str:
        """What Slack takes it for: it believes the name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def picture_type(self) -> str | None:
        """The media type of a picture that browsers may show, by its content."""
        if self.content[:4] == b"RIFF" and self.content[8:12] == b"WEBP":
            return "image/webp"
        known = (kind for sign, kind in _SIGNATURES if self.content.startswith(sign))
        return next(known, None)

    @property
    def video_type(self) -> str | None:
        """The media type of a video that browsers may show, by its content."""
        return "video/mp4" if self.content[4:8] in _FILMS else None

    @property
    def path(self) -> str:
        """The end of its address, in which nothing needs quoting."""
        return f"{APP.team_id}-{self.id}/{_UNSAFE.sub('_', self.name)}"

    def as_slack(self, address: str) -> Json:
        """Answer the file as events, history and `files.info` have it."""
        if self.deleted:
            return {"id": self.id, "mode": "tombstone"}
        private = f"{address}/slack/files/{self.path}"
        shared: Json = {"id": self.id, "name": self.name, "title": self.name, "user": self.user}
        shared |= {"created": self.created, "timestamp": self.created, "mode": "hosted"}
        shared |= {"is_external": False, "external_type": "", "editable": False}
        shared |= {"is_public": True, "public_url_shared": False, "display_as_bot": False}
        shared |= {"mimetype": self.mimetype, "filetype": self.name.rpartition(".")[2].lower()}
        shared |= {"size": len(self.content), "file_access": "visible"}
        shared |= {"permalink": f"https://{APP.team_domain}.slack.com/files/{self.user}/{self.id}/"
                                f"{_UNSAFE.sub('_', self.name).lower()}"}  # fmt: skip
        return shared | {"url_private": private, "url_private_download": f"{private}?download=1"}


def shown_in(blocks: Any, at: str = "/blocks") -> Iterator[tuple[str, Json]]:
    """Answer every `slack_file` in blocks or a view, with its place."""
    if isinstance(blocks, list):
        for place, one in enumerate(blocks):
            yield from shown_in(one, f"{at}/{place}")
    elif isinstance(blocks, dict):
        if isinstance(blocks.get("slack_file"), dict):
            yield f"{at}/slack_file", blocks["slack_file"]
        for key, value in blocks.items():
            yield from shown_in(value, f"{at}/{key}")


def file_problems(files: dict[str, SharedFile], blocks: Any, at: str = "/blocks") -> Problems:
    """Answer which pictures in blocks Slack could not show."""
    for place, named in shown_in(blocks, at):
        known = files.get(str(named.get("id", "")))
        if known is None or known.deleted or known.mimetype not in _IN_BLOCKS:
            yield Problem(place, "slack_file", "invalid slack file")
