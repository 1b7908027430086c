"""What the checks said of a revision, and what that asks of its reviewers."""

import json
from collections.abc import Iterable
from dataclasses import astuple

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from bot.domain.duty import Duty, duty
from bot.domain.finding import Citation, Finding, Severity
from storage.models import FindingRow

_finding = SQLModel.metadata.tables["finding"]
_ASKING = columns(_finding.c.rule, _finding.c.severity, _finding.c.wants_note).where(
    _finding.c.revision_id == bindparam("revision_id"),
    _finding.c.severity != Severity.BLOCK,
)

_OF_REVISION = (
    select(FindingRow)
    .where(FindingRow.revision_id == bindparam("revision_id"))
    .order_by(col(FindingRow.id))
)


def add(session: Session, revision_id: int, found: Iterable[Finding]) -> None:
    """Write down what the checks say of a revision."""
    session.add_all(_row(revision_id, finding) for finding in found)


def of_revision(session: Session, revision_id: int) -> tuple[Finding, ...]:
    """Return what the checks said of a revision."""
    return tuple(map(_value, session.exec(_OF_REVISION, params={"revision_id": revision_id})))


def duty_of(session: Session, revision_id: int) -> Duty:
    """Return what the findings of a revision ask of its reviewers."""
    rows = session.connection().execute(_ASKING, {"revision_id": revision_id})
    return duty(Finding(rule, severity, "", wants_note=note) for rule, severity, note in rows)


def _value(row: FindingRow) -> Finding:
    return Finding(
        rule=row.rule,
        severity=row.severity,
        message=row.message,
        part=row.part,
        start=row.start,
        end=row.end,
        title=row.title,
        citation=Citation(*json.loads(row.citation)) if row.citation else None,
        pack=row.pack,
        wants_note=row.wants_note,
    )


def _row(revision_id: int, finding: Finding) -> FindingRow:
    return FindingRow(
        revision_id=revision_id,
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        part=finding.part,
        start=finding.start,
        end=finding.end,
        title=finding.title,
        citation=json.dumps(astuple(finding.citation)) if finding.citation else "",
        pack=finding.pack,
        wants_note=finding.wants_note,
    )
