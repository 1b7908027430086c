"""What many runs amount to: a line of progress, and a summary with every figure."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.crash.play import Result
from tests.crash.steps import Step
from tests.crash.verdict import Kind

ENOUGH = 100
"""From so many runs on, every named step must have killed a bot at least once."""


@dataclass(slots=True)
class Report:
    """Counts runs as they end."""

    runs: int
    results: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Count a run, say so, and tell what it violated."""
        self.results.append(result)
        if result.violations:
            self._tell(result)
        kills = sum(len(r.deaths) for r in self.results)
        failed = sum(bool(r.violations) for r in self.results)
        line = f"{len(self.results)}/{self.runs} runs, {kills} kills, {failed} failed"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{line}")
        elif len(self.results) % 10 == 0:
            print(line, flush=True)

    def unreached(self) -> list[Step]:
        """The steps at which no bot has died, where there were enough runs for all of them."""
        reached = {step for result in self.results for step in result.deaths}
        return [step for step in Step if step not in reached]

    def close(self, seconds: float) -> bool:
        """Print the summary; True where everything held."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")
        self._print_steps()
        self._print_figures(seconds)
        missed = self.unreached() if len(self.results) >= ENOUGH else []
        for step in missed:
            print(f"no bot died at: {step}")
        for result in self.results:
            self._name(result)
        failed = sum(bool(result.violations) for result in self.results)
        print(f"{len(self.results) - failed} passed, {failed} failed", flush=True)
        return not failed and not missed and len(self.results) == self.runs

    def _tell(self, result: Result) -> None:
        print()
        self._name(result)
        print(f"  the end of the bot's log:\n{result.log}\n", flush=True)

    def _name(self, result: Result) -> None:
        """Say what a run violated, if anything: once as it ends, and once below the figures."""
        for violation in result.violations:
            print(f"run {result.plan.name}: {violation.kind}: {violation.words}")
        if result.violations:
            print(f"  killed: {_list(result.deaths)}", flush=True)

    def _print_steps(self) -> None:
        kills = Counter(step for result in self.results for step in result.deaths)
        print("kills by step:")
        for step in Step:
            print(f"  {kills[step]:5}  {step}")

    def _print_figures(self, seconds: float) -> None:
        figures = {
            "runs": len(self.results),
            "kills": sum(len(result.deaths) for result in self.results),
            "drafts": sum(result.drafts for result in self.results),
            "tweets": sum(result.tweets for result in self.results),
            **{kind.value: sum(r.count(kind) for r in self.results) for kind in Kind},
            "questions asked": sum(result.questions for result in self.results),
            "seconds": round(seconds),
        }
        for name, figure in figures.items():
            print(f"{name}: {figure}")


def _list(steps: Sequence[Step]) -> str:
    return "; ".join(steps) or "never"
