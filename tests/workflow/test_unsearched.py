"""A model that should look for names and fails: nothing is stored of what nobody has looked at."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.domain.audit import Actor, AuditAction, Role
from bot.domain.beside import Beside
from bot.domain.draft import DraftState
from bot.domain.quorum import Decision
from bot.errors import NamesError, RefusedError
from bot.guidelines.judging import UNSEARCHED
from bot.revising import UNSEARCHED as NOT_TAKEN_OVER
from bot.workflow import exposing
from bot.workflow.composing import judge_form
from bot.workflow.discussing import discuss
from bot.workflow.intake import submit
from bot.workflow.review import review
from bot.workflow.stopping import WITHHELD, pause_by
from storage import findings, pauses
from storage.models import AuditEntry, Draft, Refusal, Reply
from tests.conftest import AUTHOR, CLINICIAN
from tests.office import Office

TEXT = "Flu jabs start on Friday in Zanzibar."
TOLD = "I could not look for names in {what}, so I kept nothing of it."


@pytest.fixture
def works(office: Office) -> list[bool]:
    """Whether the model works; who changes it finds it so from then on."""
    switch = [True]

    def people(_: str) -> Sequence[tuple[int, int]]:
        if not switch[0]:
            raise NamesError("broken")
        return ()

    office.desk.guidelines = office.desk.guidelines.with_people(people, "tiny 1.0")
    return switch


def words(office: Office) -> str:
    with office.desk.database.engine.connect() as connection:
        return "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]


def test_a_message_is_refused_unstored_and_its_author_is_told_why(
    office: Office, works: list[bool]
) -> None:
    works[0] = False
    assert submit(office.desk, office.chat.write(TEXT)) is None
    assert "Zanzibar" not in words(office)
    (told,) = office.notices(AUTHOR)
    assert told.startswith(TOLD.format(what="your message"))
    assert "countersign doctor" in told
    assert "patient data" not in told
    with office.desk.database.read() as session:
        assert [row.rules for row in session.exec(select(Refusal))] == [f'["{UNSEARCHED}"]']


def test_sent_again_once_it_works_it_is_a_draft(office: Office, works: list[bool]) -> None:
    works[0] = False
    first = office.chat.write(TEXT)
    submit(office.desk, first)
    works[0] = True
    submit(office.desk, office.chat.edit(first.ref, TEXT))
    assert office.card(office.id_of(first)).state is DraftState.IN_REVIEW


def test_an_edit_voids_the_approval_and_says_why(office: Office, works: list[bool]) -> None:
    draft = office.scheduled()
    works[0] = False
    office.edit(draft, TEXT)
    card = office.card(draft)
    assert card.state is DraftState.DRAFTING
    with office.desk.database.read() as session:
        row = session.get_one(Draft, draft)
        assert findings.of_revision(session, row.revision_id) == (NOT_TAKEN_OVER,)
    assert "Zanzibar" not in words(office)
    told = office.notices(AUTHOR)[-1]
    assert told.startswith(TOLD.format(what=f"your edit of draft {draft}"))
    assert "Nothing of this draft goes out any more." in told
    works[0] = True
    office.edit(draft, TEXT)
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_a_reply_is_not_kept(office: Office, works: list[bool]) -> None:
    draft = office.draft()
    works[0] = False
    source = office.sources[draft].ref
    discuss(office.desk, source, replace(source, ts="1790000050.000100"), CLINICIAN, TEXT)
    with office.desk.database.read() as session:
        assert session.exec(select(Reply)).all() == []
    assert office.notices(CLINICIAN)[-1].startswith(TOLD.format(what="your reply"))


def test_a_form_and_a_reason_say_it_at_once(office: Office, works: list[bool]) -> None:
    draft = office.draft()
    card = office.card(draft)
    works[0] = False
    with pytest.raises(RefusedError) as told:
        judge_form(office.desk, "clinic", TEXT, Beside())
    assert str(told.value) == exposing.UNSEARCHED
    stated = Beside(authorization="file 12")
    with pytest.raises(RefusedError, match="could not look for names"):
        judge_form(office.desk, "clinic", TEXT, stated)
    with pytest.raises(RefusedError, match="could not look for names"):
        review(office.desk, draft, card.revision_id, CLINICIAN, Decision.REJECT, TEXT)


def test_a_pause_holds_at_once_without_its_reason(office: Office, works: list[bool]) -> None:
    works[0] = False
    assert not pause_by(office.desk, Actor("shell:dana", Role.OPERATOR), TEXT)
    with office.desk.database.read() as session:
        assert [row.reason for row in pauses.every(session)] == [WITHHELD]


def test_what_judged_stands_in_the_record(office: Office, works: list[bool]) -> None:
    assert works[0]
    office.draft(TEXT)
    with office.desk.database.read() as session:
        kept = session.exec(select(AuditEntry).where(AuditEntry.action == AuditAction.DRAFT_SUBMIT))
        judged = json.loads(kept.one().detail)["judged_by"]
    assert judged.endswith("; names by tiny 1.0")
