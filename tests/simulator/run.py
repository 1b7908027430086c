"""Running a world for a number of steps, and bringing it to rest."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.cards.drawing import Drawer
from bot.domain.policy import EVERY_ACCOUNT
from bot.errors import RefusedError
from bot.workflow.stopping import resume
from storage import publications
from tests.simulator import deciding, happening, writing
from tests.simulator.oracle import Violation
from tests.simulator.world import OPERATORS, World
from tests.walking import first_broken

Action = Callable[[World], None]

STEPS = int(os.environ.get("COUNTERSIGN_SIMULATOR_STEPS", "10000"))
EPISODE = 500
"""Steps in one world; after that its rows only make it slow."""

ACTIONS: dict[Action, float] = {
    writing.write: 14,
    writing.edit: 4,
    writing.delete: 0.6,
    writing.turn_into_talk: 0.6,
    deciding.approve: 40,
    deciding.object_to: 1.2,
    deciding.revoke: 2,
    deciding.say_when: 16,
    deciding.take_off: 1.5,
    deciding.try_again: 8,
    deciding.give_up: 0.6,
    deciding.settle: 10,
    deciding.take_down: 1.5,
    deciding.stop_all: 0.8,
    deciding.go_on: 6,
    deciding.leave: 2,
    deciding.come_back: 1,
    happening.time_passes: 10,
    happening.due_comes: 20,
    happening.lane_steps: 22,
    happening.gap_begins: 0.8,
    happening.chat_is_read: 10,
    happening.approvals_lapse: 3,
    happening.absences_end: 3,
    happening.answer_comes: 4,
    happening.team_changes: 1.5,
    happening.x_has_trouble: 1,
}

MEANWHILE: dict[Action, float] = {
    writing.edit: 5,
    writing.delete: 2,
    deciding.revoke: 4,
    deciding.object_to: 2,
    deciding.take_off: 4,
    deciding.give_up: 2,
    deciding.stop_all: 2,
    deciding.try_again: 2,
    deciding.say_when: 2,
    deciding.come_back: 2,
    happening.approvals_lapse: 2,
    happening.answer_comes: 2,
    happening.time_passes: 3,
    happening.another_replica_steps: 6,
}


class WorldError(AssertionError):
    """The oracle found something wrong: the seed, the last steps, and what."""


def run(seed: int, steps: int, path: Path) -> None:
    """Run one world; a failure names the seed and what was done last."""
    world = World(seed, path)
    world.x.meanwhile = lambda: _meanwhile(world)
    try:
        for number in range(steps):
            _act(world, ACTIONS)
            world.look()
            if number % 4 == 0:
                world.oracle.look_ahead(world.rows)
        _come_to_rest(world)
    except Violation as violation:
        story = "\n  ".join(world.log)
        raise WorldError(f"seed {seed}, after:\n  {story}\n{violation}") from violation
    finally:
        world.close()


def run_many(seed: int, steps: int, empty: Path, folder: Path) -> None:
    """Run as many worlds as the steps need, each on a fresh copy of an empty database."""
    for episode in range(-(-steps // EPISODE)):
        path = folder / f"world-{episode}.db"
        shutil.copy(empty, path)
        run(seed * 1000 + episode, min(EPISODE, steps - episode * EPISODE), path)


def _act(world: World, actions: dict[Action, float]) -> None:
    action = world.rng.choices(list(actions), list(actions.values()))[0]
    try:
        action(world)
    except RefusedError as error:
        world.log.append(f"{world.clock.now:%d %H:%M:%S} {action.__name__}: refused, {error}")
    else:
        world.log.append(f"{world.clock.now:%d %H:%M:%S} {action.__name__}")


def _meanwhile(world: World) -> None:
    """Let somebody do something while a call is under way."""
    if not world.x.calm and world.chance(0.3):
        world.log.append("(meanwhile")
        world.drafts = world.oracle.drafts()
        _act(world, MEANWHILE)
        world.log.append(")")


def _come_to_rest(world: World) -> None:
    """With everything well again, every publication must end, or wait for a person."""
    world.x.calm, world.x.lag, world.x.trouble = True, False, None
    world.desk.policy = world.full_team
    _resume_all(world)
    with world.database.write() as session:
        publications.void_leases(session, world.clock.now)
    world.chat._errors.clear()
    happening.chat_is_read(world)
    for _ in range(1000):
        if not _round(world):
            break
    world.look()
    busy = [row for row in world.rows if row.waits or row.claimed or row.asks]
    if busy:
        raise Violation(f"{busy} does not come to rest")
    world.oracle.look_back()
    _audit_holds(world)
    _cards_follow(world)


def _round(world: World) -> bool:
    """Do what is due, answer what is asked, and move to the next moment; False at rest."""
    happening.answer_comes(world)
    worked = world.lane.step()
    world.look()
    asked = any(row.asks for row in world.rows)
    if asked:
        _act(world, {deciding.settle: 1})
    if not worked and not asked:
        happening.due_comes(world)
    return any(row.waits or row.claimed or row.asks for row in world.rows)


def _resume_all(world: World) -> None:
    for account in (EVERY_ACCOUNT, "clinic"):
        try:
            resume(world.desk, OPERATORS[0], account)
        except RefusedError:
            continue


def _audit_holds(world: World) -> None:
    with world.database.read() as session:
        broken = first_broken(session)
    if broken is not None:
        raise Violation(f"the record is broken at {broken}")


def _cards_follow(world: World) -> None:
    """Every card is drawn in the end, and every word delivered."""
    drawer = Drawer(world.database, world.desk.policy, world.clock, world.chat)
    for _ in range(3000):
        if not drawer.step():
            break
    undrawn = world.oracle.rows.execute("SELECT id FROM draft WHERE version > drawn_version")
    if left := undrawn.fetchall():
        raise Violation(f"the cards of {left} were never drawn")
