"""The modals of *When*: asking for a time, and showing what was understood before it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.card import DraftCard, Offer
from bot.domain.draft import NEXT_SLOT, NOW, Wish
from bot.domain.policy import Account
from bot.domain.slots import Objection
from bot.timewords import EXAMPLES, LONGEST
from bot.workflow.objecting import Foresight
from handlers.slack.arrivals import Subject
from handlers.slack.elements import Block, Element, context, option, plain, radio, section
from handlers.slack.ids import SETTLE_WHEN, Choice, Field
from handlers.slack.modals import View, field, modal
from handlers.slack.zones import Zones

_CHOICES = {
    Choice.NOW: "As soon as it is approved",
    Choice.SLOT: "In the next free slot",
    Choice.AT: "At a time of your own",
}
_YOURS = "Times are read in your own time zone, as set in Slack."
_NOT_YOURS = "Slack did not tell me your time zone, so I read this in {zone}, where @{handle} is."
_DESPITE = "If you set it all the same, it goes out then."


@dataclass(frozen=True, slots=True)
class Settled:
    """What was chosen in the window that shows a time: the wish, and what it is meant despite."""

    wish: Wish
    despite: frozenset[Objection]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose clock a time is shown by; `is_theirs` is False where Slack did not say."""

    zone: ZoneInfo
    is_theirs: bool


def ask(subject: Subject, card: DraftCard) -> View:
    """Return the modal that asks when a draft should go out; it starts from the wish."""
    known = {c: label for c, label in _CHOICES.items() if c is not Choice.SLOT or card.slot}
    options = {choice: option(label, choice.value) for choice, label in known.items()}
    chosen = options.get(_choice(card.wish), options[Choice.NOW])
    typed: Element = {"type": "plain_text_input", "max_length": LONGEST}
    typed |= {"placeholder": plain("tomorrow 9am")}
    picker: Element = {"type": "datetimepicker"}
    if card.wish and card.wish.at:
        picker |= {"initial_date_time": int(card.wish.at.timestamp())}
    hint = f"Such as {EXAMPLES}. What you write counts before what you choose."
    blocks = [
        field(Field.WHEN, "When should it go out?", radio(list(options.values()), chosen)),
        field(Field.WORDS, "Your time, in words", typed, hint=hint, optional=True),
        field(Field.AT, "Or a date and time to pick", picker, optional=True),
        context(_YOURS),
    ]
    return modal("When", Offer.WHEN, subject, blocks, submit="Next")


def settle(
    subject: Subject, card: DraftCard, seen: Sequence[Foresight], why: str, reader: Reader
) -> View:
    """Return the modal that shows what a time means, and lets the person choose and confirm."""
    options = answers(seen, reader.zone)
    chosen = options[0] if len(options) == 1 else None
    said = list(dict.fromkeys(words for foresight in seen for words in foresight.words))
    blocks: list[Block] = [section(why)] if why else []
    if said:
        blocks.append(section("\n".join((*(f":warning: {words}" for words in said), _DESPITE))))
    blocks.append(field(Field.SETTLED, "It goes out", radio(options, chosen)))
    blocks.append(context(f"{note(card.handle, reader)} *Back* changes nothing."))
    return modal(
        "Is this right?", Offer.WHEN, subject, blocks, callback=SETTLE_WHEN, submit="Set it"
    )


def answers(seen: Sequence[Foresight], zone: ZoneInfo) -> list[Element]:
    """Return the moments to choose from, each with its weekday and zone."""
    return [option(_label(foresight, zone), _value(foresight)) for foresight in seen]


def read_settled(value: str) -> Settled | None:
    """Read what was chosen in that window, None where it is nothing that the window offers."""
    kind, _, rest = value.partition(" ")
    seconds, _, names = rest.partition(" ")
    objections = frozenset(o for o in Objection if o.value in names.split(","))
    match kind:
        case Choice.NOW:
            return Settled(NOW, objections)
        case Choice.SLOT:
            return Settled(NEXT_SLOT, objections)
        case Choice.AT if seconds.isdecimal() and len(seconds) <= len("9999999999"):
            return Settled(Wish(datetime.fromtimestamp(int(seconds), UTC)), objections)
    return None


def _choice(wish: Wish | None) -> Choice:
    if wish is None:
        return Choice.NOW
    if wish.slot:
        return Choice.SLOT
    return Choice.AT if wish.at else Choice.NOW


def _value(seen: Foresight) -> str:
    seconds = int(seen.wish.at.timestamp()) if seen.wish.at else 0
    return f"{_choice(seen.wish)} {seconds} {','.join(seen.objections)}"


def _label(seen: Foresight, zone: ZoneInfo) -> str:
    if seen.wish.slot and seen.at:
        return f"In the next free slot; now that is {spelled(seen.at, zone, short=True)}"
    return spelled(seen.at, zone) if seen.at else _CHOICES[Choice.NOW]


def spelled(at: datetime, zone: ZoneInfo, *, short: bool = False) -> str:
    """Return a moment in a zone, with its name: Friday, 27 November 2026, 14:30 (GMT)."""
    local = at.astimezone(zone)
    if short:
        return f"{local:%a} {local.day} {local:%b}, {local:%H:%M} ({local:%Z})"
    return f"{local:%A}, {local.day} {local:%B %Y}, {local:%H:%M} ({local:%Z})"


def reader_of(zones: Zones, person: str, account: Account) -> Reader:
    """Return whose clock a person's words are read by: their own, else the account's."""
    zone = zones.of(person)
    return Reader(zone or account.zone, is_theirs=zone is not None)


def note(handle: str, reader: Reader) -> str:
    """Return whose clock it is."""
    if not reader.is_theirs:
        return _NOT_YOURS.format(zone=reader.zone.key, handle=handle)
    return f"Times of {reader.zone.key}, your time zone in Slack."
