"""countersign.toml: what the team decided, checked; every mistake is one line."""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveFloat,
    PositiveInt,
    ValidationError,
    model_validator,
)

from bot.domain.policy import Account, Policy, Waits
from bot.domain.quorum import Quorum, Stage
from bot.guidelines_file import GuidelinesTable, line_of

DEADLINE_MARGIN = 5.0
"""Seconds that a lease must outlast a call's deadline: time to write the answer down."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"{name!r} is no IANA time zone; write one like Europe/London"
        raise ValueError(message) from error
    return name


def _person(name: str) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]{2,}", name):
        message = f"{name!r} is no Slack member id; it looks like U012AB3CD"
        raise ValueError(message)
    return name


Zone = Annotated[str, AfterValidator(_zone)]
Person = Annotated[str, AfterValidator(_person)]


class _Table(BaseModel):
    """A table of the file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TeamTable(_Table):
    """Who runs the bot, and how long things hold."""

    operators: tuple[Person, ...] = Field(min_length=1)
    grace_minutes: PositiveFloat = 15
    lapse_days: PositiveFloat = 14


class SlackTable(_Table):
    """Where drafts are written."""

    drafts_channel: str = Field(pattern=r"^[CG][A-Z0-9]{2,}$")


class AccountTable(_Table):
    """An X account; its access token comes from the environment."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    handle: str = Field(pattern=r"^\w{1,15}$")
    timezone: Zone


class StageTable(_Table):
    """A group of reviewers of whom `need` must approve."""

    name: str = Field(min_length=1, max_length=40)
    people: tuple[Person, ...] = Field(min_length=1)
    need: PositiveInt = 1

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.need > len(set(self.people)):
            message = f"needs {self.need} people but names {len(set(self.people))}"
            raise ValueError(message)
        return self


class WaitsTable(_Table):
    """How long things may take, in seconds; the defaults fit Slack and X as they are."""

    lease: PositiveFloat = 180
    deadline: PositiveFloat = 45
    connect: PositiveFloat = 5
    read: PositiveFloat = 30
    lookups: tuple[PositiveFloat, ...] = Field(default=(2, 10, 30, 120, 300), min_length=1)
    removal: PositiveFloat = 30
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
    waits: WaitsTable = WaitsTable()
    guidelines: GuidelinesTable = GuidelinesTable()

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for what, names in (
            ("accounts", [account.name for account in self.accounts]),
            ("stages", [stage.name for stage in self.stages]),
        ):
            if len(set(names)) != len(names):
                message = f"two {what} have the same name"
                raise ValueError(message)
        return self

    def policy(self) -> Policy:
        """Return the team's decisions as the core knows them."""
        stages = tuple(Stage(s.name, s.need, frozenset(s.people)) for s in self.stages)
        return Policy(
            accounts=tuple(Account(a.name, a.handle, ZoneInfo(a.timezone)) for a in self.accounts),
            quorum=Quorum(stages, timedelta(days=self.team.lapse_days)),
            operators=frozenset(self.team.operators),
            waits=Waits(
                grace=timedelta(minutes=self.team.grace_minutes),
                lease=timedelta(seconds=self.waits.lease),
                deadline=timedelta(seconds=self.waits.deadline),
                lookups=self.waits.lookups,
                removal=timedelta(seconds=self.waits.removal),
            ),
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
        mistakes.extend(f"{path}{line}" for line in _lines(error, text))
    return None


def _lines(error: ValidationError, text: str) -> Iterator[str]:
    """Yield the mistakes; a list that is too short only because of a wrong member is not one."""
    mistakes = error.errors()
    places = [mistake["loc"] for mistake in mistakes]
    for mistake in mistakes:
        place = mistake["loc"]
        if not any(other[: len(place)] == place for other in places if len(other) > len(place)):
            line = line_of(text, mistake["input"]) if place[:1] == ("guidelines",) else ""
            yield f"{line}: {_place(place)}: {mistake['msg'].removeprefix('Value error, ')}."


def _place(location: tuple[Any, ...]) -> str:
    """Return a place as a person finds it: `stages → number 2 → people`."""
    words = [f"number {step + 1}" if isinstance(step, int) else str(step) for step in location]
    return " → ".join(words) or "the file"
