"""The life of a draft as a page that can be read, printed and kept; no script, all escaped."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from html import escape
from importlib.resources import files
from itertools import zip_longest

from bot.domain.changes import Fate, changes
from bot.domain.deeds import in_words
from bot.domain.finding import Finding
from bot.domain.life import Decided, Deed, Life, LivePart, Published, Said, Version
from bot.domain.marks import visible

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
_CHANGED = {Fate.KEPT: "{}", Fate.REMOVED: "<del>{}</del>", Fate.ADDED: "<ins>{}</ins>"}
_DECISIONS = {
    "approve": "approved",
    "request_changes": "asked for changes",
    "reject": "rejected",
    "revoke": "took their decision back",
}


def draft_page(life: Life) -> str:
    """Return the page of one draft."""
    body = [_head(life), _published(life), _versions(life), _discussion(life), _record(life), _FOOT]
    return _page(f"Draft {life.id}", body)


def index_page(listed: Iterable[Listed], about: str) -> str:
    """Return the page that leads to the others."""
    rows = [
        [f'<a href="drafts/{number}.html">Draft {number}</a>', *map(_said, row)]
        for number, *row in listed
    ]
    table = _table("", ("draft", "account", "author", "state"), rows)
    head = f'<h1>From the record</h1>\n<p class="lead">{_said(about)}</p>'
    return _page("From the record", [head, table, _FOOT])


_FOOT = (
    "<footer>Times are in UTC; people are named by their ids in the chat. "
    "<code>countersign audit verify --export</code> with the name of this folder "
    "shows whether it is as it was written.</footer>"
)


def _page(title: str, body: Iterable[str]) -> str:
    shown = "\n".join(part for part in body if part)
    return _SHELL.format(title=_said(title), style=_style(), body=shown)


@cache
def _style() -> str:
    return files("bot.record").joinpath("page.css").read_text(encoding="utf-8")


def _head(life: Life) -> str:
    facts = {
        "Account": f"@{life.handle} ({life.account})",
        "Author": life.author,
        "Written": _time(life.created_at),
        "Message": f"{life.front} {life.channel} {life.message}",
        "State": life.state.replace("_", " "),
    }
    shown = "".join(f"<dt>{name}</dt><dd>{_said(value)}</dd>" for name, value in facts.items())
    removed = ""
    if life.removed:
        words = (
            f"The contents were removed on {_time(life.removed.at)} by {life.removed.actor}, "
            "when the time for keeping them had passed. Who did what and when is kept."
        )
        removed = f'\n<p class="notice">{_said(words)}</p>'
    return f'<h1>Draft {life.id}</h1>\n<dl class="facts">{shown}</dl>{removed}'


def _published(life: Life) -> str:
    rows = "\n".join(_publication(row) for row in life.publications)
    nothing = '<p class="soft">Nothing of it was ever put on the schedule.</p>'
    return f"<h2>On X</h2>\n{rows or nothing}"


def _publication(row: Published) -> str:
    why = f", {row.reason.replace('_', ' ')}" if row.reason else ""
    head = f"<h3>Version {row.version}: {_said(row.state.replace('_', ' ') + why)}</h3>"
    due = f'<p class="soft">Due {_time(row.due_at)}</p>'
    detail = f"<p>{_said(row.detail)}</p>" if row.detail else ""
    return f"<article>{head}{due}{detail}{''.join(map(_live, row.parts))}</article>"


def _live(part: LivePart) -> str:
    live = f"Part {part.part + 1}, public since {_time(part.live_at)}"
    gone = f", taken down {_time(part.removed_at)}" if part.removed_at else ""
    address = escape(part.address)
    link = f'<p><a href="{address}" rel="noreferrer">{address}</a></p>'
    text = "(The text that X returned is not kept.)" if part.text is None else part.text
    return f"<h4>{live}{gone}</h4>{_quote(_said(text))}{link}"


def _versions(life: Life) -> str:
    before: Version | None = None
    shown = []
    for version in life.versions:
        shown.append(_version(version, before))
        before = version
    return "<h2>Versions</h2>\n" + "\n".join(shown)


def _version(version: Version, before: Version | None) -> str:
    head = f"<h3>Version {version.number}</h3>"
    by = f'<p class="soft">by {_said(version.author)}, {_time(version.at)}</p>'
    texts = _texts(version, before)
    pictures = _list("Pictures in it", _pictures(version))
    links = _list("Links in it", map(_said, version.links))
    findings = _list("Findings", (_finding(version, finding) for finding in version.findings))
    decisions = _list("Decisions", map(_decision, version.decisions))
    print_ = f'<h4>Fingerprint</h4><code class="soft">{version.fingerprint}</code>'
    return f"<article>{head}{by}{texts}{pictures}{links}{findings}{decisions}{print_}</article>"


def _texts(version: Version, before: Version | None) -> str:
    several = len(version.parts) > 1
    names = [f"Part {n}" if several else "Text" for n in range(1, len(version.parts) + 1)]
    now = "".join(
        f"<h4>{name}</h4>{_quote(_said(text))}"
        for name, text in zip(names, version.parts, strict=True)
    )
    if before is None:
        return now
    pairs = zip_longest(before.parts, version.parts, fillvalue="")
    diff = "".join(_quote(_difference(old, new)) for old, new in pairs)
    return f"{now}<h4>Changed from version {before.number}</h4>{diff}"


def _pictures(version: Version) -> Iterator[str]:
    """Yield what each picture shows, and the hash by which its file can be known again."""
    for number, media in enumerate(version.pictures, 1):
        for one in media:
            part = f"Part {number}: " if len(version.parts) > 1 else ""
            file = f'<a href="../pictures/{one.file_name}">{one.file_name}</a>'
            yield f"{part}{_said(one.alt or 'no alt text')}<br>{file}"


def _difference(before: str, after: str) -> str:
    found = changes(visible(before), visible(after))
    return "".join(_CHANGED[change.fate].format(escape(change.text)) for change in found)


def _finding(version: Version, finding: Finding) -> str:
    tag = f'<span class="tag {finding.severity}">{finding.severity}</span>'
    title = f"<strong>{_said(finding.title)}.</strong> " if finding.title else ""
    said = f"<code>{_said(finding.rule)}</code> {title}{_said(finding.message)}"
    return f"{tag} {said}{_at(version, finding)}{_authority(finding)}"


def _authority(finding: Finding) -> str:
    """Return what a guideline rests on, and the pack that judged."""
    if finding.citation is None:
        return ""
    cited = finding.citation
    words = _said(f"{cited.title}, {cited.clause}")
    link = f'<a href="{escape(cited.address)}" rel="noreferrer">{words}</a>'
    return f'<br><span class="soft">{link}; judged by {_said(finding.pack)}</span>'


def _at(version: Version, finding: Finding) -> str:
    """Return the words that a finding is about, empty where it is about the whole."""
    purged = not finding.message
    if finding.part is None or finding.start is None or purged:
        return ""
    words = version.parts[finding.part][finding.start : finding.end]
    return f" <q>{_said(words)}</q>" if words else ""


def _decision(decided: Decided) -> str:
    said = f"{_said(decided.reviewer)} {_DECISIONS[decided.decision]}, {_time(decided.at)}"
    for verb, rules in (("acknowledged", decided.acknowledged), ("attested", decided.attested)):
        if rules:
            said += f"; {verb} {_said(', '.join(rules))}"
    return f"{said}{_quote(_said(decided.reason))}" if decided.reason else said


def _discussion(life: Life) -> str:
    said = "".join(f"<li>{_reply(said)}</li>" for said in life.discussion)
    return f"<h2>Discussion</h2>\n<ul>{said}</ul>" if said else ""


def _reply(said: Said) -> str:
    who = f"{_said(said.person)}, {_time(said.at)}"
    if said.deleted_at:
        return f"{who}: <span class='soft'>taken back {_time(said.deleted_at)}</span>"
    return f"{who}{_quote(_said(said.text))}"


def _record(life: Life) -> str:
    rows = [
        [str(d.sequence), _time(d.at), _who(d), _what(d), f"<code>{d.hash[:12]}</code>"]
        for d in life.record
    ]
    names = ("entry", "when", "who", "what", "hash begins")
    return "<h2>Record</h2>\n" + _table("Every entry about this draft", names, rows)


def _who(deed: Deed) -> str:
    return f"{_said(deed.actor)}<br><span class='soft'>{deed.role}</span>"


def _what(deed: Deed) -> str:
    version = f" <span class='soft'>version {deed.version}</span>" if deed.version else ""
    return _said(in_words(deed.action, deed.detail)) + version


def _table(caption: str, names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    said = f"<caption>{caption}</caption>" if caption else ""
    table = f"<table>{said}<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
    return f'<div class="scroll">{table}</div>'


def _list(name: str, entries: Iterable[str]) -> str:
    lines = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<h4>{name}</h4><ul>{lines}</ul>" if lines else ""


def _quote(shown: str) -> str:
    return f'<blockquote dir="auto">{shown}</blockquote>'


def _said(text: str) -> str:
    """Return what somebody wrote, every character of it as one that a reader sees."""
    return escape(visible(text))


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else "at an unknown time"
