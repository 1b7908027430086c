"""The tables [guidelines] and [links] of countersign.toml: what a team decided about rules."""

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.finding import Severity
from bot.guidelines.judging import Choices, Guidelines
from bot.guidelines.loading import Objections, load
from bot.guidelines.rule import Jurisdiction
from bot.guidelines.tweet import Allowed

_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


class Weight(StrEnum):
    """How much a rule weighs for a team, or that it is off."""

    BLOCK = "block"
    WARN = "warn"
    ATTEST = "attest"
    OFF = "off"


class Place(StrEnum):
    """Where a team works."""

    US = "US"
    UK = "UK"
    AU = "AU"
    CA = "CA"
    EU = "EU"


def _domain(name: str) -> str:
    if not _DOMAIN.fullmatch(name.lower()):
        message = f"{name!r} is no domain; write one like clinic.example"
        raise ValueError(message)
    return name.lower()


def _mailbox(name: str) -> str:
    local, _, host = name.partition("@")
    if not local or not _DOMAIN.fullmatch(host.lower()):
        message = f"{name!r} is no mailbox; write one like press@clinic.example"
        raise ValueError(message)
    return name.lower()


Domain = Annotated[str, AfterValidator(_domain)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
Handle = Annotated[str, Field(pattern=r"^@?\w{1,15}$")]
Site = Annotated[str, Field(min_length=5, max_length=100)]
Name = Annotated[str, Field(pattern=r"^\S{2,}( \S+)+$")]
Phone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ().-]{2,24}$")]


class AllowTable(BaseModel):
    """What the team vouches for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    domains: tuple[Domain, ...] = ()
    handles: tuple[Handle, ...] = ()
    mailboxes: tuple[Mailbox, ...] = ()
    phones: tuple[Phone, ...] = ()
    sites: tuple[Site, ...] = ()
    people: tuple[Name, ...] = ()


class GuidelinesTable(BaseModel):
    """Where the team works, which rules it changes, and its own rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    jurisdictions: tuple[Place, ...] = ()
    packs_off: tuple[str, ...] = ()
    severity: dict[str, Weight] = Field(default_factory=dict)
    rules: str = ""
    names_model: str = ""
    allow: AllowTable = AllowTable()

    def choices(self, handles: Iterable[str] = ()) -> Choices:
        """Return the team's decisions as the guidelines know them; `handles` are its accounts."""
        own = (*self.allow.handles, *handles)
        return Choices(
            jurisdictions=frozenset(Jurisdiction(place) for place in self.jurisdictions),
            packs_off=frozenset(self.packs_off),
            severities={
                rule: None if weight is Weight.OFF else Severity(weight)
                for rule, weight in self.severity.items()
            },
            allowed=Allowed(
                domains=frozenset(self.allow.domains),
                handles=frozenset(handle.removeprefix("@").lower() for handle in own),
                mailboxes=frozenset(self.allow.mailboxes),
                phones=frozenset(re.sub("[^0-9+]", "", phone) for phone in self.allow.phones),
                sites=frozenset(site.lower() for site in self.allow.sites),
                people=frozenset(name.lower() for name in self.allow.people),
            ),
        )


def names_model(table: GuidelinesTable, path: Path) -> str:
    """Return the model that looks for names: a package, or a folder beside the policy file."""
    named = table.names_model
    return str(path.parent / named) if "/" in named or "\\" in named else named


class LinksTable(BaseModel):
    """Whether links are followed over the network, and whose sites the team trusts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    follow: bool = False
    trusted: tuple[Domain, ...] = ()


def read_guidelines(
    table: GuidelinesTable,
    handles: Iterable[str],
    trusted: Iterable[str],
    path: Path,
    mistakes: list[str],
) -> Guidelines:
    """Return the guidelines of a policy file; a line is added for each mistake."""
    refused: Objections = []
    own = path.parent / table.rules if table.rules else None
    choices = replace(table.choices(handles), trusted=frozenset(trusted))
    guidelines = load(choices, own, mistakes, refused)
    text = path.read_text(encoding="utf-8") if refused else ""
    mistakes.extend(f"{path}{line_of(text, word)}: {why}." for word, why in refused)
    return guidelines


def line_of(text: str, word: object) -> str:
    """Return `, line 12` where a word stands in [guidelines] of a TOML text, "" where nowhere."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            inside = line.lstrip().startswith("[guidelines")
        elif inside and str(word) in line.split("#")[0]:
            return f", line {number}"
    return ""
