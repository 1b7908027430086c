"""What the team decided: accounts, stages, operators and times."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.audit import Actor, Role
from bot.domain.cleaning import LARGEST_VIDEO
from bot.domain.quorum import Quorum, StandIn
from bot.domain.reminding import Reminding
from bot.domain.slots import NO_CALENDAR, Calendar

EVERY_ACCOUNT = "*"
"""What a pause is for that stops all accounts."""


@dataclass(frozen=True, slots=True)
class Account:
    """An X account the team speaks for."""

    name: str
    handle: str
    zone: ZoneInfo
    calendar: Calendar = NO_CALENDAR
    hashtags: tuple[str, ...] = ()
    """Offered in the composer, never forced."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text to start from: a conversation starter, an awareness day, clinic hours."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Waits:
    """How long things may take; settings, so that tests can be quick."""

    grace: timedelta = timedelta(minutes=15)
    """How late a publication may still go out by itself."""
    lease: timedelta = timedelta(minutes=3)
    """How long one claim lasts; longer than the deadline of a call."""
    deadline: timedelta = timedelta(seconds=45)
    """How long one call to X may take over all."""
    lookups: tuple[float, ...] = (2.0, 10.0, 30.0, 120.0, 300.0)
    """Seconds before each look at the timeline for a publication in doubt."""
    removal: timedelta = timedelta(seconds=30)
    """Before a deletion that X did not confirm is asked for again (it is safe to repeat)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that the team decided, in one value."""

    accounts: tuple[Account, ...]
    quorum: Quorum
    operators: frozenset[str]
    waits: Waits
    reminding: Reminding = field(default_factory=Reminding)
    templates: tuple[Template, ...] = ()
    repeat_lead: timedelta = timedelta(days=3)
    """How long before its time the draft of an occurrence is made."""
    retention_years: int = 6
    """How long contents are kept (45 CFR 164.316(b)(2)(i))."""
    largest_video: int = LARGEST_VIDEO
    """The most bytes of a video: as many as X takes, or fewer."""

    def as_of_now(self, stand_ins: tuple[StandIn, ...]) -> "Policy":
        """Return the same with those who stand in for somebody at this moment."""
        if stand_ins == self.quorum.stand_ins:
            return self
        return replace(self, quorum=replace(self.quorum, stand_ins=stand_ins))

    @property
    def default_account(self) -> Account:
        """The account of a draft that names none: the first."""
        return self.accounts[0]

    def account(self, name: str) -> Account | None:
        """Return the account of that name."""
        return next((account for account in self.accounts if account.name == name), None)

    def zone_of(self, account: str) -> ZoneInfo:
        """Return the zone of an account, that of the first where no account has the name."""
        return (self.account(account) or self.default_account).zone

    def handle(self, name: str) -> str:
        """Return the handle of an account; its name where the policy does not know it any more."""
        account = self.account(name)
        return account.handle if account else name

    def actor(self, person: str, author: str | None = None) -> Actor:
        """Return a person with the strongest role that they have towards a draft's author."""
        if person == author:
            return Actor(person, Role.AUTHOR)
        if person in self.operators:
            return Actor(person, Role.OPERATOR)
        if person in self.quorum.reviewers:
            return Actor(person, Role.REVIEWER)
        return Actor(person, Role.MEMBER)

    def trusts(self, person: str, author: str | None = None) -> bool:
        """Whether a person may steer a draft: its author, any reviewer, any operator."""
        return self.actor(person, author).role is not Role.MEMBER
