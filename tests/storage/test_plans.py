"""What is asked all the time is answered by an index, however long the past is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from storage import (
    agenda,
    asking,
    drafts,
    notices,
    publications,
    recurrences,
    replies,
    slots,
    stand_ins,
)
from tests.conftest import AUTHOR, START
from tests.office import Office

Query = Callable[[Session], object]
LATER = START + timedelta(days=1)
QUERIES: list[tuple[str, Query]] = [
    (
        "SEARCH publication USING INDEX ix_publication_due (account=? AND next_at<?)",
        lambda session: publications.next_waiting(session, "clinic", LATER),
    ),
    (
        "SEARCH publication USING INDEX ix_publication_due (account=? AND next_at<?)",
        lambda session: publications.next_waiting(session, "clinic", LATER, claims=False),
    ),
    (
        "SEARCH publication USING COVERING INDEX ix_publication_due (account=? AND next_at>?)",
        lambda session: publications.next_moment(session, ["clinic"], START),
    ),
    (
        "SEARCH publication USING INDEX ix_publication_claimed (account=? AND lease_until<?)",
        lambda session: publications.expired(session, "clinic", LATER),
    ),
    (
        "SEARCH publication USING INDEX ix_publication_draft_id (draft_id=?)",
        lambda session: publications.of_draft(session, 1),
    ),
    (
        "SEARCH publication USING INDEX ix_publication_state (account=? AND state=?)",
        lambda session: publications.in_doubt(session, "clinic"),
    ),
    (
        (
            "SEARCH publication USING INDEX ix_publication_calendar "
            "(account=? AND due_at>? AND due_at<?)"
        ),
        lambda session: publications.calendar(session, "clinic", START, LATER, 1),
    ),
    (
        "SEARCH draft USING INDEX ix_draft_slot (account=?)",
        lambda session: slots.redraw_waiting(session, "clinic"),
    ),
    (
        "SCAN draft USING INDEX ix_draft_undrawn",
        lambda session: drafts.undrawn(session, LATER, 0, 4),
    ),
    (
        "SCAN notice USING INDEX ix_notice_waiting",
        lambda session: notices.waiting(session, LATER, 0, 4),
    ),
    (
        "SEARCH draft USING INDEX ix_draft_state (state=?)",
        lambda session: agenda.in_review(session, 100),
    ),
    (
        "SEARCH publication USING INDEX ix_publication_due (account=? AND next_at<?)",
        lambda session: agenda.coming(session, ["clinic"], LATER, 15),
    ),
    (
        "SEARCH publication USING INDEX ix_publication_state (account=? AND state=?)",
        lambda session: agenda.published(session, ["clinic"], 5),
    ),
    (
        "SEARCH draft USING COVERING INDEX ix_draft_remind (remind_at<?)",
        lambda session: asking.due(session, LATER),
    ),
    (
        "SEARCH draft USING COVERING INDEX ix_draft_author (author=?)",
        lambda session: agenda.has_written(session, AUTHOR),
    ),
    (
        "SEARCH reply USING INDEX ix_reply_draft_id (draft_id=?)",
        lambda session: replies.count(session, 1),
    ),
    (
        "SCAN stand_in USING INDEX uq_stand_in_open",
        lambda session: stand_ins.over(session, LATER),
    ),
    (
        "SEARCH recurrence USING COVERING INDEX ix_recurrence_look (look_at<?)",
        lambda session: recurrences.due(session, LATER),
    ),
    (
        "SCAN occurrence USING INDEX ix_occurrence_waiting",
        lambda session: recurrences.waiting(session, LATER),
    ),
]


def asked(session: Session, query: Query) -> list[str]:
    """Return the SQL of a query, with the values that were bound."""
    statements: list[str] = []
    rows: Any = session.connection().connection.driver_connection
    rows.set_trace_callback(statements.append)
    query(session)
    rows.set_trace_callback(None)
    return [sql for sql in statements if sql.startswith("SELECT")]


@pytest.mark.parametrize(("expected", "query"), QUERIES)
def test_each_of_them_reads_only_what_waits(office: Office, expected: str, query: Query) -> None:
    with office.desk.database.read() as session:
        [sql] = asked(session, query)
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
    assert [row.detail for row in plan] == [expected]


def test_what_is_over_is_not_in_the_indexes_any_more(office: Office) -> None:
    for number in range(3):
        office.published(f"Number {number}.")
    office.deliver()
    with office.desk.database.read() as session:
        assert publications.next_waiting(session, "clinic", LATER) is None
        assert publications.next_moment(session, ["clinic"], START) is None
        assert publications.expired(session, "clinic", LATER) == []
        assert drafts.undrawn(session, LATER, 0, 1) is None
        assert notices.waiting(session, LATER, 0, 1) is None


def test_the_next_moment_is_the_earliest_of_all_accounts_and_not_yet_due(office: Office) -> None:
    for hours in (1, 2):
        office.scheduled(f"In {hours} hours.", START + timedelta(hours=hours))
    with office.desk.database.read() as session:

        def after(hours: float, *accounts: str) -> object:
            moment = START + timedelta(hours=hours)
            return publications.next_moment(session, accounts, moment)

        assert after(0, "other", "clinic") == START + timedelta(hours=1)
        assert after(1, "clinic") == START + timedelta(hours=2)
        assert after(2, "clinic") is None
        assert after(0, "other") is None
        assert after(0) is None


def test_without_claims_only_what_sends_nothing_is_looked_at(office: Office) -> None:
    office.scheduled("Due.")
    with office.desk.database.read() as session:
        assert publications.next_waiting(session, "clinic", LATER) is not None
        assert publications.next_waiting(session, "clinic", LATER, claims=False) is None
