"""Commands that show: what goes out next, what is mine, one draft."""

from collections.abc import Iterator

from bot.domain.home import Listed
from bot.errors import RefusedError
from bot.workflow import looking
from handlers.slack.arrivals import Command
from handlers.slack.blocks import Drawn, draw
from handlers.slack.elements import Block, context, section
from handlers.slack.front import Front
from handlers.slack.lines import banner, excerpt
from handlers.slack.standing import headline

NOTHING_COMES = "Nothing is on the schedule. An approved draft gets there with *When* on its card."
NOTHING_MINE = (
    "Nothing waits for you, and you have no open draft. "
    "Write a message in <#{channel}> and it becomes one."
)
WHICH = "Which one? Please type the number that its card shows, such as `/tweet show 12`."
MORE = "And {more} more. `/tweet show` and its number shows one."


def queue(front: Front, command: Command, _: str) -> Drawn:
    """Show what goes out next."""
    found = looking.queue(front.desk, command.person)
    blocks: list[Block] = banner(found.pauses)
    if not found.drafts:
        return Drawn(NOTHING_COMES, [*blocks, section(NOTHING_COMES)])
    blocks += [section("*What goes out next*"), *map(excerpt, found.drafts)]
    return Drawn(f"{len(found.drafts)} drafts are on the schedule.", blocks)


def mine(front: Front, command: Command, _: str) -> Drawn:
    """Show what waits for somebody and what is theirs."""
    waiting, own = looking.mine(front.desk, command.person)
    blocks = [*_part("*Waiting for you*", waiting), *_part("*Your open drafts*", own)]
    if not blocks:
        nothing = NOTHING_MINE.format(channel=front.channel)
        return Drawn(nothing, [section(nothing)])
    said = f"{len(waiting.drafts)} wait for you; {len(own.drafts)} open drafts are yours."
    return Drawn(said, blocks)


def show(front: Front, command: Command, rest: str) -> Drawn:
    """Show one draft as its card does, with its buttons."""
    number = rest.strip().lstrip("#")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise RefusedError(WHICH)
    card = looking.show(front.desk, int(number), command.person)
    drawn = draw(card)
    if not card.link:
        return drawn
    whole = context(f"{headline(card)}: <{card.link}|the card in its thread>")
    return Drawn(drawn.text, [*drawn.blocks, whole])


def _part(title: str, listed: Listed) -> Iterator[Block]:
    if not listed.drafts:
        return
    yield section(title)
    yield from map(excerpt, listed.drafts)
    if listed.more:
        yield context(MORE.format(more=listed.more))
