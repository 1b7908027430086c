"""The commands for those who audit: `countersign audit verify`, `export`, `purge`."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import CountersignError
from bot.record_answers import count, entries, show_inspected, show_report

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.domain.audit import Actor
    from bot.domain.checkpoint import Checkpoint
    from bot.record.manifest import Inspected
    from bot.record.verifying import Report
    from bot.settings import RecordSettings

audit = typer.Typer(help="Verify the record of who did what.", no_args_is_help=True)

UNREADABLE = 2
"""The exit code where a record cannot be read."""


Anchors = Annotated[
    list[str] | None,
    typer.Option(help="A posted checkpoint, or a file with some. May be repeated."),
]
Exported = Annotated[
    Path | None,
    typer.Option("--export", help="Verify this exported folder, without the database."),
]
Trusted = Annotated[
    list[str] | None, typer.Option(help="A public key to believe, beside the one that is here.")
]


@audit.callback()
def _audit() -> None:
    """Verify the record of who did what."""


@audit.command()
def verify(
    anchor: Anchors = None,
    export_folder: Exported = None,
    trust: Trusted = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Verify the record, and say what is wrong with it; changes nothing.

    It needs COUNTERSIGN_DATABASE and the audit key (beside it, or COUNTERSIGN_AUDIT_KEY, or
    --trust with the public one), and no token of Slack or X.

    Exit code 0: it is whole. 1: something was changed, removed or added. 2: it cannot be read.
    """
    try:
        if export_folder is not None:
            if anchor:
                raise typer.BadParameter("A checkpoint is compared with the database.")
            show_inspected(_inspect(export_folder, trust or []), as_json=as_json)
        else:
            show_report(_verify(anchor or [], trust or []), as_json=as_json)
    except CountersignError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNREADABLE) from error


def export(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    draft: Annotated[int | None, typer.Option(help="Only this draft.")] = None,
    account: Annotated[str | None, typer.Option(help="Only this account's drafts.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on (UTC).")
    ] = None,
    before: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Before this day (UTC).")
    ] = None,
) -> None:
    """Export from the record: JSON Lines, CSV, a page a draft, and a signed manifest.

    Without an option everything is exported. The folder must not exist yet; it holds unpublished
    texts, so keep it where only those see it who may.
    """
    from bot.domain.selection import Selection
    from bot.record.exporting import count_drafts
    from bot.record.exporting import export as write
    from bot.record.signing import key_file, signer_for

    desk, actor, settings = _desk()
    selection = Selection(draft, account, _utc(since), _utc(before))
    signer = signer_for(settings.audit_key, key_file(settings.database_url))
    with _progress("Exporting", count_drafts(desk, selection)) as tick:
        done = write(desk, signer, actor, selection, folder, tick)
    typer.echo(f"{done.folder}: {count(done.drafts, 'draft')}, {entries(done.entries)}.")
    typer.echo(f"Begin with {done.folder / 'index.html'}. Signed with key {signer.key}")


def purge(
    before: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="Remove what ended before this day (UTC)."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; else it is only counted.")] = False,
) -> None:
    """Remove the contents of drafts that ended long ago; who did what and when is kept.

    Texts, findings and reasons go for good. Nothing younger than [team] retention_years is
    removed, and nothing of which a part may still go out. The record stays verifiable.
    """
    from bot.workflow.purging import purge as remove
    from bot.workflow.purging import purgeable

    desk, actor, _ = _desk()
    moment = before.replace(tzinfo=UTC)
    found = len(purgeable(desk, moment))
    if not yes:
        typer.echo(f"{count(found, 'draft')} ended before {before:%Y-%m-%d}. Nothing was removed.")
        typer.echo("Add --yes to remove their contents for good.")
        return
    with _progress("Removing", found) as tick:
        done = remove(desk, actor, moment, tick)
    desk.database.close()  # else the journal would keep what was removed
    typer.echo(f"The contents of {count(done, 'draft')} were removed.")


def _verify(anchor: list[str], trust: list[str]) -> "Report":
    from bot.app import open_database
    from bot.record.signing import find_signer, key_file
    from bot.record.verifying import verify as walk
    from bot.settings import load_record
    from storage import audit as record
    from storage import selecting

    settings = load_record()
    anchors = [checkpoint for text in anchor for checkpoint in _anchors(text)]
    signer = find_signer(settings.audit_key, key_file(settings.database_url))
    database = open_database(settings, read_only=True)
    trusted = frozenset([*trust, *([signer.key] if signer else [])])
    with (
        database.read() as session,
        _progress("Verifying", record.count(session) + selecting.count_texts(session)) as tick,
    ):
        return walk(session, trusted, anchors, tick)


def _anchors(given: str) -> "tuple[Checkpoint, ...]":
    """Return the checkpoints in a pasted text, or in a file of that name."""
    from bot.domain.checkpoint import checkpoints_in
    from bot.errors import SettingsError

    try:
        path = Path(given)
        found = checkpoints_in(given) or checkpoints_in(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError("--anchor is neither a posted checkpoint nor a file.") from error
    except ValueError as error:
        raise SettingsError(f"--anchor: {error}") from error
    if not found:
        raise SettingsError(f"--anchor: there is no checkpoint in {given}.")
    return found


def _inspect(folder: Path, trust: list[str]) -> "Inspected":
    from bot.record.manifest import inspect
    from bot.record.signing import find_signer, key_file
    from bot.settings import load_record

    settings = load_record()
    signer = find_signer(settings.audit_key, key_file(settings.database_url))
    trusted = frozenset([*trust, *([signer.key] if signer else [])])
    with _progress("Verifying", sum(1 for _ in folder.rglob("*"))) as tick:
        return inspect(folder, trusted, tick)


def _desk() -> "tuple[Desk, Actor, RecordSettings]":
    """Return a desk on the record, and whoever sits at this shell as an operator."""
    from bot.app import open_database
    from bot.desk import Desk
    from bot.domain.audit import Actor, Role
    from bot.settings import load_policy, load_record

    settings = load_record()
    desk = Desk(open_database(settings), load_policy())
    return desk, Actor(f"shell:{getpass.getuser()}", Role.OPERATOR), settings


@contextmanager
def _progress(words: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal, on the error stream; nothing elsewhere, and nothing that stays."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words, total=total)
        yield lambda count: progress.advance(task, count)


def _utc(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=UTC) if day else None
