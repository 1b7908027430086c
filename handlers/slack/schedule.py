"""When a draft goes out: choose a time, take it off the schedule, publish after all."""

import re
from datetime import UTC, datetime

from slack_bolt import App

from bot.domain.card import DraftCard, Offer
from bot.domain.draft import NEXT_SLOT, NOW, Wish
from bot.errors import RefusedError
from bot.timewords import Understood, understand
from bot.workflow.exposing import refuse_words
from bot.workflow.looking import look
from bot.workflow.scheduling import cancel, foresee, retry, set_wish
from handlers.slack import when
from handlers.slack.arrivals import Click, Command, Subject, Submission
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import SETTLE_WHEN, Choice, Field
from handlers.slack.modals import View
from handlers.slack.text import escape
from handlers.slack.typed import readable

NO_TIME = "Please write a time, or choose a date and a time."
NO_SUCH_TIME = "That is too far away. Please choose a time within the next years."
NOTHING_CHOSEN = "Please choose one."
USAGE = "Write it like `/tweet when 12 tomorrow 9am`, with the number on the card."
TYPED = "{refusal}\nYou typed: `/tweet when {typed}`"
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_ABOUT = re.compile(r"#?(?P<draft>[0-9]{1,15})\s*(?P<words>.*)", re.DOTALL)


def register(app: App, front: Front) -> None:
    """Listen to the buttons and the modals that are about time."""
    app.action(Offer.WHEN.value)(on_click(front, ask_when))
    app.view(Offer.WHEN.value)(on_submit(front, _field, wish_for))
    app.view(SETTLE_WHEN)(on_submit(front, Field.SETTLED, settle))
    app.action(Offer.NEXT_SLOT.value)(on_click(front, to_the_queue))
    app.action(Offer.CANCEL.value)(on_click(front, off_schedule))
    app.action(Offer.RETRY.value)(on_click(front, publish_after_all))


def ask_when(front: Front, click: Click) -> None:
    """Ask when a draft should go out."""
    card = look(front.desk, click.subject.draft_id)
    front.open(click.trigger, when.ask(click.subject, card))


def command(front: Front, typed: Command, rest: str) -> str:
    """Show what `when 12 tomorrow 9am` means, to be confirmed; without words ask for a time."""
    typed_words = readable(rest).strip()
    found = _ABOUT.fullmatch(typed_words)
    if found is None:
        raise RefusedError(USAGE)
    card = look(front.desk, int(found["draft"]))
    subject = Subject(card.id, card.revision_id)
    if not found["words"]:
        front.open(typed.trigger, when.ask(subject, card))
        return ""
    try:
        reader = _reader(front, card, typed.person)
        known = understand(found["words"], reader.zone, front.desk.clock())
        front.open(typed.trigger, _shown(front, typed.person, subject, known, reader))
    except RefusedError as refusal:
        refuse_words(front.desk, typed_words)
        said = escape(typed_words[:200]).replace("`", "'")
        raise RefusedError(TYPED.format(refusal=refusal, typed=said)) from None
    return ""


def wish_for(front: Front, said: Submission) -> View | None:
    """Take a time over, or show first what words mean and what speaks against it."""
    card = look(front.desk, said.subject.draft_id)
    if said.words(Field.WORDS).strip():
        return _in_words(front, said, card)
    wish = _wish(said)
    (seen,) = foresee(front.desk, said.subject.draft_id, said.person, [wish])
    if seen.objections:
        reader = _reader(front, card, said.person)
        return when.settle(said.subject, card, [seen], "", reader)
    set_wish(front.desk, said.subject.draft_id, said.person, wish)
    return None


def settle(front: Front, said: Submission) -> None:
    """Write down the time that was shown and confirmed."""
    chosen = when.read_settled(said.words(Field.SETTLED))
    if chosen is None:
        raise RefusedError(NOTHING_CHOSEN)
    draft_id, despite = said.subject.draft_id, chosen.despite
    set_wish(front.desk, draft_id, said.person, chosen.wish, despite=despite)


def to_the_queue(front: Front, click: Click) -> None:
    """Give a draft the next free slot."""
    set_wish(front.desk, click.subject.draft_id, click.person, NEXT_SLOT)


def off_schedule(front: Front, click: Click) -> None:
    """Take a draft off the schedule."""
    cancel(front.desk, click.subject.draft_id, click.person)


def publish_after_all(front: Front, click: Click) -> None:
    """Publish what was held, missed or failed."""
    retry(front.desk, click.subject.draft_id, click.person)


def _in_words(front: Front, said: Submission, card: DraftCard) -> View:
    reader = _reader(front, card, said.person)
    known = understand(said.words(Field.WORDS), reader.zone, front.desk.clock())
    return _shown(front, said.person, said.subject, known, reader)


def _shown(
    front: Front, person: str, subject: Subject, known: Understood, reader: when.Reader
) -> View:
    seen = foresee(front.desk, subject.draft_id, person, known.wishes)
    card = look(front.desk, subject.draft_id)
    return when.settle(subject, card, seen, known.why, reader)


def _reader(front: Front, card: DraftCard, person: str) -> when.Reader:
    policy = front.desk.policy
    account = policy.account(card.content.account) or policy.default_account
    return when.reader_of(front.zones, person, account)


def _field(said: Submission) -> Field:
    return Field.WORDS if said.words(Field.WORDS).strip() else Field.AT


def _wish(said: Submission) -> Wish:
    match said.words(Field.WHEN):
        case Choice.NOW:
            return NOW
        case Choice.SLOT:
            return NEXT_SLOT
    seconds = said.seconds(Field.AT)
    if seconds is None:
        raise RefusedError(NO_TIME)
    if seconds >= _LATEST.timestamp():
        raise RefusedError(NO_SUCH_TIME)
    return Wish(datetime.fromtimestamp(seconds, UTC))
