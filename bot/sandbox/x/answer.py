"""What X says to a call: a status with a body and headers, or a refusal that is raised."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer with a JSON body (None: an empty body)."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_headers(self, headers: Mapping[str, str]) -> "Answer":
        """Answer the same with these headers added."""
        return replace(self, headers={**self.headers, **headers})


class RefusedError(Exception):
    """X refuses the call; nothing took effect."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer
