"""Writing a draft in a window: a new one, one from a message, a copy, or the edit of one of these.

The bot posts the text as a message of the drafts channel; the rows are what counts.
"""

from dataclasses import replace
from functools import partial

from slack_bolt import App

from bot.domain.card import Offer
from bot.domain.content import split_parts
from bot.domain.draft import NEXT_SLOT, NOW, MessageRef, NewDraft, Wish
from bot.domain.media import MOST, PHOTOS
from bot.domain.policy import Account
from bot.errors import RefusedError
from bot.timewords import understand
from bot.workflow.composing import judge_form, rewrite, unstate
from bot.workflow.exposing import refuse_form
from bot.workflow.intake import submit
from bot.workflow.looking import look
from bot.workflow.objecting import Foresight
from bot.workflow.scheduling import set_wish
from handlers.slack import composer, drafting, form, mistakes, posting, when
from handlers.slack.arrivals import Called, Click, Command, Filled
from handlers.slack.composer import Meaning
from handlers.slack.errors import on_click
from handlers.slack.form import MOST_KEPT, Form
from handlers.slack.front import Front
from handlers.slack.ids import COMPOSE, DRAFT_THIS, TEMPLATE, Choice, Field, Shape
from handlers.slack.modals import TYPED, View
from handlers.slack.once import Once
from handlers.slack.text import Decoded, decode_typed
from handlers.slack.typed import readable
from handlers.slack.windows import Errors, on_called, on_filled, on_used

TOO_MANY = f"A part may have {PHOTOS} pictures, and a draft {MOST}. Please take some away first."
TOO_LONG = "This text is too long for a window. Please copy it into a new message yourself."
NO_TIME = "Your draft is in <#{channel}>, but without a time. {refusal} Its card has *When*."


def register(app: App, front: Front) -> None:
    """Listen to the composer, to what is in it, and to everything that opens it."""
    for shortcut in (COMPOSE, DRAFT_THIS):
        app.shortcut(shortcut)(on_called(front, begin))
    for offer in (Offer.DUPLICATE, Offer.EDIT):
        app.action(offer.value)(on_click(front, begin_with))
    for used in (*Shape, TEMPLATE):
        app.action(str(used))(on_used(front, reshape))
    app.view(COMPOSE)(on_filled(front, form.first_block, partial(take, once=Once())))


def begin(front: Front, called: Called) -> None:
    """Open the composer, with the text of the message that the shortcut was used on."""
    text = drafting.read(called.message).text if called.message else ""
    _open(front, called.trigger, Form(texts=_texts(text)))


def command(front: Front, typed: Command, text: str) -> str:
    """Open the composer from the slash command, with what was typed behind it."""
    _open(front, typed.trigger, Form(texts=_texts(readable(text))))
    return ""


def begin_with(front: Front, click: Click) -> None:
    """Open the composer with the text of a draft, to change it or to make a new one of it."""
    card = look(front.desk, click.subject.draft_id)
    about = click.subject if click.offer is Offer.EDIT else None
    _open(front, click.trigger, form.of_card(card, about))


def reshape(front: Front, used: Filled) -> None:
    """Add or remove a part, or fill the composer from a template; what was typed stays."""
    held = form.read(used)
    if used.action == Shape.AUTHORIZATION:
        held = _repeatable(front, held)
    else:
        _refuse_private(front, held)
    if form.too_large(used):
        raise RefusedError(mistakes.TOO_LARGE)
    if len(held.files) > MOST or any(len(refs) > MOST_KEPT for refs in held.pictures):
        raise RefusedError(TOO_MANY)
    match used.action:
        case Shape.MORE:
            held = replace(held, texts=(*held.texts, ""))
        case Shape.FEWER:
            held = replace(held, texts=held.texts[:-1] or ("",), pictures=held.pictures[:-1])
        case Shape.PICTURES | Shape.POLL | Shape.REPLY | Shape.SOURCES | Shape.AUTHORIZATION:
            held = replace(held, extras=held.extras | {Shape(used.action)})
        case _:
            held = _from_template(front, held, used.value)
    front.redraw(used.view, used.hash, _redrawn(front, held))


def take(front: Front, filled: Filled, once: Once) -> View | Errors:
    """Make the draft, or change it: unless something stops it, or its time must be settled."""
    held = form.read(filled)
    typed = decode_typed(held.text)
    if _unstates(front, filled.person, held, typed):
        return Errors()
    if errors := mistakes.unusable(filled, held) or _judged(front, held, typed):
        return errors
    if held.about:
        _change(front, filled.person, held, typed)
        return Errors()
    try:
        wish = _wish(front, filled.person, held)
    except RefusedError as refusal:
        return Errors({Field.WORDS: str(refusal)})
    if isinstance(wish, Meaning):
        return _redrawn(front, replace(held, understood=held.words), wish)
    once(filled.view, partial(_make, front, filled.person, held, typed, wish))
    return Errors()


