"""What people do in the chat: write, edit, delete, talk; and what is lost on the way to the bot."""

from dataclasses import replace

from bot.domain.draft import NewDraft
from bot.workflow.intake import become_chat, remove_source, revise, submit
from tests.simulator.world import AUTHORS, EVERYBODY, OPERATORS, REVIEWERS, World

ACTIVE = 5
"""How many drafts are worked on at a time."""

_OPEN = ("drafting", "in_review", "changes_requested", "approved")


def write(world: World) -> None:
    """Write a new draft, unless there are many already."""
    if sum(row.state in _OPEN for row in world.drafts) >= ACTIVE:
        return
    author = world.rng.choice((*AUTHORS, *AUTHORS, *REVIEWERS, *OPERATORS))
    new = world.chat.write(world.text(), author)
    if world.desk.caught_up or world.chance(0.5):
        new = replace(new, beside=world.beside())
        _arrives(world, new)
        if world.chance(0.1):
            _arrives(world, new)


def edit(world: World) -> None:
    """Change a message; sometimes back to what it was, sometimes to the same."""
    old = _some_message(world)
    if old is None:
        return
    texts = [world.text(), old.text]
    texts += ["\n---\n".join(parts) for parts in list(world.seen.values())[-4:]]
    new = world.chat.edit(old.ref, world.rng.choice(texts))
    if world.chance(0.1):
        new = replace(new, author=world.rng.choice(EVERYBODY))
    if world.desk.caught_up or world.chance(0.5):
        _arrives(world, new)
        if world.chance(0.1):
            _arrives(world, old)


def delete(world: World) -> None:
    """Delete a message."""
    old = _some_message(world)
    if old is None:
        return
    world.chat.delete(old.ref)
    if world.desk.caught_up or world.chance(0.5):
        world.gone(old.ref)
        remove_source(world.desk, old.ref)
        if world.chance(0.2):
            submit(world.desk, old)


def turn_into_talk(world: World) -> None:
    """Put // before a message."""
    old = _some_message(world)
    if old is None:
        return
    new = world.chat.edit(old.ref, f"//{old.text}")
    if world.desk.caught_up or world.chance(0.5):
        world.gone(old.ref)
        become_chat(world.desk, old.ref, new.edited_ts)


def _arrives(world: World, new: NewDraft) -> None:
    world.told(new)
    taken = revise if new.edited_ts or world.chance(0.2) else submit
    taken(world.desk, new)
    world.look_at_message(new.ref)


def _some_message(world: World) -> NewDraft | None:
    """Choose a message, mostly one of which something may still come."""
    card = world.some("publishing") if world.chance(0.4) else None
    card = card or (world.some() if world.chance(0.2) else world.some(*_OPEN, "in_doubt"))
    new = world.chat.messages.get(card.source) if card else None
    return None if new is None or new.text.startswith("//") else new
