"""What was said of a draft is in its export, as it stood, and goes with its contents."""

from datetime import timedelta
from pathlib import Path

from bot.domain.audit import Actor, Role
from bot.domain.draft import MessageRef
from bot.domain.selection import Selection
from bot.record.exporting import export
from bot.record.lives import look_back
from bot.record.signing import Signer
from bot.workflow.absence import away
from bot.workflow.discussing import discuss, take_back
from bot.workflow.purging import purge
from storage import replies
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, START
from tests.fakes.chat import CHANNEL, FRONT
from tests.office import Office

SHELL = Actor("shell:dana", Role.OPERATOR)
FIRST, SECOND = (MessageRef(FRONT, CHANNEL, f"179000050{n}.000100") for n in (1, 2))


def talked(office: Office) -> int:
    """A draft that was talked about; one of two replies was taken back."""
    draft = office.draft()
    thread = office.sources[draft].ref
    discuss(office.desk, thread, FIRST, CLINICIAN, "Which <dose>?")
    discuss(office.desk, thread, SECOND, AUTHOR, "Said too much.")
    take_back(office.desk, SECOND)
    return draft


def test_an_export_has_what_was_said(office: Office, signer: Signer, tmp_path: Path) -> None:
    draft = talked(office)
    folder = export(office.desk, signer, SHELL, Selection(), tmp_path / "export").folder
    page = (folder / f"drafts/{draft}.html").read_text("utf-8")
    assert "Which &lt;dose&gt;?" in page
    assert "taken back" in page
    for path in folder.rglob("*"):
        assert path.is_dir() or "Said too much" not in path.read_text("utf-8")
    assert "Which <dose>?" in (folder / "drafts.jsonl").read_text("utf-8")


def test_a_purge_empties_what_was_said_too(office: Office) -> None:
    draft = office.published()
    discuss(office.desk, office.sources[draft].ref, FIRST, CLINICIAN, "Which dose?")
    office.clock.now = START.replace(year=START.year + 6) + timedelta(days=2)
    assert purge(office.desk, SHELL, START + timedelta(days=1)) == 1
    with office.desk.database.read() as session:
        assert [row.text for row in replies.of_draft(session, draft)] == [""]


def test_a_stand_in_may_look_at_the_record_as_the_reviewer_may(office: Office) -> None:
    draft = office.draft()
    away(office.desk, CLINICIAN, COLLEAGUE, START + timedelta(days=1))
    assert look_back(office.desk, draft, COLLEAGUE)
