"""The command line: `countersign run`, `demo`, `check` …; those of auditors stand apart."""

import gc
import getpass
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.errors import CountersignError
from bot.record_commands import audit, export, purge

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.domain.audit import Actor

Account = Annotated[
    str | None, typer.Option("--account", help="Name of one account in countersign.toml.")
]

app = typer.Typer(
    name="countersign",
    help="Publishes exactly what was approved, exactly once, on time.\n\n"
    "Secrets come from the environment (see .env.example), the team's policy from "
    "countersign.toml. First time here? Try `countersign demo`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(audit, name="audit")
app.command()(export)
app.command()(purge)


def main() -> None:
    """Run a command; what goes wrong is one line for a person, and exit code 1."""
    try:
        app()
    except CountersignError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"countersign {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Take what every command takes."""


@app.command()
def run() -> None:
    """Run the bot until it is asked to stop (Ctrl-C, SIGTERM).

    A publication that is under way is finished, or left as the next start can go on from.
    """
    gc.disable()  # what is loaded now stays; looking through it takes a tenth of the start
    from bot.app import Bot
    from bot.logs import configure
    from bot.settings import load

    settings = load()
    configure(settings.log_level)
    bot = Bot(settings)
    asked = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: asked.set())
    bot.start()
    gc.collect()
    gc.freeze()  # no collection need walk it in the middle of clicks
    gc.enable()
    asked.wait()
    if not bot.stop():
        os._exit(0)  # a call to X hangs: its attempt is on disk, the next start looks it up


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.")] = 8450,
    check: Annotated[
        bool, typer.Option("--check", help="Play the whole story without a person, then end.")
    ] = False,
) -> None:
    """Try Countersign against a local Slack and a local X; nothing reaches the real ones."""
    from bot.sandbox.demo import run_demo
    from bot.sandbox.demo_check import run_check

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends the bot beside it, as Ctrl-C
    raise typer.Exit(run_check() if check else run_demo(port))


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A file with the text of a tweet, or - for stdin.")],
    as_json: Annotated[bool, typer.Option("--json", help="Say it for a program.")] = False,
) -> None:
    """Judge a text by the team's guidelines, as the bot would; a line of --- begins a new part.

    Exit code: 0 nothing found, 1 a reviewer must answer something (warn, attest), 2 it must be
    mended first (block), 3 it could not be checked. Without countersign.toml, our own packs judge.
    """
    from bot.guidelines.report import NOT_CHECKED, check_text
    from bot.names_model import with_names
    from bot.settings import load_guidelines

    try:
        text = (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode()
        report = check_text(text, with_names(*load_guidelines()))
    except (OSError, UnicodeDecodeError, CountersignError) as error:
        typer.echo(f"It could not be checked: {error}", err=True)
        raise typer.Exit(NOT_CHECKED) from error
    typer.echo(report.as_json() if as_json else "\n".join(report.lines()) or "Nothing found.")
    raise typer.Exit(report.code)


@app.command()
def doctor() -> None:
    """Check database, Slack and X, and say what to do; exit code 1 if anything does not work."""
    from rich.console import Console
    from rich.table import Table

    from bot.doctor import examine
    from bot.settings import load

    table = Table("", "what", "found", box=None, header_style="bold")
    works = True
    for check in examine(load()):
        works = works and check.works
        table.add_row("[green]ok[/]" if check.works else "[red]no[/]", check.name, check.words)
    Console().print(table)
    raise typer.Exit(0 if works else 1)


@app.command()
def migrate() -> None:
    """Make the database, or bring it up to date; safe to run at every start."""
    from bot.settings import load
    from storage.database import Database
    from storage.migrating import migrate as bring_up_to_date

    database = Database(load().database_url)
    bring_up_to_date(database)
    database.close()
    typer.echo("The database is up to date.")


@app.command()
def pause(
    reason: Annotated[str, typer.Argument(help="Why; reviewers will read it.")] = "",
    account: Account = None,
) -> None:
    """Let nothing more go out, at once, on one account or on every one."""
    from bot.workflow.stopping import NOT_KEPT, pause_by

    desk, actor = _desk()
    kept = pause_by(desk, actor, reason, _named(desk, account))
    where = f" on {account}" if account else ""
    typer.echo(f"Paused: nothing goes out{where} until somebody resumes.")
    if not kept:
        typer.echo(NOT_KEPT)


@app.command()
def resume(account: Account = None) -> None:
    """Let approved tweets go out again; what became too late asks for a new time."""
    from bot.workflow.stopping import resume_by

    desk, actor = _desk()
    done = resume_by(desk, actor, _named(desk, account))
    count, late = done.released, len(done.late)
    typer.echo(f"Resumed: {count} held {'tweet is' if count == 1 else 'tweets are'} on the way.")
    if late:
        typer.echo(f"{late} became too late; the card of each asks for a new time.")


def _named(desk: "Desk", account: str | None) -> str:
    """Return the account that was named, or the name of all; RefusedError where there is none."""
    from bot.domain.policy import EVERY_ACCOUNT
    from bot.errors import RefusedError

    if account is None:
        return EVERY_ACCOUNT
    if desk.policy.account(account) is None:
        known = ", ".join(known.name for known in desk.policy.accounts)
        raise RefusedError(f"There is no account {account!r}. There is: {known}.")
    return account


def _desk() -> "tuple[Desk, Actor]":
    """Return a desk on the bot's database, and whoever sits at this shell as an operator."""
    from bot.app import open_database
    from bot.desk import Desk
    from bot.domain.audit import Actor, Role
    from bot.names_model import with_names_late
    from bot.settings import load

    settings = load()
    guidelines = with_names_late(settings.guidelines, settings.names_model)
    desk = Desk(open_database(settings), settings.policy, settings.clock, guidelines=guidelines)
    return desk, Actor(f"shell:{getpass.getuser()}", Role.OPERATOR)


if __name__ == "__main__":
    main()
