"""What is wrong in the composer, said at the field that it stands in."""

from bot.domain.finding import Finding
from bot.guidelines.fields import FieldProblem, FormField, field_problems
from handlers.slack import form
from handlers.slack.arrivals import Filled
from handlers.slack.form import Form
from handlers.slack.ids import Field
from handlers.slack.windows import Errors

_FIELDS = {
    FormField.POLL_OPTIONS: Field.POLL,
    FormField.POLL_LENGTH: Field.POLL_FOR,
    FormField.REPLY: Field.REPLY,
    FormField.SOURCES: Field.SOURCES,
    FormField.AUTHORIZATION: Field.AUTHORIZATION,
}

NOTHING = "Please write something."
TOO_LARGE = (
    "A file has more than 10 MB, which is too much for a window. Please take it off here, and send "
    "it with a message instead: the text of that message is the draft."
)


def unusable(filled: Filled, held: Form) -> Errors:
    """Return what is no draft at all: nothing in it, or a file too large."""
    if heavy := form.too_large(filled):
        return Errors(dict.fromkeys(heavy, TOO_LARGE))
    if not held.files and not held.text.strip():
        return Errors({held.block_of(0): NOTHING})
    return Errors()


def found(held: Form, findings: tuple[Finding, ...]) -> Errors:
    """Return what the checks say of it, each at its field."""
    errors = Errors()
    for problem in field_problems(findings):
        block = _block(held, problem)
        errors[block] = f"{errors.get(block, '')} {problem.words}".strip()
    return errors


def _block(held: Form, problem: FieldProblem) -> str:
    if problem.field is FormField.PICTURES:
        return held.pictures_of(problem.part)
    return _FIELDS.get(problem.field) or held.block_of(problem.part)
