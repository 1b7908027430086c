"""A small language for what JSON may look like: shapes that name every difference."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference: where (a JSON pointer), Slack's kind of name for it, and words."""

    pointer: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"

    def as_json(self) -> dict[str, str]:
        """Answer the problem as `blocks.validate` lists it."""
        return {"pointer": self.pointer, "code": self.code, "message": self.message}


Problems = Iterator[Problem]
Shape = Callable[[Any, str], Problems]


def string(longest: int, shortest: int = 1) -> Shape:
    """Answer the shape of text with a number of characters within these bounds."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield Problem(at, "must_be_string", "must be a string")
        elif len(value) > longest:
            yield Problem(at, "too_long", f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            yield Problem(at, "too_short", f"must be more than {shortest - 1} characters")

    return check


def whole(least: int, most: int) -> Shape:
    """Answer the shape of a whole number within these bounds."""

    def check(value: Any, at: str) -> Problems:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, "must_be_integer", "must be an integer")
        elif not least <= value <= most:
            yield Problem(at, "out_of_range", f"must be from {least} to {most}")

    return check


def boolean(value: Any, at: str) -> Problems:
    """Check for true or false."""
    if not isinstance(value, bool):
        yield Problem(at, "must_be_boolean", "must be a boolean")


def exactly(*allowed: Any) -> Shape:
    """Answer the shape of one of these values."""

    def check(value: Any, at: str) -> Problems:
        if value not in allowed:
            yield Problem(at, "bad_value", f"must be one of {', '.join(map(str, allowed))}")

    return check


def array(shape: Shape, most: int, least: int = 1) -> Shape:
    """Answer the shape of a list with a number of entries within these bounds."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield Problem(at, "must_be_array", "must be an array")
            return
        if not least <= len(value) <= most:
            words = f"no more than {most} items allowed" if value else "no items"
            yield Problem(at, "bad_count", words)
        for place, entry in enumerate(value[:most]):
            yield from shape(entry, f"{at}/{place}")

    return check


def record(
    required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None, *rules: Shape
) -> Shape:
    """Answer the shape of an object with these keys and no others; `rules` look at it whole."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must_be_object", "must be an object")
            return
        found = list(_keys_differ(value, required, known, at))
        for key in value.keys() & known.keys():
            found += known[key](value[key], f"{at}/{key}")
        yield from found
        if not found:  # a rule may rely on the shape
            for rule in rules:
                yield from rule(value, at)

    return check


def _keys_differ(
    value: Mapping[str, Any], required: Mapping[str, Shape], known: Mapping[str, Shape], at: str
) -> Problems:
    for key in sorted(required.keys() - value.keys()):
        yield Problem(at, "missing_field", f"missing required field: {key}")
    for key in sorted(value.keys() - known.keys()):
        yield Problem(at, "unknown_field", f"invalid additional property: {key}")


def by_type(shapes: Mapping[str, Shape]) -> Shape:
    """Answer the shape of an object whose `type` says which of these it has."""

    def check(value: Any, at: str) -> Problems:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in shapes:
            yield from shapes[kind](value, at)
        else:
            yield Problem(at, "unsupported_type", f"unsupported type: {kind}")

    return check


def typed(kind: str, required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None,
          *rules: Shape) -> Shape:  # fmt: skip
    """Answer a record whose `type` is `kind`."""
    return record({"type": exactly(kind), **required}, optional, *rules)


def one_of(*keys: str) -> Shape:
    """Answer the rule that exactly one of these keys is there."""

    def check(value: Any, at: str) -> Problems:
        if sum(key in value for key in keys) != 1:
            yield Problem(at, "one_of", f"must have exactly one of: {', '.join(keys)}")

    return check


def some_of(*keys: str) -> Shape:
    """Answer the rule that at least one of these keys is there."""

    def check(value: Any, at: str) -> Problems:
        if not any(key in value for key in keys):
            yield Problem(at, "some_of", f"must have one of: {', '.join(keys)}")

    return check
