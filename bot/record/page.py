"""The life of a draft as a page that can be read, printed and kept; no script, all escaped."""

from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files

from bot.domain.deeds import in_words
from bot.domain.life import Deed, Life, LivePart, Published, Said
from bot.record.markup import moment, quote, spelled, table
from bot.record.versions import versions

Listed = tuple[int, str, str, str]
"""A line of the index: draft, account, author, state."""

_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def draft_page(life: Life) -> str:
    """Return the page of one draft."""
    body = [_head(life), _published(life), versions(life), _discussion(life), _record(life), _FOOT]
    return _page(f"Draft {life.id}", body)


def index_page(listed: Iterable[Listed], about: str) -> str:
    """Return the page that leads to the others."""
    rows = [
        [f'<a href="drafts/{number}.html">Draft {number}</a>', *map(spelled, row)]
        for number, *row in listed
    ]
    index = table("", ("draft", "account", "author", "state"), rows)
    head = f'<h1>From the record</h1>\n<p class="lead">{spelled(about)}</p>'
    return _page("From the record", [head, index, _FOOT])


_FOOT = (
    "<footer>Times are in UTC; people are named by their ids in the chat. "
    "<code>countersign audit verify --export</code> with the name of this folder "
    "shows whether it is as it was written.</footer>"
)


def _page(title: str, body: Iterable[str]) -> str:
    shown = "\n".join(part for part in body if part)
    return _SHELL.format(title=spelled(title), style=_style(), body=shown)


@cache
def _style() -> str:
    return files("bot.record").joinpath("page.css").read_text(encoding="utf-8")


def _head(life: Life) -> str:
    facts = {
        "Account": f"@{life.handle} ({life.account})",
        "Author": life.author,
        "Written": moment(life.created_at),
        "Message": f"{life.front} {life.channel} {life.message}",
        "State": life.state.replace("_", " "),
    }
    shown = "".join(f"<dt>{name}</dt><dd>{spelled(value)}</dd>" for name, value in facts.items())
    removed = ""
    if life.removed:
        words = (
            f"The contents were removed on {moment(life.removed.at)} by {life.removed.actor}, "
            "when the time for keeping them had passed. Who did what and when is kept."
        )
        removed = f'\n<p class="notice">{spelled(words)}</p>'
    return f'<h1>Draft {life.id}</h1>\n<dl class="facts">{shown}</dl>{removed}'


def _published(life: Life) -> str:
    rows = "\n".join(_publication(row) for row in life.publications)
    nothing = '<p class="soft">Nothing of it was ever put on the schedule.</p>'
    return f"<h2>On X</h2>\n{rows or nothing}"


def _publication(row: Published) -> str:
    why = f", {row.reason.replace('_', ' ')}" if row.reason else ""
    head = f"<h3>Version {row.version}: {spelled(row.state.replace('_', ' ') + why)}</h3>"
    due = f'<p class="soft">Due {moment(row.due_at)}</p>'
    detail = f"<p>{spelled(row.detail)}</p>" if row.detail else ""
    return f"<article>{head}{due}{detail}{''.join(map(_live, row.parts))}</article>"


def _live(part: LivePart) -> str:
    live = f"Part {part.part + 1}, public since {moment(part.live_at)}"
    gone = f", taken down {moment(part.removed_at)}" if part.removed_at else ""
    address = escape(part.address)
    link = f'<p><a href="{address}" rel="noreferrer">{address}</a></p>'
    text = "(The text that X returned is not kept.)" if part.text is None else part.text
    return f"<h4>{live}{gone}</h4>{quote(spelled(text))}{link}"


def _discussion(life: Life) -> str:
    said = "".join(f"<li>{_reply(said)}</li>" for said in life.discussion)
    return f"<h2>Discussion</h2>\n<ul>{said}</ul>" if said else ""


def _reply(said: Said) -> str:
    who = f"{spelled(said.person)}, {moment(said.at)}"
    if said.deleted_at:
        return f"{who}: <span class='soft'>taken back {moment(said.deleted_at)}</span>"
    return f"{who}{quote(spelled(said.text))}"


def _record(life: Life) -> str:
    rows = [
        [str(d.sequence), moment(d.at), _who(d), _what(d), f"<code>{d.hash[:12]}</code>"]
        for d in life.record
    ]
    names = ("entry", "when", "who", "what", "hash begins")
    return "<h2>Record</h2>\n" + table("Every entry about this draft", names, rows)


def _who(deed: Deed) -> str:
    return f"{spelled(deed.actor)}<br><span class='soft'>{deed.role}</span>"


def _what(deed: Deed) -> str:
    version = f" <span class='soft'>version {deed.version}</span>" if deed.version else ""
    return spelled(in_words(deed.action, deed.detail)) + version
