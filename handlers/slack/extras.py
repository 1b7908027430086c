"""What a draft may have beside its text, as fields of the composer; each once it is asked for."""

from collections.abc import Iterator

from bot.guidelines.beside import LONGEST_REFERENCE
from handlers.slack.elements import Block, Element, option, select
from handlers.slack.form import DAY, Form
from handlers.slack.ids import Field, Shape
from handlers.slack.modals import TYPED, field

_POLL_FOR = {
    30: "30 minutes",
    60: "An hour",
    6 * 60: "6 hours",
    DAY: "A day",
    3 * DAY: "3 days",
    7 * DAY: "A week",
}
_POLL_HINT = "2 to 4 answers of at most 25 characters. The poll stands at the end of the last part."
_REPLY_HINT = "X takes a reply only to a tweet of the account, or to one whose author mentions it."
_SOURCES_HINT = "Links that support what is said. For your reviewers; they are never public."
_AUTHORIZATION_HINT = (
    "A number or a place in your own files, never the patient's name. It is not public: every "
    "reviewer reads it, and accepts it with a reason or not."
)


def extras(form: Form) -> Iterator[Block]:
    """Yield what is asked for: poll, the tweet that is answered, sources, authorization."""
    yield from _poll(form)
    yield from _reply(form)
    yield from _sources(form)
    yield from _authorization(form)


def _poll(form: Form) -> list[Block]:
    if Shape.POLL not in form.extras:
        return []
    known = _POLL_FOR | {form.poll_for: _POLL_FOR.get(form.poll_for, f"{form.poll_for} minutes")}
    lengths = {minutes: option(words, str(minutes)) for minutes, words in sorted(known.items())}
    lengths_menu = select(list(lengths.values()), Field.POLL_FOR, "How long?")
    lengths_menu |= {"initial_option": lengths[form.poll_for]}
    return [
        _typed(Field.POLL, "Answers of the poll, one a line", form.poll, _POLL_HINT, 200),
        field(Field.POLL_FOR, "The poll is open for", lengths_menu),
    ]


def _reply(form: Form) -> list[Block]:
    if Shape.REPLY not in form.extras:
        return []
    return [_typed(Field.REPLY, "Address of the tweet to answer", form.reply, _REPLY_HINT, 300)]


def _sources(form: Form) -> list[Block]:
    if Shape.SOURCES not in form.extras:
        return []
    return [_typed(Field.SOURCES, "Sources, one a line", form.sources, _SOURCES_HINT, TYPED)]


def _authorization(form: Form) -> list[Block]:
    if Shape.AUTHORIZATION not in form.extras:
        return []
    label, hint = "Reference of the signed authorization", _AUTHORIZATION_HINT
    stated = form.authorization
    return [_typed(Field.AUTHORIZATION, label, stated, hint, LONGEST_REFERENCE)]


def _typed(name: Field, label: str, text: str, hint: str, most: int) -> Block:
    entry: Element = {"type": "plain_text_input", "max_length": most}
    entry |= {"multiline": name in (Field.POLL, Field.SOURCES)}
    entry |= {"initial_value": text} if text else {}
    return field(name, label, entry, hint=hint, optional=True)
