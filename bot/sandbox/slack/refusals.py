"""What the Slack side says no with: to the bot by Slack's error names, to people in words."""

from collections.abc import Iterable
from typing import Any

from bot.sandbox.slack.shapes import Problem


class SlackError(Exception):
    """The answer `ok: false` to the bot; `more` are further keys of the answer."""

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(name)
        self.name = name
        self.more = more


class RefusedError(ValueError):
    """Something that a person at the sandbox cannot do; the words are for that person."""


def refuse(name: str, problems: Iterable[Problem]) -> None:
    """Raise the named error if there are problems, with Slack's pointers to each of them."""
    found = list(problems)
    if found:
        messages = {"messages": [str(problem) for problem in found]}
        errors = [f"{p.message} [json-pointer:{p.pointer}]" for p in found]
        raise SlackError(name, response_metadata=messages, errors=errors)
