"""Stopping everything, or one account, letting it go on, and what became late meanwhile."""

from collections.abc import Callable, Sequence
from functools import partial

from slack_bolt import App

from bot.desk import Desk
from bot.domain.card import DraftCard, Offer
from bot.domain.draft import NEXT_SLOT
from bot.domain.policy import EVERY_ACCOUNT
from bot.errors import RefusedError
from bot.workflow import stopping
from bot.workflow.scheduling import retry, set_wish
from handlers.slack.arrivals import Batch, Command, Subject
from handlers.slack.blocks import Drawn
from handlers.slack.elements import (
    Block,
    Element,
    actions,
    button,
    moment,
    question,
    section,
    shortened,
)
from handlers.slack.errors import on_batch
from handlers.slack.front import Front
from handlers.slack.ids import Late
from handlers.slack.lines import beginning
from handlers.slack.modals import REASON
from handlers.slack.text import escape
from handlers.slack.typed import readable

PAUSED = "Paused: nothing more goes out{where} until an operator types `/tweet resume{which}`."
RESUMED = "Resumed{where}."
LATE = "One tweet became too late during the pause and waits for you. Only you see this."
LATE_ONES = "{count} tweets became too late during the pause and wait for you. Only you see this."
MORE = "… and {count} more: their cards ask for a new time, too."
LEFT = "They stay as they are; the card of each asks for a new time."

SHOWN = 15
"""Drafts on the list; each takes two blocks of the fifty that a message may have."""


def register(app: App, front: Front) -> None:
    """Listen to the buttons that are about everything that became late."""
    app.action(Late.NOW.value)(on_batch(front, publish_all))
    app.action(Late.SLOT.value)(on_batch(front, queue_all))
    app.action(Late.LEAVE.value)(on_batch(front, leave_all))


def pause(front: Front, command: Command, rest: str) -> str:
    """Let nothing more go out, on one account where one is named."""
    account, reason = _account(front.desk, rest)
    kept = stopping.pause(front.desk, command.person, shortened(reason, REASON), account)
    which = "" if account == EVERY_ACCOUNT else f" {account}"
    paused = PAUSED.format(where=_where(front.desk, account), which=which)
    return paused if kept else f"{paused} {stopping.NOT_KEPT}"


def resume(front: Front, command: Command, rest: str) -> str | Drawn:
    """Let what was held go out again, and ask about what became late."""
    account, _ = _account(front.desk, rest)
    done = stopping.resume(front.desk, command.person, account)
    text = f"{RESUMED.format(where=_where(front.desk, account))} {_held(done)}".strip()
    return _asking(text, done.late) if done.late else text


def publish_all(front: Front, batch: Batch) -> None:
    """Publish everything on the list now."""
    _each(front, batch, "on the way", partial(retry, front.desk))


def queue_all(front: Front, batch: Batch) -> None:
    """Give everything on the list a slot of its own."""
    _each(front, batch, "in the next free slots", partial(set_wish, front.desk, wish=NEXT_SLOT))


def leave_all(front: Front, batch: Batch) -> None:
    """Leave everything on the list as it is."""
    front.tell(batch.key, batch.person, LEFT, batch.channel, None)


def _each(front: Front, batch: Batch, where: str, act: Callable[..., DraftCard]) -> None:
    done, refused = 0, []
    for draft_id in batch.drafts:
        try:
            act(draft_id=draft_id, person=batch.person)
            done += 1
        except RefusedError as error:
            refused.append(f"Draft {draft_id}: {error}")
    words = "\n".join([f"{_count(done)} {where}.", *refused])
    front.tell(batch.key, batch.person, words, batch.channel, None)


def _account(desk: Desk, rest: str) -> tuple[str, str]:
    """Return the account that the first word names, or all, and what else was typed."""
    typed = readable(rest).strip()
    first, _, more = typed.partition(" ")
    for account in desk.policy.accounts:
        if first.lower().lstrip("@") in (account.name, account.handle.lower()):
            return account.name, more.strip()
    return EVERY_ACCOUNT, typed


def _where(desk: Desk, account: str) -> str:
    known = desk.policy.account(account)
    return f" on @{known.handle}" if known else ""


def _asking(text: str, late: Sequence[DraftCard]) -> Drawn:
    asks = LATE if len(late) == 1 else LATE_ONES.format(count=len(late))
    shown = late[:SHOWN]
    blocks = [section(f"{text} {asks}"), _for_all(shown)]
    blocks += [block for card in shown for block in _one(card)]
    if len(late) > SHOWN:
        blocks.append(section(MORE.format(count=len(late) - SHOWN)))
    return Drawn(f"{text} {asks}", blocks)


def _for_all(late: Sequence[DraftCard]) -> Block:
    value = ",".join(str(card.id) for card in late)
    ask = question("Publish all of them now?", "Each goes out at once, one after another.", "Do it")
    row = [button("Publish all now", Late.NOW.value, value, style="danger", ask=ask)]
    if all(card.slot for card in late):
        row.append(button("All into the next slots", Late.SLOT.value, value))
    return actions([*row, button("Leave all", Late.LEAVE.value, value)], "late")


def _one(card: DraftCard) -> list[Block]:
    publication = card.publication
    due = f" · was due {moment(publication.due_at)}" if publication else ""
    said = escape(beginning(card))
    value = str(Subject(card.id, card.revision_id))
    row: list[Element] = [button("Publish now", Offer.RETRY.value, value)]
    row += [button("Next slot", Offer.NEXT_SLOT.value, value)] if card.slot else []
    return [section(f"*Draft {card.id}*{due}\n{said}"), actions(row, f"late:{card.id}")]


def _held(done: stopping.Resumed) -> str:
    match done.released:
        case 0:
            return "" if done.late else "Nothing had to wait."
        case 1:
            return "One held tweet is on its way."
        case count:
            return f"{count} held tweets are on the way."


def _count(count: int) -> str:
    return "One tweet is" if count == 1 else f"{count} tweets are"
