"""Exporting from the record: a new folder that can be read, printed, and verified by itself."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.audit import Actor, AuditAction
from bot.domain.chain import FIELDS
from bot.domain.life import Life
from bot.domain.selection import Selection
from bot.errors import RefusedError
from bot.record.lives import read_life
from bot.record.manifest import ENTRIES, Maker
from bot.record.page import Listed, draft_page, index_page
from bot.record.signing import Signer
from storage import audit, blobs, selecting

Tick = Callable[[int], None]
"""Is told how many drafts were written since the last time."""

EXISTS = "{folder} is there already. An export goes to a new folder; please name another."
NOTHING = "Nothing in the record is about that."
NOT_WRITTEN = "The export cannot be written to {folder} ({why})."

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DRAFT_FIELDS = ("draft", "account", "author", "state", "written", "versions", "newest text",
                 "addresses")  # fmt: skip
_DECISION_FIELDS = ("draft", "version", "at", "reviewer", "decision", "reason", "acknowledged",
                    "attested")  # fmt: skip
_LINK_FIELDS = ("draft", "version", "looked at", "link", "condition", "host", "title", "site of",
                "why", "rules")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was written: how many drafts and entries, and where."""

    folder: Path
    drafts: int
    entries: int


def count_drafts(desk: Desk, selection: Selection) -> int:
    """Return how many drafts a selection has; RefusedError where it has nothing."""
    with desk.database.read() as session:
        found = len(selecting.drafts(session, selection))
        if not found and next(selecting.entries(session, selection), None) is None:
            raise RefusedError(NOTHING)
        return found


def export(
    desk: Desk,
    signer: Signer,
    actor: Actor,
    selection: Selection,
    folder: Path,
    tick: Tick = lambda _: None,
) -> Export:
    """Write a selection of the record into a new folder, whole or not at all; RefusedError."""
    if folder.exists():
        raise RefusedError(EXISTS.format(folder=folder))
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        fresh.mkdir(parents=True)
        done = _write(desk, signer, selection, fresh, tick)
        _note(desk, actor, selection, done)
        fresh.rename(folder)
    except OSError as error:
        raise RefusedError(NOT_WRITTEN.format(folder=folder, why=error.strerror)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Export(folder, done.drafts, done.entries)


def _write(desk: Desk, signer: Signer, selection: Selection, fresh: Path, tick: Tick) -> Export:
    """Read one moment of the rows and write it down, a draft at a time."""
    maker = Maker(fresh)
    with desk.database.read() as session:
        entries = _write_entries(session, selection, maker)
        ids = selecting.drafts(session, selection)
        lives = (read_life(session, draft_id, desk.policy) for draft_id in ids)
        listed = _write_drafts(session, lives, maker, tick)
        sequence, head = audit.head(session)
    maker.write("index.html", index_page(listed, str(selection)))
    about = {
        "selection": str(selection),
        "drafts": len(ids),
        "entries": entries,
        "made_at": desk.clock().isoformat(),
        "record": {"entry": sequence, "head": head},
    }
    maker.seal(about, signer)
    return Export(fresh, len(ids), entries)


def _write_drafts(
    session: Session, lives: Iterable[Life], maker: Maker, tick: Tick
) -> list[Listed]:
    """Write every draft in each form; returns what the index says of them."""
    listed: list[Listed] = []
    with (
        maker.file("drafts.jsonl") as lines,
        maker.file("drafts.csv") as drafts,
        maker.file("decisions.csv") as decisions,
        maker.file("links.csv") as led,
    ):
        drafts.write(_csv([_DRAFT_FIELDS]))
        decisions.write(_csv([_DECISION_FIELDS]))
        led.write(_csv([_LINK_FIELDS]))
        for life in lives:
            lines.write(_json(asdict(life)) + "\n")
            drafts.write(_csv([_draft_row(life)]))
            decisions.write(_csv(_decision_rows(life)))
            led.write(_csv(_link_rows(life)))
            maker.write(f"drafts/{life.id}.html", draft_page(life))
            _write_pictures(session, life, maker)
            listed.append((life.id, f"@{life.handle}", life.author, life.state.value))
            tick(1)
    return listed


def _write_pictures(session: Session, life: Life, maker: Maker) -> None:
    """Write what a draft ever showed; `audit verify` tells of what is gone."""
    for part in (part for version in life.versions for part in version.pictures):
        for media in part:
            if blobs.verify(session, media.sha256):
                maker.put(f"pictures/{media.file_name}", blobs.read(session, media.sha256))


def _write_entries(session: Session, selection: Selection, maker: Maker) -> int:
    number = 0
    with maker.file(ENTRIES) as lines, maker.file("entries.csv") as table:
        table.write(_csv([FIELDS]))
        for number, row in enumerate(selecting.entries(session, selection), 1):  # noqa: B007
            lines.write(_json(dict(zip(FIELDS, row, strict=True))) + "\n")
            table.write(_csv([row]))
    return number


def _note(desk: Desk, actor: Actor, selection: Selection, done: Export) -> None:
    """Write down that somebody took something out of the record."""
    with desk.write() as session:
        audit.append(
            session,
            desk.clock(),
            actor,
            AuditAction.RECORD_EXPORT,
            selection=str(selection),
            drafts=done.drafts,
            entries=done.entries,
        )


def _draft_row(life: Life) -> Sequence[object]:
    newest = life.versions[-1]
    addresses = [part.address for row in life.publications for part in row.parts]
    text = "\n---\n".join(newest.parts)
    return (life.id, life.account, life.author, life.state, life.created_at.isoformat(),
            len(life.versions), text, " ".join(addresses))  # fmt: skip


def _decision_rows(life: Life) -> Iterator[Sequence[object]]:
    for version in life.versions:
        for said in version.decisions:
            at = said.at.isoformat()
            answered = " ".join(said.acknowledged), " ".join(said.attested)
            yield life.id, version.number, at, said.reviewer, said.decision, said.reason, *answered


def _link_rows(life: Life) -> Iterator[Sequence[object]]:
    for version in life.versions:
        for look in version.looks:
            at, rules = look.at.isoformat(), " ".join(look.rules)
            yield (life.id, version.number, at, look.url, look.condition, look.host, look.title,
                   look.trust, look.why, rules)  # fmt: skip


def _csv(rows: Iterable[Sequence[object]]) -> str:
    """Return lines of CSV; a cell that a spreadsheet would calculate begins with an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, default=_as_text)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
