"""What stands in one line that a person typed: styles, links, mentions, emoji, code."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from publicsuffixlist import PublicSuffixList

from bot.sandbox.slack import emojis

Element = dict[str, Any]
Styles = frozenset[str]

_STYLES = {"*": "bold", "_": "italic", "~": "strike"}
# Every repetition that may fail late has a bound: 40,000 hostile characters stay quick.
_MARKUP = re.compile(
    r"""
    `(?P<code>[^`\n]{1,4000})`
  | \[ (?P<label>[^\]\n]{1,300}) \] \( (?P<address>(?:https?://|mailto:)[^\s()]{1,2000}) \)
  | (?P<url> https?://[^\s<>]{1,4000} )
  | (?P<email> (?<![\w@.+-]) [\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8} )
  | (?P<domain> (?<![\w@./\#:-]) (?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b (?:/[^\s<>]*)? )
  | (?<!\w) :(?=[^:\s]{0,99}[a-z+-]) (?P<emoji>[a-z0-9_+'-]{1,100}):
        (?: :skin-tone-(?P<tone>[2-6]): )?
  | (?<![\w@]) @(?P<broadcast>here|channel|everyone)\b
  | (?<![\w@]) (?P<mention>@) (?=\w)
  | (?<![\w\#]) (?P<channel>\#) (?=\w)
  | (?<![\w*_~]) (?P<mark>[*_~]) (?=\S) (?P<styled>[^\n]{0,1000}?\S) (?P=mark) (?![\w*_~])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PERSON = re.compile(r"(?<![\w@])(?P<mention>@)(?=\w)")
_AFTER_URL = ".,!?;:'\"]}*_~"
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Names:
    """Whom `@Name` and `#channel` can mean: every spelling, lower case, to its id."""

    people: Mapping[str, str]
    channels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inline:
    """One piece of a line: its rich_text element, and what Slack's `text` says for it."""

    element: Element
    mrkdwn: str


def escape(text: str) -> str:
    """Answer text as Slack's `text` writes it: `&`, `<` and `>` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def parse(text: str, names: Names, styles: Styles = frozenset()) -> Iterator[Inline]:
    """Cut typed text into pieces, in order; `styles` are those that it stands within."""
    start = position = 0
    while match := _MARKUP.search(text, position):
        length, pieces = _made(match, names, styles)
        position = match.start() + max(length, 1)
        if length:
            yield from _plain(text[start : match.start()], styles)
            yield from pieces
            start = position
    yield from _plain(text[start:], styles)


def _made(match: re.Match[str], names: Names, styles: Styles) -> tuple[int, list[Inline]]:
    """Answer how many characters a match takes and what it becomes; 0: it is plain text."""
    whole = match.end() - match.start()
    match match.lastgroup:
        case "code":
            return whole, [_code(match["code"], styles)]
        case "address":
            return whole, [_link(match["address"], match["label"], styles)]
        case "url":
            url = _without_tail(match["url"])
            return len(url), [_link(url, None, styles)]
        case "email":
            return whole, [_link(f"mailto:{match['email']}", match["email"], styles)]
        case "domain":
            return _domain(_without_tail(match["domain"]), styles)
        case "emoji" | "tone":
            tone = int(match["tone"]) if match["tone"] else None
            return whole, [_emoji(emojis.named(match["emoji"].lower(), tone), styles)]
        case "broadcast":
            scope = match["broadcast"].lower()
            element = {"type": "broadcast", "range": scope}
            return whole, [Inline(_styled(element, styles), f"<!{scope}>")]
        case "styled":
            return whole, _inside(match["mark"], match["styled"], names, styles)
        case _:
            return _mention(match, names, styles)


def _mention(match: re.Match[str], names: Names, styles: Styles) -> tuple[int, list[Inline]]:
    """Read `@Dr Chen Wei` or `#general`: the longest name that is somebody's."""
    known = names.people if match.lastgroup == "mention" else names.channels
    ahead = match.string[match.end() : match.end() + _LONGEST_NAME].lower()
    for end in range(len(ahead), 0, -1):
        whole_word = end == len(ahead) or not (ahead[end].isalnum() or ahead[end] == "_")
        if whole_word and (id_ := known.get(ahead[:end])):
            return end + 1, [_mentioned(match.lastgroup, id_, ahead[:end], styles)]
    return 0, []


def _mentioned(kind: str | None, id_: str, name: str, styles: Styles) -> Inline:
    if kind == "mention":
        return Inline(_styled({"type": "user", "user_id": id_}, styles), f"<@{id_}>")
    return Inline(_styled({"type": "channel", "channel_id": id_}, styles), f"<#{id_}|{name}>")


def with_ids(text: str, names: Names) -> str:
    """Answer a command's text as Slack sends it with `should_escape`: `<@U012AB3CD|name>`."""
    told, position = "", 0
    while match := _PERSON.search(text, position):
        length, pieces = _mention(match, names, frozenset())
        told += text[position : match.start()]
        name = text[match.end() : match.start() + length]
        told += f"<@{pieces[0].element['user_id']}|{name}>" if pieces else match.group()
        position = match.start() + max(length, 1)
    return told + text[position:]


def _inside(mark: str, text: str, names: Names, styles: Styles) -> list[Inline]:
    pieces = list(parse(text, names, styles | {_STYLES[mark]}))
    pieces[0] = Inline(pieces[0].element, mark + pieces[0].mrkdwn)
    pieces[-1] = Inline(pieces[-1].element, pieces[-1].mrkdwn + mark)
    return pieces


def _code(text: str, styles: Styles) -> Inline:
    element = {"type": "text", "text": text}
    return Inline(_styled(element, styles | {"code"}), f"`{escape(text)}`")


def _emoji(element: Element, styles: Styles) -> Inline:
    return Inline(_styled(element, styles), emojis.mrkdwn(element))


def _link(url: str, label: str | None, styles: Styles) -> Inline:
    element = {"type": "link", "url": url} | ({"text": label} if label else {})
    shown = f"<{escape(url)}|{escape(label)}>" if label else f"<{escape(url)}>"
    return Inline(_styled(element, styles), shown)


def _domain(typed: str, styles: Styles) -> tuple[int, list[Inline]]:
    """Make a link of `nhs.uk/flu` as Slack does, where the ending is a public one."""
    host = typed.split("/", 1)[0].lower()
    if not _suffixes().publicsuffix(host):
        return 0, []
    return len(typed), [_link(f"http://{typed}", typed, styles)]


def _without_tail(url: str) -> str:
    """Leave off what closes the sentence, not the address."""
    while url[-1] in _AFTER_URL or (url[-1] == ")" and url.count("(") < url.count(")")):
        url = url[:-1]
    return url


def _plain(text: str, styles: Styles) -> Iterator[Inline]:
    for piece in emojis.split(text):
        if isinstance(piece, str):
            yield Inline(_styled({"type": "text", "text": piece}, styles), escape(piece))
        else:
            yield _emoji(piece, styles)


def _styled(element: Element, styles: Styles) -> Element:
    return element | ({"style": dict.fromkeys(sorted(styles), True)} if styles else {})


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
