"""The composition root: settings become a running bot, in one place, once."""

import logging
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime

from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.desk import Desk
from bot.errors import AccountError, ChatError, DatabaseError, SettingsError
from bot.heartbeat import Heartbeat
from bot.links.client import Client
from bot.loops import Around, every_loop
from bot.names_model import with_names
from bot.ports import Publisher
from bot.publishing.departed import Departed, departed, tell_of
from bot.record.checkpoints import Notary
from bot.record.signing import Signer, key_file, signer_for
from bot.settings import RecordSettings, Settings
from bot.web import HealthServer
from bot.workflow.absence import end_absences
from bot.workflow.catching_up import begin_gap, catch_up
from bot.workflow.scheduling import lapse_due, redraw_passed_slots
from bot.x.keys import Keys
from bot.x.publisher import XPublisher
from handlers.slack.app import build_app
from handlers.slack.chat import SlackChat
from handlers.slack.client import web_client
from handlers.slack.socket import Socket
from storage import accounts, publications
from storage.database import CLOSED, Database
from storage.schema import is_current
from storage.sole import only_bot

FRONT = "slack"

READ_AGAIN_S = 5.0
"""Before another try to read the chat after a gap."""

MINUTELY_S = 60.0
HOURLY_S = 3600.0

_log = logging.getLogger(__name__)


class Bot:
    """Everything that runs: the front, the loops, the timer, the health server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._waits = settings.file.waits
        self._held = ExitStack()
        self._database = open_database(settings)
        self._desk = Desk(
            self._database,
            settings.policy,
            settings.clock,
            wake=self._wake,
            caught_up=False,
            guidelines=with_names(settings.guidelines, settings.names_model),
            follow=Client().look if settings.file.links.follow else None,
        )
        self._known = [account.name for account in settings.file.accounts]
        self._departed = departed(self._desk, self._known)
        self._publishers: dict[str, Publisher] = {
            **{name: new_publisher(settings, name) for name in self._known},
            **{name: Departed(name) for name in self._departed},
        }
        client = new_client(settings)
        slack = settings.file.slack
        self._chat = SlackChat(client, slack.drafts_channel, slack.review_channel)
        self._notary = Notary(self._desk, self._signer, self._chat, slack.audit_channel)
        self._socket = Socket(
            build_app(self._desk, client, slack.drafts_channel, slack.review_channel),
            settings.slack_app_token.get_secret_value(),
        )
        self._seen_at = time.monotonic()
        self._read_after = 0.0
        self._heartbeat = self._new_heartbeat()
        self._health = HealthServer(settings.health_host, settings.health_port, self.checks)

    def start(self) -> None:
        """Take the database, connect, and read what was missed before anything is claimed."""
        self._held.enter_context(only_bot(self._settings.database_url))
        with self._database.write() as session:
            publications.void_leases(session, self._desk.clock())
        tell_of(self._desk, self._departed)
        self._start_health()
        self._signer()
        self._socket.start()
        self._heartbeat.start()
        _log.info("started; health on port %s", self._health.port)

    def stop(self) -> bool:
        """End in order; False where a call to X did not return in time (the rows know of it)."""
        self._socket.stop()
        ended = self._heartbeat.stop(self._waits.stop)
        if ended:
            self._notary.write_last()
        self._health.stop()
        self._database.close()
        self._held.close()
        _log.info("stopped")
        return ended

    def checks(self) -> Mapping[str, bool]:
        """Return what health consists of; where one is false, a tweet may not go out in time."""
        return {
            "slack_connected": self._socket.connected,
            "slack_read": self._desk.caught_up,
            "database": self._database_answers(),
            "heartbeat": self._heartbeat.alive,
        }

    def _start_health(self) -> None:
        try:
            self._health.start()
        except OSError as error:
            where = f"{self._settings.health_host}:{self._settings.health_port}"
            words = f"COUNTERSIGN_HEALTH_PORT: nothing can listen on {where} ({error.strerror})."
            raise SettingsError(words) from error

    def _new_heartbeat(self) -> Heartbeat:
        around = Around(self._chat, self._notary, self._publishers, self._read_chat)
        loops = every_loop(self._desk, around, self._socket)
        heartbeat = Heartbeat(loops, self._next_moment, self._desk.clock, self._waits.sweep)
        heartbeat.every(MINUTELY_S, lambda: end_absences(self._desk), at_once=True)
        heartbeat.every(MINUTELY_S, lambda: redraw_passed_slots(self._desk))
        heartbeat.every(HOURLY_S, lambda: lapse_due(self._desk))
        heartbeat.every(MINUTELY_S, self._notary.write, at_once=True)
        heartbeat.every(HOURLY_S, self._ask_identities, at_once=True)
        return heartbeat

    def _read_chat(self) -> bool:
        """Notice a gap; once the socket is open again, read what was missed."""
        now = time.monotonic()
        if self._socket.connected:
            self._seen_at = now
        elif now - self._seen_at > self._waits.gap:
            begin_gap(self._desk)
        if self._desk.caught_up or not self._socket.connected or now < self._read_after:
            return False
        try:
            catch_up(self._desk, self._chat, FRONT, self._settings.file.slack.drafts_channel)
        except ChatError as error:
            _log.warning("the chat cannot be read yet, nothing is claimed meanwhile: %s", error)
            self._read_after = now + READ_AGAIN_S
        return False

    def _ask_identities(self) -> None:
        """Ask X who we are and what its clock says: lookups are made on X's clock."""
        for name in self._known:
            try:
                identity = self._publishers[name].identity()
            except AccountError as error:
                _log.warning("account %s: %s", name, error)
                continue
            with self._database.write() as session:
                accounts.note_clock(session, name, identity.clock_ahead)

    def _next_moment(self, after: datetime) -> datetime | None:
        with self._database.read() as session:
            return publications.next_moment(session, self._publishers, after)

    def _signer(self) -> Signer:
        """Return whoever signs checkpoints: by the settings, or the key beside the database."""
        return signer_for(self._settings.audit_key, key_file(self._settings.database_url))

    def _wake(self) -> None:
        self._heartbeat.wake()

    def _database_answers(self) -> bool:
        try:
            with self._database.write() as session:
                publications.next_moment(session, self._publishers, self._desk.clock())
        except SQLAlchemyError:
            return False
        return True


def open_database(settings: Settings | RecordSettings, *, read_only: bool = False) -> Database:
    """Open the rows; DatabaseError where their schema is not the one this program needs."""
    database = Database(settings.database_url, read_only=read_only)
    try:
        current = is_current(database)
    except SQLAlchemyError as error:
        raise DatabaseError(CLOSED) from error
    if not current:
        raise DatabaseError("The database is not up to date. Run `countersign migrate` first.")
    return database


def new_client(settings: Settings) -> WebClient:
    """Return a client of Slack's Web API that never re-sends by itself."""
    return web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api)


def new_publisher(settings: Settings, account: str) -> XPublisher:
    """Return the adapter of one X account."""
    access, waits = settings.x_access[account], settings.file.waits
    keys = Keys(
        consumer_key=settings.x_consumer_key.get_secret_value(),
        consumer_secret=settings.x_consumer_secret.get_secret_value(),
        access_token=access.token.get_secret_value(),
        access_token_secret=access.secret.get_secret_value(),
    )
    return XPublisher(
        keys,
        base_url=settings.x_api,
        connect_s=waits.connect,
        read_s=waits.read,
        deadline_s=waits.deadline,
        clock=settings.clock,
        upload_s=waits.upload,
    )
