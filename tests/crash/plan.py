"""What happens in a run: every choice is drawn from its seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.crash.steps import Doom, Step

DRAFTS = 5
SENTENCES = (
    "Walk-in flu clinics run until six on Friday, and nobody needs an appointment.",
    "Asked about vaccines & pregnancy? Midwives answer today: example.com/ask",
    "Heart failure group, Thursday at ten. Bring your questions 💙",
    "What makes you cough > 3 weeks? Let a nurse listen to your chest.",
    "How trials are run, step by step, by people who took part: example.org/trials?page=2",
    "New: blood tests without a call. Choose a time on our page #RiversideClinic",
    "“Is it a cold or the flu?” Five signs that help you to tell.",
    "Our pharmacy is open until eight tonight.\nPark behind the building.",
)
REMOVALS = (Step.REMOVAL_BEGINS, Step.REMOVED, Step.REMOVAL_WRITTEN)
RARE = (*REMOVALS, Step.LOOKED_AGAIN, Step.CONFIRMED, Step.TAKING_OVER)
"""Steps that many runs do not pass at all."""


class Mood(StrEnum):
    """What the author does with a draft beside writing it."""

    PLAIN = "leaves it"
    EDITS_EARLY = "edits it before approval"
    EDITS_APPROVED = "edits it when it is approved"
    DELETES_EARLY = "deletes it before approval"
    DELETES_APPROVED = "deletes it when it is approved"
    WITHDRAWS = "withdraws it when it is approved"
    TAKES_DOWN = "takes it down when it is public"
    HALF = "leaves it, and only one reviewer approves"


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """A draft: its versions, what its author does, and when it should go out (seconds ahead)."""

    number: int
    versions: tuple[tuple[str, ...], ...]
    mood: Mood
    ahead: int | None
    author: str
    pause: float
    """Seconds between seeing a reason to act, and acting."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole run."""

    name: str
    drafts: tuple[DraftPlan, ...]
    lives: tuple[tuple[Doom, ...], ...]
    """Where each bot dies; after the last of them, one lives on."""
    downtimes: tuple[float, ...]
    x: dict[str, Any]
    slack: dict[str, Any]
    unanswered: int
    """How many calls Slack leaves without an answer, once the third draft is written."""
    grace_minutes: float


def draw(seed: int, number: int) -> Plan:
    """Draw a run; its number chooses the step that is surely aimed at."""
    name = f"{seed}/{number}"
    dice = random.Random(name)
    aim = list(Step)[(seed + number) % len(Step)]
    lives = tuple(_lives(dice, aim))
    return Plan(
        name=name,
        drafts=tuple(_draft(dice, name, n, aim) for n in range(DRAFTS)),
        lives=lives,
        downtimes=tuple(dice.choice((0.0, 0.0, 0.2, 0.8)) for _ in lives),
        x=_x(dice, aim),
        slack=_slack(dice),
        unanswered=dice.choice((0, 0, 1, 2)),
        grace_minutes=dice.choice((15, 15, 15, 0.03)),
    )


def _lives(dice: random.Random, aim: Step) -> Iterator[tuple[Doom, ...]]:
    if aim is Step.TAKING_OVER:
        yield (Doom(dice.choice((Step.CLAIMED, Step.INTENDED, Step.REQUEST_SENT)), 1),)
    yield (Doom(aim, _passage(dice, aim)),)
    for _ in range(dice.randint(2, 4)):
        chosen = {aim, dice.choice(RARE), *dice.sample(list(Step), 3)}
        yield tuple(Doom(step, _passage(dice, step)) for step in Step if step in chosen)


def _passage(dice: random.Random, step: Step) -> int:
    match step:
        case Step.ANYWHERE:
            return dice.randint(5, 30)
        case Step.COMMIT_BEGINS | Step.COMMITTED:
            return dice.randint(2, 40)
        case Step.LISTENED | Step.ACKNOWLEDGED:
            return dice.randint(1, 12)
        case Step.DRAW_BEGINS | Step.DRAWN | Step.DRAW_WRITTEN | Step.REREAD | Step.TOLD:
            return dice.randint(1, 5)
        case step if step in RARE:
            return 1
        case _:
            return dice.choice((1, 1, 1, 2, 3))


def _draft(dice: random.Random, name: str, number: int, aim: Step) -> DraftPlan:
    count = dice.choice((1, 1, 1, 2, 3))
    versions = [tuple(_part(dice, name, number, 1, n) for n in range(count))]
    changed = dice.randrange(count)
    versions.append(
        tuple(
            _part(dice, name, number, 2, n) if n == changed else text
            for n, text in enumerate(versions[0])
        )
    )
    moods = [Mood.PLAIN] * 5 + [m for m in Mood if m is not Mood.PLAIN]
    mood = dice.choice(moods)
    if number == 0 and aim in REMOVALS:
        mood = Mood.TAKES_DOWN
    return DraftPlan(
        number=number,
        versions=tuple(versions),
        mood=Mood.PLAIN if number == 1 else mood,
        ahead=dice.choice((None, None, 1, 2)),
        author=dice.choice(("U0AUTHOR1", "U0AUTHOR2")),
        pause=dice.choice((0.0, 0.1, 0.3)),
    )


def _part(dice: random.Random, name: str, draft: int, version: int, part: int) -> str:
    """A text that no other part of any draft has."""
    return f"{dice.choice(SENTENCES)} ({name}, {draft}.{version}.{part + 1})"


def _x(dice: random.Random, aim: Step) -> dict[str, Any]:
    knobs = {
        "lose_answer": 0.12,
        "refuse_before": 0.07,
        "fail_after": 0.07,
        "duplicate_check": dice.random() < 0.3,
        "timeline_lag_s": dice.choice((0, 0, 0, 0.5, 3)),
        "seed": dice.randrange(2**31),
    }
    match aim:
        case Step.CONFIRMED:
            return knobs | {"lose_answer": 0.4, "timeline_lag_s": 4}
        case Step.LOOKED_AGAIN:
            return knobs | {"refuse_before": 0.4}
        case Step.RESOLVE_BEGINS | Step.LOOKED | Step.RESOLVED:
            return knobs | {"lose_answer": 0.3}
        case _:
            return knobs


def _slack(dice: random.Random) -> dict[str, Any]:
    return {
        "drop_ack": dice.choice((0, 0.1, 0.2)),
        "deliver_twice": dice.choice((0, 0.1)),
        "deliver_late_s": dice.choice((0, 0, 0.1)),
        "redelivery_s": [0.2, 0.6, 1.5],
        "ack_window_s": 1.0,
    }
