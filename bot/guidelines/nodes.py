"""YAML with its lines: what a file says, and where each mistake in it is.

Scalars are read as they are written: `on`, `no` and `1.0` mean the words and not what YAML 1.1
makes of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

import yaml

E = TypeVar("E", bound=StrEnum)


@dataclass(slots=True)
class Mistakes:
    """Everything that is wrong with one file, one line each."""

    file: str
    lines: list[str] = field(default_factory=list)

    def add(self, node: yaml.Node, words: str) -> None:
        """Note what is wrong with a node, by its line."""
        self.lines.append(f"{self.file}, line {node.start_mark.line + 1}: {words}.")


def compose(text: str, mistakes: Mistakes) -> "Table | None":
    """Return a file's top table, None where it is no YAML or no table."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        mistakes.lines.append(f"{mistakes.file}{line}: this is not YAML ({error.problem}).")
        return None
    except yaml.YAMLError as error:
        mistakes.lines.append(f"{mistakes.file}: this is not YAML ({error.args[0]}).")
        return None
    if isinstance(node, yaml.MappingNode):
        return Table(node, mistakes)
    mistakes.lines.append(f"{mistakes.file}, line 1: the file must be a table with `rules`.")
    return None


class Table:
    """A table of a file; a key that nobody reads is a mistake once `close` is called."""

    def __init__(self, node: yaml.MappingNode, mistakes: Mistakes) -> None:
        self.node = node
        self.mistakes = mistakes
        self._read: set[str] = set()
        self._nodes: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if key.value in self._nodes:
                mistakes.add(key, f"{key.value!r} is said twice")
            self._nodes[str(key.value)] = (key, value)

    def get(self, name: str) -> yaml.Node | None:
        """Return the node of a key, None where the key is missing."""
        self._read.add(name)
        return self._nodes[name][1] if name in self._nodes else None

    def close(self) -> None:
        """Note every key that nobody has asked for."""
        for name, (key, _) in self._nodes.items():
            if name not in self._read:
                self.mistakes.add(key, f"nothing is called {name!r} here")

    def text(self, name: str, *, needed: bool = True) -> str:
        """Return some words; noted as missing where they are needed."""
        node = self.get(name)
        if node is None and not needed:
            return ""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value).strip()
        self.mistakes.add(node or self.node, f"{name} must be words")
        return ""

    def member(self, name: str, kind: type[E], default: E) -> E:
        """Return a member of a closed set."""
        node = self.get(name)
        return default if node is None else self.one_of(node, kind, default)

    def one_of(self, node: yaml.Node, kind: type[E], default: E) -> E:
        """Return the member that a node names."""
        if isinstance(node, yaml.ScalarNode) and node.value in tuple(kind):
            return kind(node.value)
        known = ", ".join(kind)
        self.mistakes.add(node, f"{_shown(node)} is unknown here; it may be {known}")
        return default

    def table(self, name: str) -> "Table | None":
        """Return the table in a key, None where it is missing or none."""
        node = self.get(name)
        if node is None:
            return None
        if isinstance(node, yaml.MappingNode):
            return Table(node, self.mistakes)
        self.mistakes.add(node, f"{name} must be a table")
        return None

    def entries(self) -> Iterator[tuple[str, yaml.Node]]:
        """Yield every key of a table whose keys are free, and its node."""
        for name, (_, value) in self._nodes.items():
            self._read.add(name)
            yield name, value

    def rows(self, name: str) -> tuple[yaml.Node, ...]:
        """Return the nodes of a list, nothing where the key is missing."""
        node = self.get(name)
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode):
            return tuple(node.value)
        self.mistakes.add(node, f"{name} must be a list")
        return ()

    def words(self, name: str) -> tuple[tuple[yaml.Node, str], ...]:
        """Return the words of a list with their nodes."""
        found = []
        for node in self.rows(name):
            if isinstance(node, yaml.ScalarNode):
                found.append((node, str(node.value)))
            else:
                self.mistakes.add(node, f"{name} must be a list of words")
        return tuple(found)


def _shown(node: yaml.Node) -> str:
    return repr(node.value) if isinstance(node, yaml.ScalarNode) else "this"
