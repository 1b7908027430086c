"""What the rows remember, and how they are moved: by compare-and-swap, and in words."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.audit import Actor, AuditAction, Role
from bot.domain.draft import DraftAction, MessageRef
from bot.domain.publication import PublicationAction
from bot.errors import NotAllowedError, RefusedError
from storage import accounts, audit, drafts, marks, publications
from storage.models import Draft
from tests.conftest import AUTHOR, START
from tests.fakes.chat import CHANNEL, FRONT
from tests.office import Office


def test_of_two_moves_from_the_same_state_the_second_is_told(office: Office) -> None:
    draft = office.scheduled()
    with office.desk.write() as session:
        row = drafts.get(session, draft)
        session.execute(text("UPDATE draft SET state = 'closed'"))
        with pytest.raises(NotAllowedError, match="Somebody else was quicker"):
            drafts.move(session, row, DraftAction.WITHDRAW)
        publication = publications.get(session, office.publication(draft).id or 0)
        session.execute(text("UPDATE publication SET token = token + 1"))
        with pytest.raises(NotAllowedError, match="Somebody else was quicker"):
            publications.move(session, publication, PublicationAction.CANCEL)


def test_what_does_not_exist_is_refused_in_words(office: Office) -> None:
    with office.desk.database.read() as session:
        with pytest.raises(RefusedError, match="There is no draft 77"):
            drafts.get(session, 77)
        with pytest.raises(RefusedError, match="There is no publication 77"):
            publications.get(session, 77)


def test_a_row_that_waits_comes_in_the_order_of_its_moment(office: Office) -> None:
    later = office.scheduled("Later.", START + timedelta(hours=2))
    sooner = office.scheduled("Sooner.", START + timedelta(hours=1))
    with office.desk.database.read() as session:
        assert publications.next_waiting(session, "clinic", START) is None
        found = publications.next_waiting(session, "clinic", START + timedelta(hours=3))
        assert found is not None
        assert found.id == office.publication(sooner).id
        moment = publications.next_moment(session, ["clinic"], START + timedelta(hours=1))
    assert moment == office.publication(later).due_at


def test_the_newest_tweet_and_the_clock_of_an_account_are_remembered(office: Office) -> None:
    with office.desk.write() as session:
        accounts.note_newest(session, "clinic", "100")
        accounts.note_newest(session, "clinic", "99")
        accounts.note_clock(session, "clinic", timedelta(seconds=-1.5))
    with office.desk.database.read() as session:
        row = accounts.get(session, "clinic")
    assert (row.newest_id, row.clock_ahead_ms) == ("100", -1500)


def test_a_mark_only_moves_forward(office: Office) -> None:
    ref = MessageRef(FRONT, CHANNEL, "1790000000.000100")
    with office.desk.write() as session:
        assert marks.channel(session, FRONT, CHANNEL) is None
        marks.mark_source(session, ref, edited_ts="5", deleted=True)
        marks.mark_source(session, ref, edited_ts="3")
        mark = marks.source(session, ref)
    assert mark is not None
    assert (mark.edited_ts, mark.deleted) == ("5", True)


def test_a_lone_surrogate_survives_the_way_to_the_disk(office: Office) -> None:
    draft = office.draft("half an emoji: \ud83d")
    assert office.card(draft).content.parts[0].text == "half an emoji: \ud83d"


def test_the_record_is_whole_and_shows_where_it_is_not(office: Office) -> None:
    office.published()
    with office.desk.write() as session:
        assert audit.first_broken(session) is None
        for name in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_entry_no_{name}"))
        session.execute(text("UPDATE audit_entry SET actor = 'U0NOBODY1' WHERE sequence = 3"))
        assert audit.first_broken(session) == 3
        session.execute(text(f"UPDATE audit_entry SET actor = '{AUTHOR}'"))
        session.execute(text("DELETE FROM audit_entry WHERE sequence = 2"))
        assert audit.first_broken(session) in (1, 3)


def test_a_gap_in_the_record_shows(office: Office) -> None:
    with office.desk.write() as session:
        for _ in range(3):
            audit.append(session, START, Actor(AUTHOR, Role.AUTHOR), AuditAction.ACCOUNT_PAUSE)
        session.execute(text("DROP TRIGGER audit_entry_no_delete"))
        session.execute(text("DELETE FROM audit_entry WHERE sequence = 2"))
        assert audit.first_broken(session) == 3


def test_only_what_is_in_the_states_to_draw_is_drawn(office: Office) -> None:
    first, second = office.draft("One."), office.draft("Two.")
    with office.desk.write() as session:
        for shard, expected in ((1, first), (0, second)):
            assert drafts.undrawn(session, START, shard, 2) == expected
        session.get_one(Draft, first).draw_after = START + timedelta(seconds=1)
        session.get_one(Draft, second).drawn_version = 99
        session.flush()
        assert drafts.undrawn(session, START, 0, 1) is None
        assert drafts.undrawn(session, START + timedelta(seconds=1), 0, 1) == first
