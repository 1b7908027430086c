"""From files to packs: every rule whole and checked, every mistake with its file and line."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from bot.domain.finding import Citation, Severity
from bot.guidelines.detections import DetectionReader
from bot.guidelines.nodes import Mistakes, Table, compose
from bot.guidelines.patterns import Lexicons
from bot.guidelines.rule import Escalation, Jurisdiction, Override, Pack, Rule
from bot.guidelines.tweet import Media, MediaKind, Tweet

_ID = re.compile(r"[A-Z][A-Z0-9]{1,11}-[0-9]{1,4}")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of rules; patterns of a file that is not `ours` stand trial."""

    name: str
    text: str
    ours: bool = False


@dataclass(slots=True)
class _Opened:
    source: Source
    mistakes: Mistakes
    table: Table | None


def read_packs(sources: Sequence[Source]) -> tuple[tuple[Pack, ...], Lexicons, list[str]]:
    """Return the packs of some files, their lexicons together, and a line for each mistake.

    Lexicons are shared by all files; a rule may stand in one file only.
    """
    opened = [_open(source) for source in sources]
    lexicons = _lexicons(opened)
    known: dict[str, str] = {}
    packs = tuple(_pack(one, lexicons, known) for one in opened)
    return packs, lexicons, [line for one in opened for line in one.mistakes.lines]


def _open(source: Source) -> _Opened:
    mistakes = Mistakes(source.name)
    return _Opened(source, mistakes, compose(source.text, mistakes))


def _lexicons(opened: Sequence[_Opened]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in opened:
        table = one.table.table("lexicons") if one.table else None
        for name, node in table.entries() if table else ():
            if name in found:
                one.mistakes.add(node, f"there is a lexicon {name!r} already")
            found.setdefault(name, tuple(said for _, said in table.words(name)) if table else ())
    return found


def _pack(one: _Opened, lexicons: Lexicons, known: dict[str, str]) -> Pack:
    if one.table is None:
        return Pack(one.source.name, "", ())
    name = one.table.text("pack")
    digest = hashlib.sha256(one.source.text.encode()).hexdigest()[:8]
    version = f"{one.table.text('version')}+{digest}"
    reader = DetectionReader(lexicons, trusted=one.source.ours)
    rules = []
    for node in one.table.rows("rules"):
        if isinstance(node, yaml.MappingNode):
            rules.append(_rule(Table(node, one.mistakes), f"{name} {version}", reader, known))
        else:
            one.mistakes.add(node, "a rule must be a table")
    one.table.close()
    return Pack(name, version, tuple(rules))


def _rule(table: Table, pack: str, reader: DetectionReader, known: dict[str, str]) -> Rule:
    fires_on, silent_on = _examples(table)
    rule = Rule(
        id=_id(table, known),
        title=table.text("title"),
        pack=pack,
        jurisdictions=_jurisdictions(table),
        severity=_severity(table),
        override=table.member("override", Override, Override.NONE),
        detection=reader.read(_needed(table, "detect"), tuple(t.text for t in fires_on)),
        message=table.text("message"),
        citation=_citation(table),
        fires_on=fires_on,
        silent_on=silent_on,
        by_jurisdiction=_by_jurisdiction(table),
        escalation=_escalation(table, reader),
    )
    table.close()
    return rule


def _id(table: Table, known: dict[str, str]) -> str:
    node, name = table.get("id") or table.node, table.text("id")
    if name and not _ID.fullmatch(name):
        table.mistakes.add(node, f"{name!r} is no id of a rule; write one like OUR-01")
    if name in known:
        table.mistakes.add(node, f"there is a rule {name} already, in {known[name]}")
    known.setdefault(name, f"{table.mistakes.file}, line {node.start_mark.line + 1}")
    return name


def _severity(table: Table) -> Severity:
    if table.get("severity") is None:
        table.mistakes.add(table.node, "a rule needs a severity: block, warn or attest")
    return table.member("severity", Severity, Severity.WARN)


def _jurisdictions(table: Table) -> frozenset[Jurisdiction]:
    rows = table.rows("jurisdiction")
    if not rows:
        table.mistakes.add(table.node, "a rule needs its jurisdiction, [ANY] for everywhere")
    return frozenset(table.one_of(node, Jurisdiction, Jurisdiction.ANY) for node in rows)


def _by_jurisdiction(table: Table) -> dict[Jurisdiction, Severity]:
    found = table.table("severity_by_jurisdiction")
    raised = {}
    for name, node in found.entries() if found else ():
        if name not in tuple(Jurisdiction):
            table.mistakes.add(node, f"{name!r} is no jurisdiction")
            continue
        raised[Jurisdiction(name)] = table.one_of(node, Severity, Severity.WARN)
    return raised


def _escalation(table: Table, reader: DetectionReader) -> Escalation | None:
    found = table.table("escalate")
    if found is None:
        return None
    to = found.member("to", Severity, Severity.BLOCK)
    detection = reader.read(_needed(found, "detect"))
    found.close()
    return Escalation(to, detection)


def _citation(table: Table) -> Citation:
    found = _needed(table, "citation")
    if found is None:
        return Citation("", "", "")
    citation = Citation(found.text("title"), found.text("address"), found.text("clause"))
    if citation.address and not _ADDRESS.fullmatch(citation.address):
        table.mistakes.add(found.get("address") or found.node, "address must be an http address")
    found.close()
    return citation


def _examples(table: Table) -> tuple[tuple[Tweet, ...], tuple[Tweet, ...]]:
    found = _needed(table, "examples")
    if found is None:
        return (), ()
    both = tuple(
        tuple(_tweet(found, node) for node in found.rows(kind)) for kind in ("positive", "negative")
    )
    if not all(both):
        words = "a rule needs examples: texts that it must find (positive) and must not (negative)"
        table.mistakes.add(found.node, words)
    found.close()
    return both[0], both[1]


def _tweet(examples: Table, node: yaml.Node) -> Tweet:
    if isinstance(node, yaml.ScalarNode):
        return Tweet(str(node.value))
    if not isinstance(node, yaml.MappingNode):
        examples.mistakes.add(node, "an example is a text, or a table with a text")
        return Tweet("")
    table = Table(node, examples.mistakes)
    is_reply = table.text("is_reply", needed=False) == "true"
    sources = tuple(said for _, said in table.words("sources"))
    dead = frozenset(said for _, said in table.words("dead"))
    tweet = Tweet(table.text("text"), is_reply, tuple(_media(table)), sources, dead)
    table.close()
    return tweet


def _media(tweet: Table) -> list[Media]:
    found = []
    for node in tweet.rows("media"):
        if not isinstance(node, yaml.MappingNode):
            tweet.mistakes.add(node, "a medium is a table with type and alt")
            continue
        table = Table(node, tweet.mistakes)
        alt = table.get("alt")
        said = str(alt.value) if isinstance(alt, yaml.ScalarNode) else ""
        found.append(Media(table.member("type", MediaKind, MediaKind.PHOTO), said))
        table.close()
    return found


def _needed(table: Table, name: str) -> Table | None:
    if table.get(name) is None:
        table.mistakes.add(table.node, f"a rule needs {name}")
    return table.table(name)
