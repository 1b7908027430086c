"""Payloads that Slack never sends: nothing is raised, nothing is left unacknowledged."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.slack import bodies
from tests.slack.dispatching import Slack

Path = tuple[str | int, ...]

SOUND = [
    bodies.written(),
    bodies.written(subtype="file_share", files=[{"id": "F1"}]),
    bodies.changed("New"),
    bodies.deleted(),
    bodies.event({"type": "reaction_added", "user": "U0AUTHOR1", "item": {"channel": "C1"}}),
    bodies.click("approve", "1:1"),
    bodies.click("when", "1:1"),
    bodies.submitted("when", "1:1", when=bodies.chosen("at"), at=bodies.picked(1_790_000_000)),
    bodies.submitted("reject", "1:1", reason=bodies.typed("why")),
    bodies.command("pause x"),
    {"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}, "trigger_id": "1"},
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
GONE = object()


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Yield the way to everything in a payload."""
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for name, below in inside:
        yield (*here, name)
        yield from paths(below, (*here, name))


@st.composite
def hostile(draw: st.DrawFn) -> object:
    """A payload of Slack's with up to three fields gone or of another make."""
    body = copy.deepcopy(draw(st.sampled_from(SOUND)))
    for _ in range(draw(st.integers(1, 3))):
        ways = list(paths(body))
        if not ways:
            break
        *way, last = draw(st.sampled_from(ways))
        holder: Any = body
        for name in way:
            holder = holder[name]
        if draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = draw(JSON)
    return body


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=hostile() | st.dictionaries(st.text(max_size=8), JSON))
def test_no_payload_is_raised_out_of_the_dispatch(slack: Slack, body: object) -> None:
    assert slack.send(body).status == 200
