"""A straight answer to "does it work?": every part is asked, and says what to do."""

import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.app import new_client, new_publisher
from bot.domain.checkup import Check
from bot.errors import AccountError, DatabaseError, NamesError, SettingsError
from bot.moved_clock import MovedClock
from bot.names_model import load
from bot.policy_file import AccountTable
from bot.record.signing import find_signer, key_file
from bot.record.verifying import verify
from bot.settings import Settings
from handlers.slack.checkup import check_slack
from storage.database import Database
from storage.schema import NEWEST, revision

CLOCK_TOLERANCE = timedelta(minutes=2)
"""X refuses signatures whose time is further off than a few minutes."""

_OWN_RULES = (
    "looked for by our own rules; names_model in [guidelines] of countersign.toml adds a model"
)
_SLOW = "Texts are refused meanwhile; name a smaller model, or none, in countersign.toml."
_SENTENCE = "Our nurse Anna Smith answers your questions about the flu jab on Monday."


def examine(settings: Settings) -> Iterator[Check]:
    """Check database, Slack and X, one after the other; nothing is changed."""
    yield from _database(settings)
    yield _guidelines(settings)
    yield _names(settings)
    yield _links(settings)
    if isinstance(settings.clock, MovedClock):
        yield _moved(settings.clock)
    channels = settings.file.slack.channels
    app_token = settings.slack_app_token.get_secret_value()
    yield from check_slack(new_client(settings), app_token, channels)
    for account in settings.file.accounts:
        yield from _account(settings, account)


def _guidelines(settings: Settings) -> Check:
    """Tell what judges the texts; what is wrong with it was refused when it was read."""
    places = ", ".join(settings.file.guidelines.jurisdictions) or "no jurisdiction named"
    words = f"{len(settings.guidelines.rules)} rules in force ({places})"
    return Check("Guidelines", works=True, words=words)


def _names(settings: Settings) -> Check:
    """Tell whether a model looks for names as well; it is loaded, and looks at a sentence."""
    if not settings.names_model:
        return Check("Names", works=True, words=_OWN_RULES)
    try:
        model = load(settings.names_model)
        begun = time.monotonic()
        model.find(_SENTENCE)
    except SettingsError as error:
        return Check("Names", works=False, words=f"{error} The bot does not start before that.")
    except NamesError as error:
        return Check("Names", works=False, words=f"{error} {_SLOW}")
    took = (time.monotonic() - begun) * 1000
    return Check("Names", works=True, words=f"by our own rules and {model.mark}, {took:.0f} ms")


def _links(settings: Settings) -> Check:
    """Tell whether links are followed; no site is asked for that."""
    on = "followed, before review and before publishing; private addresses are never reached"
    off = "not followed; `follow = true` in [links] of countersign.toml looks where they lead"
    return Check("Links", works=True, words=on if settings.file.links.follow else off)


def _moved(clock: MovedClock) -> Check:
    """Tell that this is not the true time; such a bot reaches neither Slack nor X."""
    ahead = timedelta(seconds=round(clock.ahead.total_seconds()))
    words = f"moved ahead by {ahead}, by a file; nothing of this bot is public"
    return Check("Clock", works=True, words=words)


def _database(settings: Settings) -> Iterator[Check]:
    database = Database(settings.database_url)
    try:
        current = revision(database)
    except (SQLAlchemyError, OSError) as error:
        yield Check("Database", works=False, words=f"cannot be opened ({type(error).__name__})")
        return
    finally:
        database.close()
    yield Check("Database", works=True, words=database.engine.dialect.name)
    words = f"schema {current or 'none'}" + (
        "" if current == NEWEST else f", needs {NEWEST}: run `countersign migrate`"
    )
    yield Check("Migrations", works=current == NEWEST, words=words)
    if current == NEWEST:
        yield _record(settings)


def _record(settings: Settings) -> Check:
    """Verify the record of decisions: what was changed by hand shows."""
    database = Database(settings.database_url)
    signer = find_signer(settings.audit_key, key_file(settings.database_url))
    try:
        with database.read() as session:
            report = verify(session, frozenset({signer.key} if signer else ()))
    except DatabaseError as error:
        return Check("Record", works=False, words=str(error))
    finally:
        database.close()
    whole = f"{report.entries} entries, each fits the one before"
    words = report.faults[0].words if report.faults else whole
    return Check("Record", works=not report.faults, words=words)


def _account(settings: Settings, account: AccountTable) -> Iterator[Check]:
    name = f"X account {account.name}"
    try:
        identity = new_publisher(settings, account.name).identity()
    except AccountError as error:
        yield Check(name, works=False, words=str(error))
        return
    same = identity.username.casefold() == account.handle.casefold()
    words = f"@{identity.username}" if same else f"is @{identity.username}, not @{account.handle}"
    yield Check(name, works=same, words=words)
    ahead = identity.clock_ahead
    words = f"X is {ahead.total_seconds():+.1f} s from this machine"
    yield Check(f"X clock {account.name}", works=abs(ahead) <= CLOCK_TOLERANCE, words=words)
