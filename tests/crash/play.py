"""One run, from the first message to the verdict."""

import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crash.cast import Authors, Person, Reviewers
from tests.crash.plan import Plan
from tests.crash.scene import Scene
from tests.crash.stage import ROOT, Keeper, Stage
from tests.crash.steps import Step
from tests.crash.verdict import Evidence, Kind, Violation, judge

SETTLED_WITHIN_S = 40.0
LAST_WORDS = 25
KEPT = ROOT / "build" / "crash"
"""Where the rows, the log, X's ledger and the cards of a run stay that broke a promise."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run amounts to."""

    plan: Plan
    deaths: tuple[Step, ...]
    drafts: int
    tweets: int
    questions: int
    seconds: float
    violations: tuple[Violation, ...]
    log: str
    """The end of the bot's log, where something was violated."""

    def count(self, kind: Kind) -> int:
        """How often one promise was broken."""
        return sum(violation.kind is kind for violation in self.violations)


def play(
    stage: Stage, plan: Plan, *, naive: bool = False, within_s: float = SETTLED_WITHIN_S
) -> Result:
    """Play one run and judge it as it stands when nothing moves any more, or time is over."""
    began = time.monotonic()
    folder = stage.prepare(plan)
    scene = Scene(stage.people, plan)
    keeper = Keeper(stage, plan, folder, naive=naive)
    cast = [
        Person(scene, Authors(scene, plan.unanswered).act),
        Person(scene, Reviewers(scene, plan.name).act),
    ]
    for thread in (keeper, *cast):
        thread.start()
    try:
        scene.settle(within_s, stage.aborted.is_set)
    finally:
        scene.over.set()
        for person in cast:
            person.join()
        keeper.stop()
    evidence = _evidence(stage, scene, folder)
    violations = (*_mishaps(keeper, cast), *judge(evidence))
    if violations and not naive:
        _keep(evidence, KEPT / plan.name)
    return Result(
        plan=plan,
        deaths=tuple(keeper.deaths),
        drafts=sum(bool(tale.ts) for tale in scene.tales),
        tweets=len(stage.people.ledger()["tweets"]),
        questions=sum(tale.questions for tale in scene.tales),
        seconds=time.monotonic() - began,
        violations=violations,
        log=_last_words(folder) if violations else "",
    )


def unjudged(plan: Plan, error: Exception) -> Result:
    """Return the result of a run that broke off."""
    words = f"the harness failed: {error!r}"
    return Result(plan, (), 0, 0, 0, 0.0, (Violation(Kind.BROKEN, words),), log="")


def _evidence(stage: Stage, scene: Scene, folder: Path) -> Evidence:
    return Evidence(
        tales=scene.tales,
        board=scene.board(fresh=True),
        tweets=stage.people.ledger()["tweets"],
        database=folder / "countersign.db",
    )


def _keep(seen: Evidence, where: Path) -> None:
    shutil.rmtree(where, ignore_errors=True)
    shutil.copytree(seen.database.parent, where)
    told = {"tweets": seen.tweets, "board": seen.board, "tales": seen.tales}
    (where / "seen.json").write_text(json.dumps(told, default=str, indent=1), encoding="utf-8")


def _mishaps(keeper: Keeper, cast: Sequence[Person]) -> list[Violation]:
    ends = [Violation(Kind.BROKEN, f"the bot ended with {code}") for code in keeper.ends]
    errors = [p.error for p in cast if p.error is not None]
    return ends + [Violation(Kind.BROKEN, f"the harness failed: {error!r}") for error in errors]


def _last_words(folder: Path) -> str:
    log = folder / "bot.log"
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-LAST_WORDS:])
