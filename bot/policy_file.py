"""countersign.toml: what the team decided, checked; every mistake is one line."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PositiveFloat,
    PositiveInt,
    ValidationError,
    model_validator,
)

from bot.domain.policy import Account, Policy, Template, Waits
from bot.domain.quorum import Quorum, Stage
from bot.domain.reminding import Reminding
from bot.domain.slot_words import read_quiet, read_slots
from bot.domain.slots import Calendar
from bot.guidelines_file import GuidelinesTable, LinksTable
from bot.holiday_dates import dates_of
from bot.policy_mistakes import mistakes_of
from bot.policy_words import Hashtag, Person, QuietHours, Region, SlotLine, Zone

DEADLINE_MARGIN = 5.0
"""Seconds that a lease must outlast a call's deadline: time to write the answer down."""

SHORTEST_LEASE = 15
"""Seconds that a lease must last where links are followed: one look is made in it."""


class _Table(BaseModel):
    """A table of the file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TeamTable(_Table):
    """Who runs the bot, and how long things hold."""

    operators: tuple[Person, ...] = Field(min_length=1)
    grace_minutes: PositiveFloat = 15
    lapse_days: PositiveFloat = 14
    retention_years: PositiveInt = Field(default=6, le=100)
    largest_video_mb: PositiveInt = Field(default=512, le=512)
    repeat_lead_days: PositiveFloat = Field(default=3, le=30)
    remind_hours: tuple[PositiveFloat, ...] = (6, 24, 48)
    escalation: tuple[Person, ...] = ()


class SlackTable(_Table):
    """Where drafts are written, where they are decided on, and where checkpoints are posted."""

    drafts_channel: str = Field(pattern=r"^[CG][A-Z0-9]{2,}$")
    review_channel: str | None = Field(default=None, pattern=r"^[CG][A-Z0-9]{2,}$")
    audit_channel: str | None = Field(default=None, pattern=r"^[CG][A-Z0-9]{2,}$")

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.review_channel == self.drafts_channel:
            message = "review_channel is the drafts_channel; leave it out, and cards stand there"
            raise ValueError(message)
        if self.audit_channel in (self.drafts_channel, self.review_channel) and self.audit_channel:
            message = "audit_channel must be another channel than those of drafts and reviews"
            raise ValueError(message)
        return self

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel that the bot must be in."""
        named = (self.drafts_channel, self.review_channel, self.audit_channel)
        return tuple(channel for channel in named if channel)


