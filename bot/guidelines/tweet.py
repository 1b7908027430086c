"""One tweet as the rules see it: its words, its links, its media, and what the team vouches for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import NamesError
from bot.guidelines.addresses import Address, addresses, is_within
from bot.guidelines.privacy import Known, PrivateSpan, private_spans
from bot.guidelines.privacy.check_digits import digits_of
from bot.guidelines.texts import Form, blanked, plain
from bot.ports import FindPeople


class MediaKind(StrEnum):
    """What is attached to a tweet."""

    PHOTO = "photo"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or film, and the words for whoever cannot see it."""

    kind: MediaKind
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Tweet:
    """What would be public: a text, whether it answers somebody, its media; and its sources.

    The sources are links that reviewers are given beside it; the dead ones of all its links are
    those of which the network said that they lead nowhere.
    """

    text: str
    is_reply: bool = False
    media: tuple[Media, ...] = ()
    sources: tuple[str, ...] = ()
    dead: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a team vouches for: its domains, handles, mailboxes, phone lines, sites and people."""

    domains: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    mailboxes: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """A tweet prepared for the rules; `prose` is its text without what links and slugs say."""

    tweet: Tweet
    addresses: tuple[Address, ...]
    raw: Form
    prose: Form
    allowed: Allowed = field(default_factory=Allowed)
    trusted: frozenset[str] = frozenset()
    """Domains of public bodies, journals and societies, and the team's own."""
    private: tuple[PrivateSpan, ...] = ()
    """What identifies somebody."""
    searched: bool = True
    """False where a team has names looked for by a model as well, and it failed."""

    def trusts(self, address: Address) -> bool:
        """Whether an address leads to a domain that is trusted."""
        return is_within(address.host, self.trusted)


def see(
    tweet: Tweet, allowed: Allowed, trusted: frozenset[str], people: FindPeople | None = None
) -> Seen:
    """Prepare a tweet once for all rules; `people` looks for more names than those we know."""
    found, known, searched = addresses(tweet.text), _known(allowed), True
    words = blanked(tweet.text, (address.span for address in found))
    try:
        private = private_spans(tweet.text, known, people)
    except NamesError:
        private, searched = private_spans(tweet.text, known), False
    raw, prose = plain(tweet.text), plain(words)
    return Seen(tweet, found, raw, prose, allowed, trusted, private, searched)


def _known(allowed: Allowed) -> Known:
    """Return what is public already, as the detector of patient data knows it."""
    return Known(
        domains=allowed.domains,
        mailboxes=allowed.mailboxes,
        phones=frozenset(digits_of(phone) for phone in allowed.phones),
        addresses=allowed.sites,
        people=allowed.people,
    )


CONDITIONS: Mapping[str, Callable[[Seen], bool]] = {
    "is_reply": lambda seen: seen.tweet.is_reply,
    "has_media": lambda seen: bool(seen.tweet.media),
    "no_source": lambda seen: not (seen.addresses or seen.tweet.sources),
    "no_link": lambda seen: not seen.addresses,
    "no_trusted_link": lambda seen: not any(map(seen.trusts, seen.addresses)),
}
"""What `when` may ask for: the rule is looked at only while all of them hold."""
