"""The composer as Slack shows it: the modal in which a draft is written or changed."""

from dataclasses import dataclass

from bot.domain.media import PHOTOS
from bot.domain.policy import Account, Policy
from bot.timewords import EXAMPLES, LONGEST
from handlers.slack.elements import (
    Block,
    Element,
    actions,
    button,
    context,
    option,
    plain,
    radio,
    select,
)
from handlers.slack.extras import extras
from handlers.slack.form import MOST_PARTS, Form, Long
from handlers.slack.ids import (
    COMPOSE,
    TEMPLATE,
    Choice,
    Field,
    Shape,
    keep_block,
    part_block,
    pick_block,
)
from handlers.slack.modals import TYPED, View, field

_LONG = {
    Long.SAY: "Tell me",
    Long.PLAIN: "Cut it between sentences",
    Long.NUMBERED: "Cut it, and number the parts",
}
_TIMING = {
    Choice.LATER: "I say it later, on the card",
    Choice.NOW: "As soon as it is approved",
    Choice.SLOT: "In the next free slot",
}
_PICTURES_HINT = (
    f"Up to {PHOTOS} photos (JPEG, PNG or WebP), or one GIF, or one video (MP4 or MOV), of at most "
    "10 MB each; beside them a part needs no words. What is larger, send with a message instead: "
    "its text is the draft."
)
_EXTRAS = {
    Shape.PICTURES: "Add pictures or video",
    Shape.POLL: "Add a poll",
    Shape.REPLY: "Answer a tweet",
    Shape.SOURCES: "Add sources",
    Shape.AUTHORIZATION: "A signed authorization exists",
}
_NEW = (
    "I post it as a message in the drafts channel. It is your draft: nothing is public before your "
    "reviewers have approved it."
)
_CHANGED = "Whoever approved it has to look at it again."
_TIME_HINT = f"Such as {EXAMPLES}. What you write counts before what you choose."


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a time in words may mean: the answers to choose from, and what is to be said."""

    options: tuple[Element, ...]
    note: str


def draw(form: Form, policy: Policy, meaning: Meaning | None = None) -> View:
    """Return the modal with what is filled in; what Slack shows already it leaves as it is."""
    is_new = form.about is None
    account = policy.account(form.account) or policy.default_account
    blocks = [
        *(_settling(meaning) if meaning else ()),
        *(_templates(policy) if is_new else ()),
        *(_accounts(policy, account) if is_new else ()),
        *_texts(form),
        _buttons(form),
        *extras(form),
        _choice(Field.LONG, "If a part is too long", _LONG, form.long),
        *_hashtags(account),
        *(_times(form, account) if is_new else ()),
        context(_NEW if is_new else _CHANGED),
    ]
    return {
        "type": "modal",
        "callback_id": COMPOSE,
        "private_metadata": form.metadata,
        "title": plain(
            "Is this right?" if meaning else "New draft" if is_new else "Edit the draft"
        ),
        "submit": plain("Make the draft" if is_new else "Save"),
        "close": plain("Back"),
        "blocks": blocks,
    }


def _templates(policy: Policy) -> list[Block]:
    if not policy.templates:
        return []
    options = [option(one.name, str(place)) for place, one in enumerate(policy.templates)]
    return [actions([select(options, TEMPLATE, "Start from …")], TEMPLATE)]


def _accounts(policy: Policy, account: Account) -> list[Block]:
    if len(policy.accounts) == 1:
        return []
    options = {one.name: option(f"@{one.handle}", one.name) for one in policy.accounts}
    chosen = {"initial_option": options[account.name]}
    menu = select(list(options.values()), Field.ACCOUNT, "Whose tweet is it?") | chosen
    return [field(Field.ACCOUNT, "Account", menu)]


def _texts(form: Form) -> list[Block]:
    return [
        block
        for part, text in enumerate(form.texts)
        for block in (_text(part, text, form), *_pictures(part, form))
    ]


def _text(part: int, text: str, form: Form) -> Block:
    entry: Element = {"type": "plain_text_input", "multiline": True, "max_length": TYPED}
    entry |= {"action_id": "text", "focus_on_load": part == len(form.texts) - 1}
    entry |= {"initial_value": text} if text else {}
    label = "What should it say?" if len(form.texts) == 1 else f"Part {part + 1}"
    return {
        "type": "input",
        "block_id": part_block(part, form.turn),
        "label": plain(label),
        "element": entry,
        "optional": part > 0 or Shape.PICTURES in form.extras,  # pictures alone are a tweet
    }


def _pictures(part: int, form: Form) -> list[Block]:
    """Return the pictures that a part has, each to be kept or not, and a field for more."""
    if Shape.PICTURES not in form.extras:
        return []
    several = len(form.texts) > 1
    whose = f" of part {part + 1}" if several else ""
    entry: Element = {"type": "file_input", "max_files": PHOTOS}  # their content says what they are
    hint = "" if part else _PICTURES_HINT
    label = f"New pictures or video{whose}"
    asked = field(pick_block(part, form.drawing), label, entry, hint=hint, optional=True)
    refs = form.pictures[part] if part < len(form.pictures) else ()
    options = [option(f"Keep file {n}{whose}", ref) for n, ref in enumerate(refs, 1)]
    if not options:
        return [asked]
    boxes: Element = {"type": "checkboxes", "options": options, "initial_options": options}
    name = keep_block(part, form.drawing)
    return [field(name, f"Pictures or video{whose}", boxes, optional=True), asked]


def _buttons(form: Form) -> Block:
    parts = len(form.texts)
    offered = {Shape.MORE: "Add a part"} if parts < MOST_PARTS else {}
    offered |= {Shape.FEWER: "Remove the last part"} if parts > 1 else {}
    offered |= {shape: label for shape, label in _EXTRAS.items() if shape not in form.extras}
    shown = [button(label, shape.value, str(parts)) for shape, label in offered.items()]
    return actions(shown, "shape")


def _hashtags(account: Account) -> list[Block]:
    if not account.hashtags:
        return []
    options = [option(tag, tag) for tag in account.hashtags]
    boxes: Element = {"type": "checkboxes", "options": options}
    return [field(Field.HASHTAGS, "Hashtags to add at the end", boxes, optional=True)]


def _times(form: Form, account: Account) -> list[Block]:
    timing = {c: w for c, w in _TIMING.items() if c is not Choice.SLOT or account.calendar.slots}
    typed: Element = {"type": "plain_text_input", "max_length": LONGEST}
    typed |= {"placeholder": plain("tomorrow 9am")}
    return [
        _choice(Field.WHEN, "When should it go out?", timing, form.timing),
        field(Field.WORDS, "Or your time, in words", typed, hint=_TIME_HINT, optional=True),
    ]


def _settling(meaning: Meaning) -> list[Block]:
    """Return the question above everything else: below it, a phone would not show it."""
    only = meaning.options[0] if len(meaning.options) == 1 else None
    answers = radio(meaning.options, only)
    return [field(Field.SETTLED, "It goes out", answers), context(meaning.note)]


def _choice(
    name: Field, label: str, answers: dict[Long, str] | dict[Choice, str], now: str
) -> Block:
    options = {answer.value: option(words, answer.value) for answer, words in answers.items()}
    return field(name, label, radio(list(options.values()), options.get(now)))
