"""What a rich_text block may hold (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from bot.sandbox.slack.elements import ID
from bot.sandbox.slack.shapes import (
    Shape,
    array,
    boolean,
    by_type,
    exactly,
    record,
    string,
    typed,
    whole,
)

_MOST = 1000  # elements in one list: more than any text that fits
_STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
_MENTION_STYLE = record(
    {},
    dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean),
)
_TEXT = string(13_200)
_URL = string(3000)

_INLINE = by_type(
    {
        "text": typed("text", {"text": _TEXT}, {"style": _STYLE}),
        "link": typed(
            "link", {"url": _URL}, {"text": string(3000), "unsafe": boolean, "style": _STYLE}
        ),
        "emoji": typed(
            "emoji",
            {"name": string(255)},
            {"unicode": string(255), "skin_tone": whole(2, 6), "style": _STYLE},
        ),
        "user": typed("user", {"user_id": ID}, {"style": _MENTION_STYLE}),
        "usergroup": typed("usergroup", {"usergroup_id": ID}, {"style": _MENTION_STYLE}),
        "channel": typed("channel", {"channel_id": ID}, {"style": _MENTION_STYLE}),
        "broadcast": typed(
            "broadcast", {"range": exactly("here", "channel", "everyone")}, {"style": _STYLE}
        ),
        "date": typed(
            "date",
            {"timestamp": whole(1, 9_999_999_999), "format": string(255)},
            {"url": _URL, "fallback": string(3000), "style": _STYLE},
        ),
        "color": typed("color", {"value": string(7, 4)}, {"style": _STYLE}),
    }
)
_PIECES = array(_INLINE, _MOST, least=0)
_INDENT = {"border": whole(0, 1), "indent": whole(0, 8), "offset": whole(0, 1_000_000)}
_SECTION = typed("rich_text_section", {"elements": _PIECES})


RICH_TEXT: Shape = typed(
    "rich_text",
    {
        "elements": array(
            by_type(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_quote": typed(
                        "rich_text_quote", {"elements": _PIECES}, {"border": whole(0, 1)}
                    ),
                    "rich_text_preformatted": typed(
                        "rich_text_preformatted",
                        {"elements": _PIECES},
                        {"border": whole(0, 1), "language": string(50)},
                    ),
                    "rich_text_list": typed(
                        "rich_text_list",
                        {"style": exactly("bullet", "ordered"), "elements": array(_SECTION, _MOST)},
                        _INDENT,
                    ),
                }
            ),
            _MOST,
        )
    },
    {"block_id": ID},
)
