"""What the commands of auditors answer: in words, or in JSON for a script, and by exit code."""

import json
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.domain.chain import Fault
    from bot.record.manifest import Inspected
    from bot.record.verifying import Report

BROKEN = 1
"""The exit code where something was changed, removed or added."""

UNANCHORED = (
    "Without a posted checkpoint this cannot show that the end was cut off, or that everything was "
    'written anew by somebody who has the key. Paste one: --anchor "countersign-checkpoint/1 …"'
)


def show_report(report: "Report", *, as_json: bool) -> None:
    """Say what was found of the record, and end with its exit code."""
    newest = report.newest.line if report.newest else None
    if as_json:
        _say_json(
            report.faults,
            entries=report.entries,
            head=report.head,
            checkpoints=report.checkpoints,
            anchors=report.anchors,
            newest_checkpoint=newest,
        )
    elif not report.faults:
        typer.echo(
            f"The record is whole: {entries(report.entries)}, "
            f"{count(report.checkpoints, 'checkpoint')}, "
            f"{count(report.anchors, 'checkpoint')} that you gave."
        )
        if newest:
            typer.echo(f"Newest checkpoint: {newest}")
        if not report.anchors:
            typer.echo(UNANCHORED)
    _end(report.faults, as_json=as_json)


def show_inspected(found: "Inspected", *, as_json: bool) -> None:
    """Say what was found of an export, and end with its exit code."""
    if as_json:
        _say_json(found.faults, entries=found.entries, files=found.files)
    elif not found.faults:
        files = count(found.files, "file")
        typer.echo(f"The export is as it was written: {files}, {entries(found.entries)}.")
    _end(found.faults, as_json=as_json)


def _say_json(faults: "tuple[Fault, ...]", **found: object) -> None:
    told = [{"entry": fault.sequence, "words": fault.words} for fault in faults]
    typer.echo(json.dumps({"whole": not faults, **found, "faults": told}))


def _end(faults: "tuple[Fault, ...]", *, as_json: bool) -> None:
    for fault in () if as_json else faults:
        typer.echo(fault.words)
    raise typer.Exit(BROKEN if faults else 0)


def count(number: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def entries(number: int) -> str:
    """Return a number of entries in words."""
    return f"{number} {'entry' if number == 1 else 'entries'}"