def _unstates(front: Front, person: str, held: Form, typed: Decoded) -> bool:
    """Whether an edit was refused because it takes its authorization back; its author is told."""
    if held.about is None:
        return False
    draft_id, revision_id = held.about.draft_id, held.about.revision_id
    source = look(front.desk, draft_id).source
    return unstate(front.desk, draft_id, revision_id, _new(held, source, person, typed))


def _open(front: Front, trigger: str, held: Form) -> None:
    _refuse_private(front, held)  # what must not be kept is not repeated in a window either
    if any(len(text) > TYPED for text in held.texts):
        raise RefusedError(TOO_LONG)
    front.open(trigger, composer.draw(held, front.desk.policy))


def _redrawn(front: Front, held: Form, meaning: Meaning | None = None) -> View:
    """Return the composer anew: what was picked is among the pictures to keep from then on."""
    again = replace(held, drawing=held.drawing + 1)
    return composer.draw(again, front.desk.policy, meaning)


def _refuse_private(front: Front, held: Form) -> None:
    refuse_form(front.desk, held.text, held.beside)


def _repeatable(front: Front, held: Form) -> Form:
    """Return what a window may repeat: whoever states an authorization may have typed already."""
    try:
        _refuse_private(front, held)
    except RefusedError:
        return held.emptied
    return held


def _texts(text: str) -> tuple[str, ...]:
    return tuple(part.text for part in split_parts(text))


def _from_template(front: Front, held: Form, chosen: str) -> Form:
    templates = front.desk.policy.templates
    if not chosen.isdecimal() or int(chosen) >= len(templates):
        return held
    texts = _texts(templates[int(chosen)].text)
    if any(text.strip() for text in held.texts):  # what was typed is not written over
        texts = (*held.texts, *texts)
    return replace(held, texts=texts, turn=held.turn + 1)


def _judged(front: Front, held: Form, typed: Decoded) -> Errors:
    account = _account(front, held).name
    judged = judge_form(front.desk, account, typed.text, held.beside, held.files)
    return mistakes.found(held, (*typed.findings, *judged))


def _wish(front: Front, person: str, held: Form) -> Wish | Meaning | None:
    """Return when it should go out; words are shown first with what they mean."""
    if held.words and held.words == held.understood:
        settled = when.read_settled(held.settled)
        return settled.wish if settled else _meaning(front, person, held)
    if held.words:
        return _meaning(front, person, held)
    return {Choice.NOW: NOW, Choice.SLOT: NEXT_SLOT}.get(held.timing)


def _meaning(front: Front, person: str, held: Form) -> Meaning:
    account = _account(front, held)
    reader = when.reader_of(front.zones, person, account)
    known = understand(held.words, reader.zone, front.desk.clock())
    seen = [Foresight(wish, wish.at, (), ()) for wish in known.wishes]
    note = f"{known.why} {when.note(account.handle, reader)}".strip()
    return Meaning(tuple(when.answers(seen, reader.zone)), note)


def _account(front: Front, held: Form) -> Account:
    policy = front.desk.policy
    return policy.account(held.account) or policy.default_account


def _make(front: Front, author: str, held: Form, typed: Decoded, wish: Wish | None) -> None:
    ref = posting.post(front, author, typed.text)
    try:
        account = _account(front, held).name
        new = _new(held, ref, author, typed)
        draft_id = submit(front.desk, replace(new, account=account))
    except Exception:
        posting.take_back(front, ref)
        raise
    if wish and draft_id:
        _say_when(front, draft_id, author, wish)


def _say_when(front: Front, draft_id: int, author: str, wish: Wish) -> None:
    """Say when; the draft is there already, so a refusal of its time is told, and no fault."""
    try:
        set_wish(front.desk, draft_id, author, wish)
    except RefusedError as refusal:
        text = NO_TIME.format(channel=front.channel, refusal=refusal)
        front.tell(f"compose:{draft_id}", author, text, front.channel, None)


def _change(front: Front, author: str, held: Form, typed: Decoded) -> None:
    """Take over a changed text, then show it in the message."""
    assert held.about  # noqa: S101 - for the type alone
    draft_id, revision_id = held.about.draft_id, held.about.revision_id
    source = look(front.desk, draft_id).source
    rewrite(front.desk, draft_id, revision_id, _new(held, source, author, typed))
    posting.rewrite(front, source, author, typed.text)


def _new(held: Form, ref: MessageRef, author: str, typed: Decoded) -> NewDraft:
    return NewDraft(
        ref,
        author,
        typed.text,
        typed.findings,
        posted=True,
        files=held.files,
        beside=held.beside,
        wrote=held.wrote,
    )
