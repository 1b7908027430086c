"""What is said in the thread of a draft is kept with it, as it stands now."""

from bot.domain.audit import AuditAction
from bot.domain.draft import MessageRef
from bot.workflow.discussing import discuss, take_back
from storage import replies
from storage.models import Reply
from tests.conftest import AUTHOR, CLINICIAN
from tests.fakes.chat import CHANNEL, FRONT
from tests.office import Office

REPLY = MessageRef(FRONT, CHANNEL, "1790000500.000100")


def kept(office: Office) -> Reply:
    with office.desk.database.read() as session:
        found = replies.get(session, REPLY)
        assert found is not None
        return found


def test_a_reply_is_kept_once_and_counted_on_the_card(office: Office) -> None:
    draft = office.draft()
    before = office.card(draft).version
    for _ in range(2):
        discuss(office.desk, office.sources[draft].ref, REPLY, CLINICIAN, "Which dose?")
    assert (kept(office).draft_id, kept(office).person) == (draft, CLINICIAN)
    assert kept(office).text == "Which dose?"
    assert office.card(draft).replies == 1
    assert office.card(draft).version == before + 1
    assert office.record().count(AuditAction.DRAFT_DISCUSS) == 1


def test_a_reply_below_a_card_elsewhere_belongs_to_the_draft(office: Office) -> None:
    office.chat.review_channel = "C0REVIEW"
    draft = office.draft()
    office.deliver()
    card = office.card(draft).card
    assert card is not None
    discuss(office.desk, card, REPLY, CLINICIAN, "Which dose?")
    assert office.card(draft).replies == 1


def test_what_is_said_elsewhere_is_not_kept(office: Office) -> None:
    office.draft()
    discuss(office.desk, MessageRef(FRONT, CHANNEL, "1.1"), REPLY, CLINICIAN, "Lunch?")
    discuss(office.desk, MessageRef(FRONT, "C0OTHER", "1.1"), REPLY, CLINICIAN, "Lunch?")
    with office.desk.database.read() as session:
        assert replies.get(session, REPLY) is None


def test_the_newest_words_count_in_whatever_order_they_come(office: Office) -> None:
    thread = office.sources[office.draft()].ref
    discuss(office.desk, thread, REPLY, AUTHOR, "Twenty.", "3.0")
    discuss(office.desk, thread, REPLY, AUTHOR, "Two.", "2.0")
    discuss(office.desk, thread, REPLY, AUTHOR, "Ten.")
    assert kept(office).text == "Twenty."
    discuss(office.desk, thread, REPLY, AUTHOR, "Thirty.", "4.0")
    assert kept(office).text == "Thirty."


def test_what_is_taken_back_is_forgotten_and_does_not_return(office: Office) -> None:
    draft = office.draft()
    thread = office.sources[draft].ref
    discuss(office.desk, thread, REPLY, CLINICIAN, "I should not have said that.")
    take_back(office.desk, REPLY)
    take_back(office.desk, REPLY)
    discuss(office.desk, thread, REPLY, CLINICIAN, "I should not have said that.", "5.0")
    assert kept(office).text == ""
    assert kept(office).deleted_at is not None
    assert office.card(draft).replies == 0
    assert office.record().count(AuditAction.DRAFT_DISCUSS) == 2


def test_a_deletion_that_comes_before_its_message_is_obeyed(office: Office) -> None:
    draft = office.draft()
    take_back(office.desk, REPLY)
    discuss(office.desk, office.sources[draft].ref, REPLY, CLINICIAN, "Too late.")
    assert office.card(draft).replies == 0


def test_a_reply_without_words_is_nothing(office: Office) -> None:
    draft = office.draft()
    discuss(office.desk, office.sources[draft].ref, REPLY, CLINICIAN, "  \n")
    assert office.card(draft).replies == 0
