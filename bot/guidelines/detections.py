"""From a pack's `detect` to a detection: patterns compiled, checks found, parameters read."""

import re
from typing import Any

import yaml

from bot.guidelines.check import Kind
from bot.guidelines.checks import CHECKS
from bot.guidelines.nodes import Table
from bot.guidelines.patterns import Lexicons, PatternError, compiled
from bot.guidelines.rule import Checked, Detection, When, Wording
from bot.guidelines.trial import is_slow
from bot.guidelines.tweet import CONDITIONS

NEVER = Wording(())
"""Stands where a detection could not be read; the file is refused anyway."""

_SCOPES = ("prose", "raw")


class DetectionReader:
    """Reads detections with some lexicons; patterns of a team stand trial on its own examples."""

    def __init__(self, lexicons: Lexicons, *, trusted: bool) -> None:
        self._lexicons = lexicons
        self._trusted = trusted

    def read(self, table: Table | None, texts: tuple[str, ...] = ()) -> Detection:
        """Return a detection, `NEVER` with a mistake noted where it cannot be read."""
        if table is None:
            return NEVER
        conditions = self._conditions(table)
        found = self._checked(table) if table.get("check") else self._wording(table, texts)
        table.close()
        return When(conditions, found) if conditions else found

    def _conditions(self, table: Table) -> tuple[str, ...]:
        known = []
        for node, name in table.words("when"):
            if name in CONDITIONS:
                known.append(name)
            else:
                may = ", ".join(CONDITIONS)
                table.mistakes.add(node, f"there is no condition {name!r}; it may be {may}")
        return tuple(known)

    def _wording(self, table: Table, texts: tuple[str, ...]) -> Wording:
        scope = table.text("scope", needed=False) or "prose"
        if scope not in _SCOPES:
            table.mistakes.add(table.node, "scope must be prose or raw")
        found = {k: self._patterns(table, k, texts) for k in ("any", "all", "unless")}
        if not table.rows("any"):
            table.mistakes.add(table.node, "detect needs `any` with patterns, or a `check`")
        return Wording(found["any"], found["all"], found["unless"], raw=scope == "raw")

    def _patterns(
        self, table: Table, name: str, texts: tuple[str, ...]
    ) -> tuple[re.Pattern[str], ...]:
        made = (self._pattern(table, node, said, texts) for node, said in table.words(name))
        return tuple(pattern for pattern in made if pattern)

    def _pattern(
        self, table: Table, node: yaml.Node, said: str, texts: tuple[str, ...]
    ) -> re.Pattern[str] | None:
        try:
            made = compiled(said, self._lexicons, known=self._trusted)
        except PatternError as error:
            table.mistakes.add(node, str(error))
            return None
        if not self._trusted and is_slow(made, texts):
            table.mistakes.add(node, "the pattern is too slow for a long text; make it stricter")
        return made

    def _checked(self, table: Table) -> Detection:
        name = table.text("check")
        if name not in CHECKS:
            known = ", ".join(sorted(CHECKS))
            table.mistakes.add(table.node, f"there is no check {name!r}; it may be {known}")
            return NEVER
        params, asked = table.table("params"), CHECKS[name].params
        found: dict[str, Any] = {}
        for key, kind in asked.items():
            if params is None or params.get(key) is None:
                table.mistakes.add(table.node, f"the check {name} needs {key}: {kind}")
            else:
                found[key] = self._param(params, key, kind)
        if params:
            params.close()
        return Checked(CHECKS[name], found)

    def _param(self, params: Table, key: str, kind: Kind) -> Any:
        node = params.get(key) or params.node
        match kind:
            case Kind.WORDS:
                return frozenset(said for _, said in params.words(key))
            case Kind.PATTERN:
                return self._pattern(params, node, params.text(key), ())
            case Kind.LEXICON if params.text(key) in self._lexicons:
                return frozenset(self._lexicons[params.text(key)])
            case Kind.WHOLE if params.text(key).isdecimal():
                return int(params.text(key))
            case Kind.NUMBER if re.fullmatch(r"\d+(?:\.\d+)?", params.text(key)):
                return float(params.text(key))
        params.mistakes.add(node, f"{key} must be {kind}")
        return None
