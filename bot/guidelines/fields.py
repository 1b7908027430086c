"""What a form must say at which of its fields before it can be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.finding import Finding, Severity
from bot.guidelines.beside import AUTHORIZATION, MINUTES, POLL, REPLY, SOURCE
from bot.guidelines.foreseeing import PICTURES


class FormField(StrEnum):
    """A field of the form in which a draft is written."""

    TEXT = "text"
    POLL_OPTIONS = "poll_options"
    POLL_LENGTH = "poll_length"
    REPLY = "reply"
    SOURCES = "sources"
    PICTURES = "pictures"
    AUTHORIZATION = "authorization"


_FIELDS = {
    POLL: FormField.POLL_OPTIONS,
    MINUTES: FormField.POLL_LENGTH,
    REPLY: FormField.REPLY,
    SOURCE: FormField.SOURCES,
    PICTURES: FormField.PICTURES,
    AUTHORIZATION: FormField.AUTHORIZATION,
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field, in words; `part` counts from 0 and tells whose field it is."""

    field: FormField
    part: int
    words: str


def field_problems(findings: Iterable[Finding]) -> tuple[FieldProblem, ...]:
    """Return what stops a draft, each at its field; what is about the whole is at its first text.

    Of `structure` it is what no tweet can be, of `examine` also what the guidelines stop.
    """
    return tuple(
        FieldProblem(_FIELDS.get(one.rule, FormField.TEXT), one.part or 0, one.message)
        for one in findings
        if one.severity is Severity.BLOCK
    )
