"""What a page calls itself; found without reading more of HTML than that."""

import html
import re

_TITLE = re.compile(rb"<title(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_LONGEST = 2_000


def title_of(body: bytes, charset: str) -> str:
    """Return the title of a page, "" where it has none; the text is not to be trusted."""
    begun = _TITLE.search(body)
    if begun is None:
        return ""
    said = body[begun.end() : begun.end() + _LONGEST].partition(b"<")[0]
    try:
        text = said.decode(charset, "replace")
    except (LookupError, ValueError):
        text = said.decode("utf-8", "replace")
    return html.unescape(text)
