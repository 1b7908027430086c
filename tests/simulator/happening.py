"""What happens without anybody's wish: time, the lane, crashes, gaps, late answers, a new team."""

from bot.errors import AccountError, ChatError, RefusedError
from bot.workflow.absence import end_absences
from bot.workflow.catching_up import begin_gap, catch_up
from bot.workflow.scheduling import lapse_due
from storage import publications
from tests.fakes.chat import CHANNEL, FRONT
from tests.simulator.oracle import Violation
from tests.simulator.world import REVIEWERS, World, without
from tests.simulator.xside import Died

_STEPS = (5, 20, 60, 240, 600, 1000, 3600, 12 * 3600, 26 * 3600)
_OFTEN = (20, 20, 25, 12, 8, 4, 3, 1, 1)


def time_passes(world: World) -> None:
    """Move the clock, mostly by little."""
    world.clock.forward(seconds=world.rng.choices(_STEPS, _OFTEN)[0])


def lane_steps(world: World) -> None:
    """Let the publishing loop do what is due; it may die at any reading of the clock."""
    if world.chance(0.08) and not world.x.calm:
        world.clock.readings_left = world.rng.randrange(12)
    try:
        for _ in range(4):
            if not world.lane.step():
                break
    except Died:
        _restart(world)
    finally:
        world.clock.readings_left = None


def due_comes(world: World) -> None:
    """Move the clock to the next moment that the rows wait for."""
    with world.database.read() as session:
        moment = publications.next_moment(session, ["clinic"], world.clock.now)
    if moment is not None:
        world.clock.now = moment
        lane_steps(world)


def _restart(world: World) -> None:
    """Start the process anew, or let its leases run out as beside another replica."""
    world.log.append("… died")
    if world.chance(0.5):
        world.x.late.clear()
        with world.database.write() as session:
            publications.void_leases(session, world.clock.now)
        begin_gap(world.desk)


def gap_begins(world: World) -> None:
    """Lose the socket."""
    begin_gap(world.desk)


def chat_is_read(world: World) -> None:
    """Read the chat again, where something may have been missed."""
    if world.desk.caught_up:
        return
    if world.chance(0.1) and not world.x.calm:
        world.chat.fail(world.rng.choice(("since", "reread")), permanent=world.chance(0.5))
    try:
        catch_up(world.desk, world.chat, FRONT, CHANNEL)
    except ChatError:
        world.log.append("… the chat could not be read")


def approvals_lapse(world: World) -> None:
    """Let old approvals lapse."""
    lapse_due(world.desk)


def absences_end(world: World) -> None:
    """Act on absences whose time is over."""
    end_absences(world.desk)


def answer_comes(world: World) -> None:
    """Let a late answer arrive."""
    if world.x.late:
        answer = world.x.late.pop(world.rng.randrange(len(world.x.late)))
        try:
            answer()
        except RefusedError as error:
            raise Violation(f"a late answer could not be written down: {error}") from error


def team_changes(world: World) -> None:
    """Take a reviewer's role away, or give all back."""
    if world.desk.policy is world.full_team:
        world.desk.policy = without(world.full_team, world.rng.choice(REVIEWERS))
    else:
        world.desk.policy = world.full_team


def x_has_trouble(world: World) -> None:
    """Let X's timeline lag, or X not answer questions; or end that."""
    if world.x.trouble or world.x.lag:
        world.x.trouble, world.x.lag = None, False
    elif world.chance(0.5):
        world.x.lag = True
    else:
        world.x.trouble = AccountError("X is down.", permanent=False)


def another_replica_steps(world: World) -> None:
    """Let time pass over a lease, and another replica take over, during a call."""
    world.clock.forward(seconds=world.rng.choice((10, 100, 200)))
    meanwhile, world.x.meanwhile = world.x.meanwhile, lambda: None
    try:
        world.lane.step()
    except Died:
        world.log.append("… the other one died")
    finally:
        world.x.meanwhile = meanwhile
