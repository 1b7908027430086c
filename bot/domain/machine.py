"""A state machine as a plain table, and its drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bot.errors import NotAllowedError

State = TypeVar("State", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Machine(Generic[State, Action]):
    """What may happen from where: `(state, action) → state`, and nothing else."""

    noun: str
    table: Mapping[tuple[State, Action], State]

    def after(self, state: State, action: Action) -> State:
        """Return the state that follows, or raise NotAllowedError in words."""
        try:
            return self.table[state, action]
        except KeyError:
            words = f"This {self.noun} is {_words(state)}: it cannot {_words(action)} now."
            raise NotAllowedError(words) from None

    def allows(self, state: State, action: Action) -> bool:
        """Whether the table knows this step."""
        return (state, action) in self.table

    def sources(self, action: Action) -> tuple[State, ...]:
        """Every state that the action may start from: the `where` of a compare-and-swap."""
        return tuple(state for state, known in self.table if known is action)

    def drawing(self) -> str:
        """Draw the table as a Mermaid state diagram (the README's graphs are compared with it)."""
        arrows: dict[tuple[State, State], list[str]] = {}
        for (before, action), after in self.table.items():
            arrows.setdefault((before, after), []).append(_words(action))
        lines = [f"    {a} --> {b}: {', '.join(names)}" for (a, b), names in arrows.items()]
        ends = set(self.table.values()) - {before for before, _ in self.table}
        lines += [f"    {state} --> [*]" for state in sorted(ends)]
        return "\n".join(["stateDiagram-v2", *lines])


def _words(name: StrEnum) -> str:
    return name.value.replace("_", " ")
