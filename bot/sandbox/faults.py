"""What goes wrong in the sandbox: both sides' knobs, and whether a chance fires now."""

import random
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from aiohttp import web

from bot.sandbox.knobs import Knob, SlackKnobs, XKnobs

Knobs = SlackKnobs | XKnobs


class Faults:
    """Both sides' knobs and the seeded generator that chances are drawn from; one event loop."""

    def __init__(self, seed: int = 0) -> None:
        self._first_seed = seed
        self.reset()

    def reset(self) -> None:
        """Put every knob back to its default, and the generator to its first seed."""
        self.slack = SlackKnobs()
        self.x = XKnobs(seed=self._first_seed)
        self.random = random.Random(self._first_seed)  # noqa: S311  # faults, not secrets

    def happens(self, chance: float) -> bool:
        """Draw whether something of that chance (0..1) happens now."""
        return chance > 0 and self.random.random() < chance

    def change(self, wanted: Any) -> None:
        """Turn knobs, all or none; ValueError says in words what is wrong with `wanted`."""
        if not isinstance(wanted, dict) or set(wanted) - {"slack", "x"}:
            raise ValueError('send {"slack": {knob: value}, "x": {knob: value}}')
        slack = _accepted(self.slack, "slack", wanted.get("slack", {}))
        x = _accepted(self.x, "x", wanted.get("x", {}))
        _turn(self.slack, slack)
        _turn(self.x, x)
        if "seed" in x:
            self.random.seed(x["seed"])

    def as_json(self) -> dict[str, Any]:
        """Answer every knob with its value, default and meaning."""
        return {
            "slack": _described(self.slack, SlackKnobs()),
            "x": _described(self.x, XKnobs(seed=self._first_seed)),
        }


def _knobs(side: Knobs) -> dict[str, Knob]:
    hints = get_type_hints(type(side), include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def _accepted(side: Knobs, key: str, wanted: Any) -> dict[str, Any]:
    """Check one side's new values; nothing is turned yet."""
    if not isinstance(wanted, Mapping):
        raise ValueError(f"{key} must be {{knob: value}}")  # noqa: TRY004  # it becomes a 400
    knobs, accepted = _knobs(side), {}
    for name, value in wanted.items():
        if name not in knobs:
            raise ValueError(f"there is no knob {key}.{name}")
        try:
            accepted[name] = knobs[name].accept(value)
        except ValueError as error:
            raise ValueError(f"{key}.{name}: {error}") from error
    return accepted


def _turn(side: Knobs, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(side, name, value)


def _described(side: Knobs, default: Knobs) -> dict[str, Any]:
    return {
        name: {
            "value": getattr(side, name),
            "default": getattr(default, name),
            "meaning": knob.meaning,
        }
        for name, knob in _knobs(side).items()
    }


def fault_routes(faults: Faults, on_change: Callable[[], None]) -> list[web.AbstractRouteDef]:
    """Answer the routes on which people read and turn the knobs."""

    async def read(_: web.Request) -> web.Response:
        return web.json_response(faults.as_json())

    async def turn(request: web.Request) -> web.Response:
        try:
            faults.change(await request.json())
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        on_change()
        return web.json_response(faults.as_json())

    return [web.get("/sandbox/faults", read), web.put("/sandbox/faults", turn)]
