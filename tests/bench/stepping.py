"""How soon a wall clock that was stepped forward by an hour is noticed."""

import tempfile
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.desk import Desk
from bot.domain.draft import MessageRef, NewDraft, Wish
from bot.domain.quorum import Decision
from bot.heartbeat import Heartbeat, Loop
from bot.ports import utc_now
from bot.publishing.lane import Lane
from bot.workflow.intake import submit
from bot.workflow.looking import look
from bot.workflow.review import review
from bot.workflow.scheduling import set_wish
from storage import publications
from storage.database import Database
from storage.migrating import migrate
from tests.bench.team import CLINICIAN, COMPLIANCE, policy
from tests.fakes.x import FakeX


def measure() -> dict[str, float]:
    """Seconds from the step until the tweet that it made due is out."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'step.db'}")
        migrate(database)
        seconds = _step(database)
        database.close()
    return {"clock_step_s": seconds}


def _step(database: Database) -> float:
    ahead = timedelta(0)
    desk = Desk(database, policy(), lambda: utc_now() + ahead)
    x = FakeX(clock=desk.clock)
    new = NewDraft(MessageRef("slack", "C0DRAFTS", "1.1"), "U0AUTHOR1", "An hour from now.")
    card = look(desk, submit(desk, new) or 0)
    set_wish(desk, card.id, "U0AUTHOR1", Wish(desk.clock() + timedelta(hours=1)))
    for person in (CLINICIAN, COMPLIANCE):
        review(desk, card.id, card.revision_id, person, Decision.APPROVE)

    def next_moment(after: datetime) -> datetime | None:
        with database.read() as session:
            return publications.next_moment(session, ["clinic"], after)

    lane = Loop("lane", Lane(desk, "clinic", x).step)
    heartbeat = Heartbeat([lane], next_moment, desk.clock, sweep=1.0)
    heartbeat.start()
    threading.Event().wait(1.3)
    ahead, start = timedelta(hours=1), time.perf_counter()
    while not x.tweets and time.perf_counter() - start < 10:
        time.sleep(0.005)
    seconds = time.perf_counter() - start
    heartbeat.stop(5)
    return seconds
