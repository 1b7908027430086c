"""The named steps at which a bot is killed, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

DOOMS = "CRASH_DOOMS"
"""The variable that tells a bot where it dies: `step:passage`, several between commas."""

NOTE = "CRASH_NOTE"
"""The variable that names the file in which a bot writes the step at which it dies."""

NAIVE = "CRASH_NAIVE"
"""Set where the control publishes in the bot's place."""


class Step(StrEnum):
    """A step; its value is what it is called in a summary."""

    COMMIT_BEGINS = "a transaction, before its commit"
    COMMITTED = "a transaction, after its commit"
    CLAIM_BEGINS = "T1, before"
    CLAIMED = "T1, after"
    INTENT_BEGINS = "T2, before"
    INTENDED = "T2, after"
    CALL_BEGINS = "call, before"
    REQUEST_SENT = "call, request sent"
    ANSWER_RECEIVED = "call, answer received"
    ANSWER_KNOWN = "T3, before"
    ANSWER_WRITTEN = "T3, after"
    LOOKED_AGAIN = "looked before a second attempt"
    RESOLVE_BEGINS = "lookup, before"
    LOOKED = "lookup, X has answered"
    RESOLVED = "lookup, written down"
    CONFIRMED = "a person's answer, X has confirmed"
    REMOVAL_BEGINS = "take-down, before"
    REMOVED = "take-down, X has deleted"
    REMOVAL_WRITTEN = "take-down, written down"
    TAKING_OVER = "taking over a dead claim"
    REREAD = "reading the chat again"
    LISTENED = "use case done, not acknowledged"
    ACKNOWLEDGED = "acknowledged"
    DRAW_BEGINS = "card, before"
    DRAWN = "card drawn, not recorded"
    DRAW_WRITTEN = "card drawn and recorded"
    TOLD = "word told, not recorded"
    ANYWHERE = "at any moment"


@dataclass(frozen=True, slots=True)
class Doom:
    """A bot dies when it passes a step for the n-th time (ANYWHERE: after n tenths of a second)."""

    step: Step
    passage: int


def written(dooms: Sequence[Doom]) -> str:
    """The dooms as a bot's environment has them."""
    return ",".join(f"{doom.step.name}:{doom.passage}" for doom in dooms)


def read(environment: Mapping[str, str]) -> tuple[Doom, ...]:
    """The dooms in a bot's environment."""
    pairs = [pair.split(":") for pair in environment.get(DOOMS, "").split(",") if pair]
    return tuple(Doom(Step[name], int(passage)) for name, passage in pairs)
