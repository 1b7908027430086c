"""Recurring drafts: by what rhythm a draft is drafted again, and the end of that."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from slack_bolt import App

from bot.domain.card import DraftCard, Offer
from bot.domain.recurrence import Recurrence, Rhythm
from bot.errors import RefusedError
from bot.workflow import looking
from bot.workflow.recurring import may_repeat, repeat, stop_repeating
from handlers.slack.arrivals import Click, Command, Subject, Submission
from handlers.slack.blocks import Drawn
from handlers.slack.elements import Block, Element, context, option, radio, section
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import Field
from handlers.slack.lines import recurring, row
from handlers.slack.modals import View, field, modal

NO_RHYTHM = "Please choose how often."
NO_DAY = "Please choose the first day and the time."
NOTHING = "No draft repeats. *Repeat* on the card of a draft makes it recurring."
NOTE = (
    "Times of {zone}, where @{handle} is. I make each new draft {lead} before its time, with "
    "this text and you as its author. Each needs its own approvals: nothing goes out by itself."
)
_FOR_EVER = "Without one it goes on until somebody stops it."
_RHYTHMS = {
    Rhythm.DAILY: "Every day",
    Rhythm.WEEKDAYS: "Monday to Friday",
    Rhythm.WEEKLY: "Every week, on the weekday of the first day",
    Rhythm.FORTNIGHTLY: "Every two weeks, on the weekday of the first day",
    Rhythm.MONTHLY: "Every month, on the day of the first",
}
_MORNING = time(9)
_WEEK = timedelta(days=7)


def register(app: App, front: Front) -> None:
    """Listen to the buttons and the modal of recurring drafts."""
    app.action(Offer.REPEAT.value)(on_click(front, ask))
    app.view(Offer.REPEAT.value)(on_submit(front, Field.FIRST, take))
    app.action(Offer.STOP_REPEATING.value)(on_click(front, stop))


def ask(front: Front, click: Click) -> None:
    """Ask by what rhythm a draft should be drafted again."""
    card = may_repeat(front.desk, click.subject.draft_id, click.person)
    front.open(click.trigger, _view(front, click.subject, card))


def take(front: Front, said: Submission) -> None:
    """Make a draft recurring."""
    repeat(front.desk, said.subject.draft_id, said.person, _wanted(said))


def stop(front: Front, click: Click) -> None:
    """Let no further drafts be made of a draft."""
    stop_repeating(front.desk, click.subject.draft_id, click.person)


def command(front: Front, typed: Command, _: str) -> Drawn:
    """Show what repeats, each with the button that ends it."""
    cards = looking.recurring(front.desk, typed.person)
    if not cards:
        return Drawn(NOTHING, [section(NOTHING)])
    blocks = [section("*What repeats*"), *_listed(cards)]
    return Drawn(f"{len(cards)} drafts repeat.", blocks)


def _listed(cards: tuple[DraftCard, ...]) -> Iterator[Block]:
    for card in cards:
        yield recurring(card)
        yield from row(card, (Offer.STOP_REPEATING,), "repeats")


def _view(front: Front, subject: Subject, card: DraftCard) -> View:
    options = {rhythm: option(label, rhythm.value) for rhythm, label in _RHYTHMS.items()}
    begins = _begins(front, card)
    first: Element = {"type": "datepicker", "initial_date": begins.date().isoformat()}
    clock: Element = {"type": "timepicker", "initial_time": f"{begins:%H:%M}"}
    policy = front.desk.policy
    days = policy.repeat_lead / timedelta(days=1)
    lead = "a day" if days == 1 else f"{days:g} days"
    zone = policy.zone_of(card.content.account)
    chosen = options[Rhythm.WEEKLY]
    blocks = [
        field(Field.RHYTHM, "How often?", radio(list(options.values()), chosen)),
        field(Field.FIRST, "The first day", first),
        field(Field.CLOCK, "At", clock),
        field(Field.UNTIL, "The last day", {"type": "datepicker"}, hint=_FOR_EVER, optional=True),
        context(NOTE.format(zone=zone.key, handle=card.handle, lead=lead)),
    ]
    return modal("Repeat", Offer.REPEAT, subject, blocks, submit="Repeat it")


def _begins(front: Front, card: DraftCard) -> datetime:
    """Return what the form begins with: a week after the draft itself, or tomorrow morning."""
    zone = front.desk.policy.zone_of(card.content.account)
    now = front.desk.clock().astimezone(zone)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), _MORNING)
    wished = card.wish.at if card.wish else None
    own = card.publication.due_at if card.publication else wished
    if own is None:
        return tomorrow
    return max(own.astimezone(zone).replace(tzinfo=None) + _WEEK, tomorrow)


def _wanted(said: Submission) -> Recurrence:
    rhythm, until = said.words(Field.RHYTHM), said.words(Field.UNTIL)
    if rhythm not in tuple(Rhythm):
        raise RefusedError(NO_RHYTHM)
    try:
        first = date.fromisoformat(said.words(Field.FIRST))
        at = time.fromisoformat(said.words(Field.CLOCK)).replace(second=0, microsecond=0)
        last = date.fromisoformat(until) if until else None
    except ValueError:
        raise RefusedError(NO_DAY) from None
    return Recurrence(Rhythm(rhythm), first, at.replace(tzinfo=None), last)