class AccountTable(_Table):
    """An X account; its access token comes from the environment."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    handle: str = Field(pattern=r"^\w{1,15}$")
    timezone: Zone
    slots: tuple[SlotLine, ...] = ()
    gap_minutes: float = Field(default=0, ge=0, le=1440)
    quiet: QuietHours | None = None
    blackout: tuple[date, ...] = ()
    holidays: Region | None = None
    repeat_days: float = Field(default=7, ge=0, le=366)
    hashtags: tuple[Hashtag, ...] = Field(default=(), max_length=10)

    def account(self) -> Account:
        """Return the account as the core knows it."""
        holidays = dates_of(self.holidays) if self.holidays else ()
        calendar = Calendar(
            slots=tuple(sorted({slot for line in self.slots for slot in read_slots(line)})),
            gap=timedelta(minutes=self.gap_minutes),
            quiet=read_quiet(self.quiet) if self.quiet else None,
            blackout=frozenset((*self.blackout, *holidays)),
            repeat=timedelta(days=self.repeat_days),
        )
        zone = ZoneInfo(self.timezone)
        return Account(self.name, self.handle, zone, calendar, self.hashtags)


class StageTable(_Table):
    """A group of reviewers of whom `need` must approve."""

    name: str = Field(min_length=1, max_length=40)
    people: tuple[Person, ...] = Field(min_length=1)
    need: PositiveInt = 1
    escalation: tuple[Person, ...] = ()

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.need > len(set(self.people)):
            message = f"needs {self.need} people but names {len(set(self.people))}"
            raise ValueError(message)
        return self


class TemplateTable(_Table):
    """A text to start from, by the name under which it is offered."""

    name: str = Field(min_length=1, max_length=75)
    text: str = Field(min_length=1, max_length=3000)


class WaitsTable(_Table):
    """How long things may take, in seconds; the defaults fit Slack and X as they are."""

    lease: PositiveFloat = 180
    deadline: PositiveFloat = 45
    connect: PositiveFloat = 5
    read: PositiveFloat = 30
    lookups: tuple[PositiveFloat, ...] = Field(default=(2, 10, 30, 120, 300), min_length=1)
    removal: PositiveFloat = 30
    upload: PositiveFloat = 600
    sweep: PositiveFloat = 1
    gap: PositiveFloat = 60
    stop: PositiveFloat = 8

    @model_validator(mode="after")
    def _lease_outlasts(self) -> Self:
        if self.lease < self.deadline + min(DEADLINE_MARGIN, self.deadline):
            message = "lease must outlast deadline by five seconds"
            raise ValueError(message)
        return self


class PolicyFile(_Table):
    """countersign.toml as a whole."""

    team: TeamTable
    slack: SlackTable
    accounts: tuple[AccountTable, ...] = Field(min_length=1)
    stages: tuple[StageTable, ...] = Field(min_length=1)
    templates: tuple[TemplateTable, ...] = Field(default=(), max_length=100)
    waits: WaitsTable = WaitsTable()
    guidelines: GuidelinesTable = GuidelinesTable()
    links: LinksTable = LinksTable()

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for what, names in (
            ("accounts", [account.name for account in self.accounts]),
            ("stages", [stage.name for stage in self.stages]),
            ("templates", [template.name for template in self.templates]),
        ):
            if len(set(names)) != len(names):
                message = f"two {what} have the same name"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _lease_outlasts_looks(self) -> Self:
        if self.links.follow and self.waits.lease < SHORTEST_LEASE:
            message = f"waits → lease must be {SHORTEST_LEASE} seconds or more while links → follow"
            raise ValueError(message)
        return self

    def reminding(self) -> Reminding:
        """Return when people who are waited for are reminded, and who is told in the end."""
        return Reminding(
            after=tuple(timedelta(hours=hours) for hours in sorted(self.team.remind_hours)),
            escalation=frozenset(self.team.escalation),
            of_stage={s.name: frozenset(s.escalation) for s in self.stages if s.escalation},
        )

    def policy(self) -> Policy:
        """Return the team's decisions as the core knows them."""
        stages = tuple(Stage(s.name, s.need, frozenset(s.people)) for s in self.stages)
        return Policy(
            accounts=tuple(table.account() for table in self.accounts),
            quorum=Quorum(stages, timedelta(days=self.team.lapse_days)),
            operators=frozenset(self.team.operators),
            waits=Waits(
                grace=timedelta(minutes=self.team.grace_minutes),
                lease=timedelta(seconds=self.waits.lease),
                deadline=timedelta(seconds=self.waits.deadline),
                lookups=self.waits.lookups,
                removal=timedelta(seconds=self.waits.removal),
            ),
            reminding=self.reminding(),
            templates=tuple(Template(t.name, t.text) for t in self.templates),
            repeat_lead=timedelta(days=self.team.repeat_lead_days),
            retention_years=self.team.retention_years,
            largest_video=self.team.largest_video_mb * 1_000_000,
        )


def read_policy_file(path: Path, mistakes: list[str]) -> PolicyFile | None:
    """Return the file's content, or None with a line added for each mistake."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return PolicyFile.model_validate(tomllib.loads(text))
    except OSError as error:
        hint = "set COUNTERSIGN_CONFIG to its path, or copy the example"
        mistakes.append(f"{path} cannot be read ({error.strerror}): {hint}.")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f"{path} is not TOML: {error}.")
    except ValidationError as error:
        mistakes.extend(f"{path}{line}" for line in mistakes_of(error, text))
    return None
