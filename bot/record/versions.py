"""The versions of a draft on its page: what each says, what was found, and who decided what."""

from collections.abc import Iterator
from html import escape
from itertools import zip_longest

from bot.domain.changes import Fate, changes
from bot.domain.content import Poll
from bot.domain.destination import Condition, Trust
from bot.domain.finding import Finding
from bot.domain.life import Decided, Life, Look, Version
from bot.domain.marks import visible
from bot.domain.media import Media
from bot.record.markup import bullets, moment, quote, spelled, table

_CHANGED = {Fate.KEPT: "{}", Fate.REMOVED: "<del>{}</del>", Fate.ADDED: "<ins>{}</ins>"}
_WORDLESS = '<span class="soft">(no words)</span>'
_DECISIONS = {
    "approve": "approved",
    "request_changes": "asked for changes",
    "reject": "rejected",
    "revoke": "took their decision back",
}


_LOOK = ("looked at", "link", "led to", "title", "site of")
_TRUST = {
    Trust.OWN: "whom the team trusts",
    Trust.GOVERNMENT: "a government",
    Trust.EDUCATION: "a university or school",
    Trust.HEALTH: "a public health body",
    Trust.LISTED: "a trusted source",
    Trust.UNKNOWN: "nobody vouched for",
}


def versions(life: Life) -> str:
    """Return every version, with what changed from the one before."""
    before: Version | None = None
    shown = []
    for version in life.versions:
        shown.append(_version(version, before))
        before = version
    return "<h2>Versions</h2>\n" + "\n".join(shown)


def _version(version: Version, before: Version | None) -> str:
    head = f"<h3>Version {version.number}</h3>"
    by = f'<p class="soft">by {spelled(version.author)}, {moment(version.at)}</p>'
    texts = _texts(version, before)
    answers = bullets("In answer to", map(spelled, filter(None, (version.answers,))))
    polls = "".join(map(_poll, filter(None, version.polls)))
    pictures = bullets("Pictures and videos in it", _pictures(version))
    links = bullets("Links in it", map(spelled, version.links))
    looks = f"<h4>Where its links led</h4>{_looks(version)}" if version.looks else ""
    sources = bullets("Sources given to reviewers", map(spelled, version.sources))
    stated = filter(None, (version.authorization,))
    signed = bullets("Signed authorization, as its author states", map(spelled, stated))
    findings = bullets("Findings", (_finding(version, finding) for finding in version.findings))
    decisions = bullets("Decisions", map(_decision, version.decisions))
    print_ = f'<h4>Fingerprint</h4><code class="soft">{version.fingerprint}</code>'
    said = f"{answers}{texts}{polls}{pictures}{links}{sources}{looks}{signed}"
    return f"<article>{head}{by}{said}{findings}{decisions}{print_}</article>"


def _looks(version: Version) -> str:
    return table("", _LOOK, map(_look, version.looks))


def _look(look: Look) -> tuple[str, ...]:
    """Return a line about where a link led."""
    led = spelled(look.host or "nowhere that was named")
    if look.condition is not Condition.ANSWERS:
        tag = f'<span class="tag">{look.condition}</span>'
        led = f"{led} {tag}<br><span class='soft'>{spelled(look.why)}</span>"
    if look.rules:
        led += f"<br><span class='soft'>objected to by {spelled(', '.join(look.rules))}</span>"
    return moment(look.at), spelled(look.url), led, spelled(look.title), _TRUST[look.trust]


def _poll(poll: Poll) -> str:
    return bullets(f"Poll of {poll.minutes} minutes", map(spelled, poll.options))


def _texts(version: Version, before: Version | None) -> str:
    several = len(version.parts) > 1
    names = [f"Part {n}" if several else "Text" for n in range(1, len(version.parts) + 1)]
    now = "".join(
        f"<h4>{name}</h4>{quote(spelled(text) or _WORDLESS)}"
        for name, text in zip(names, version.parts, strict=True)
    )
    if before is None:
        return now
    pairs = zip_longest(before.parts, version.parts, fillvalue="")
    diff = "".join(quote(_difference(old, new)) for old, new in pairs)
    return f"{now}<h4>Changed from version {before.number}</h4>{diff}"


def _pictures(version: Version) -> Iterator[str]:
    """Yield what each picture shows, and the hash by which its file can be known again."""
    for number, media in enumerate(version.pictures, 1):
        for one in media:
            part = f"Part {number}: " if len(version.parts) > 1 else ""
            file = f'<a href="../pictures/{one.file_name}">{one.file_name}</a>'
            yield f"{part}{_shown(one)}<br>{file}"


def _shown(media: Media) -> str:
    return spelled(media.alt or "no alt text") if media.is_described else "a video"


def _difference(before: str, after: str) -> str:
    found = changes(visible(before), visible(after))
    return "".join(_CHANGED[change.fate].format(escape(change.text)) for change in found)


def _finding(version: Version, finding: Finding) -> str:
    tag = f'<span class="tag {finding.severity}">{finding.severity}</span>'
    title = f"<strong>{spelled(finding.title)}.</strong> " if finding.title else ""
    said = f"<code>{spelled(finding.rule)}</code> {title}{spelled(finding.message)}"
    return f"{tag} {said}{_at(version, finding)}{_authority(finding)}"


def _authority(finding: Finding) -> str:
    """Return what a guideline rests on, and the pack that judged."""
    if finding.citation is None:
        return ""
    cited = finding.citation
    words = spelled(f"{cited.title}, {cited.clause}")
    link = f'<a href="{escape(cited.address)}" rel="noreferrer">{words}</a>'
    return f'<br><span class="soft">{link}; judged by {spelled(finding.pack)}</span>'


def _at(version: Version, finding: Finding) -> str:
    """Return the words that a finding is about, empty where it is about the whole."""
    purged = not finding.message
    if finding.part is None or finding.start is None or purged:
        return ""
    words = version.parts[finding.part][finding.start : finding.end]
    return f" <q>{spelled(words)}</q>" if words else ""


def _decision(decided: Decided) -> str:
    said = f"{spelled(decided.reviewer)} {_DECISIONS[decided.decision]}, {moment(decided.at)}"
    for verb, rules in (("acknowledged", decided.acknowledged), ("attested", decided.attested)):
        if rules:
            said += f"; {verb} {spelled(', '.join(rules))}"
    return f"{said}{quote(spelled(decided.reason))}" if decided.reason else said
