"""From message to draft: whatever arrives twice, late or in the wrong order, the rows decide."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.draft import NOW, DraftState, MessageRef, NewDraft
from bot.domain.finding import Finding, Severity
from bot.domain.publication import PublicationState, Unknown
from bot.workflow.intake import become_chat, remove_source, revise, submit
from bot.workflow.scheduling import set_wish
from storage import marks
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, START
from tests.fakes.chat import CHANNEL, FRONT
from tests.office import Office

HIDDEN = "Sleep\u200bwell."


def texts(office: Office, draft: int) -> list[str]:
    return [part.text for part in office.card(draft).content.parts]


def test_a_message_becomes_a_draft_in_review(office: Office) -> None:
    draft = office.draft("One.\n---\nTwo.")
    card = office.card(draft)
    assert (card.state, card.revision, card.author) == (DraftState.IN_REVIEW, 1, AUTHOR)
    assert texts(office, draft) == ["One.", "Two."]
    assert office.record() == [AuditAction.DRAFT_SUBMIT]


def test_the_same_message_twice_is_one_draft(office: Office) -> None:
    new = office.chat.write("Sleep well.")
    assert submit(office.desk, new) is not None
    assert submit(office.desk, new) is None
    assert len(office.record()) == 1


def test_what_a_check_blocks_waits_for_its_author(office: Office) -> None:
    draft = office.draft(HIDDEN)
    assert office.card(draft).state is DraftState.DRAFTING
    assert [f.rule for f in office.card(draft).findings] == ["text:invisible"]
    office.clock.forward(minutes=1)
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Sleep well."))
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_what_the_front_could_not_carry_over_blocks_too(office: Office) -> None:
    lost = Finding("slack:file", Severity.BLOCK, "Files come later.")
    new = replace(office.chat.write("Sleep well."), findings=(lost,))
    submit(office.desk, new)
    draft = office.id_of(new)
    assert office.card(draft).findings == (lost,)
    assert office.card(draft).state is DraftState.DRAFTING
    revise(office.desk, replace(new, findings=(), edited_ts="9999999999.0"))
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_an_edit_is_a_new_revision_and_takes_the_draft_off_the_schedule(office: Office) -> None:
    draft = office.scheduled(at=START + timedelta(hours=1))
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Sleep longer."))
    card = office.card(draft)
    assert (card.state, card.revision) == (DraftState.IN_REVIEW, 2)
    assert office.state(draft) is PublicationState.CANCELLED
    assert card.publication is None
    assert card.wish is not None
    office.wait_and_work(3, hours=1)
    assert office.x.posted == []


def test_an_edit_into_something_blocked_voids_the_approval(office: Office) -> None:
    draft = office.scheduled(at=START + timedelta(hours=1))
    revise(office.desk, office.chat.edit(office.sources[draft].ref, HIDDEN))
    assert office.card(draft).state is DraftState.DRAFTING
    assert office.state(draft) is PublicationState.CANCELLED


def test_an_edit_that_changes_nothing_changes_nothing(office: Office) -> None:
    draft = office.approved()
    before = office.card(draft)
    revise(office.desk, office.chat.edit(office.sources[draft].ref, " Sleep well.\n"))
    assert office.card(draft) == before


def test_an_older_edit_that_arrives_later_is_ignored(office: Office) -> None:
    draft = office.draft()
    older = office.chat.edit(office.sources[draft].ref, "Older.")
    newer = office.chat.edit(office.sources[draft].ref, "Newer.")
    revise(office.desk, newer)
    revise(office.desk, older)
    revise(office.desk, newer)
    assert texts(office, draft) == ["Newer."]
    assert office.card(draft).revision == 2


def test_an_edit_that_comes_before_its_message_is_the_draft(office: Office) -> None:
    new = office.chat.write("First.")
    revise(office.desk, office.chat.edit(new.ref, "Second."))
    submit(office.desk, new)
    assert texts(office, office.id_of(new)) == ["Second."]


def test_an_edit_of_a_finished_draft_is_answered_in_words(office: Office) -> None:
    draft = office.draft()
    ref = office.sources[draft].ref
    become_chat(office.desk, ref, office.chat.edit(ref, "// never mind").edited_ts)
    revise(office.desk, office.chat.edit(ref, "Do mind."))
    assert office.card(draft).state is DraftState.WITHDRAWN
    assert "This draft is finished" in office.notices(AUTHOR)[-1]


def test_whoever_edits_is_a_writer_too(office: Office) -> None:
    draft = office.draft()
    edit = office.chat.edit(office.sources[draft].ref, "Clinically better.")
    revise(office.desk, replace(edit, author=CLINICIAN))
    assert CLINICIAN not in office.card(draft).missing


def test_a_deleted_message_withdraws_its_draft(office: Office) -> None:
    draft = office.scheduled(at=START + timedelta(hours=1))
    remove_source(office.desk, office.sources[draft].ref)
    assert office.card(draft).state is DraftState.WITHDRAWN
    assert office.state(draft) is PublicationState.CANCELLED
    remove_source(office.desk, office.sources[draft].ref)
    assert office.record().count(AuditAction.DRAFT_WITHDRAW) == 1


def test_a_message_that_was_deleted_before_it_arrived_stays_deleted(office: Office) -> None:
    new = office.chat.write("Never mind.")
    remove_source(office.desk, new.ref)
    assert submit(office.desk, new) is None
    revise(office.desk, replace(new, edited_ts="9999999999.0"))
    assert office.record() == []


def test_a_message_that_became_talk_before_it_arrived_stays_talk(office: Office) -> None:
    new = office.chat.write("Never mind.")
    talk = office.chat.edit(new.ref, "// never mind")
    become_chat(office.desk, new.ref, talk.edited_ts)
    assert submit(office.desk, new) is None
    revise(office.desk, office.chat.edit(new.ref, "Do mind."))
    assert office.card(office.id_of(new)).state is DraftState.IN_REVIEW


def test_talk_that_is_older_than_the_text_is_ignored(office: Office) -> None:
    draft = office.draft()
    ref = office.sources[draft].ref
    talk = office.chat.edit(ref, "// hm")
    revise(office.desk, office.chat.edit(ref, "Better."))
    become_chat(office.desk, ref, talk.edited_ts)
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_a_deleted_message_of_a_public_tweet_tells_the_author_what_is_live(office: Office) -> None:
    draft = office.published()
    remove_source(office.desk, office.sources[draft].ref)
    assert office.card(draft).live
    assert "1 of 1 parts are public already and stay" in office.notices(AUTHOR)[-1]
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Other."))
    assert sum("stay as they are" in words for words in office.notices(AUTHOR)) == 1


def test_an_edit_in_flight_asks_to_stop(office: Office) -> None:
    office.x.script.append(Unknown("lost"))
    draft = office.scheduled()
    office.work()
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Other."))
    card = office.card(draft)
    assert card.publication is not None
    assert (card.publication.stop_asked, card.revision) == (True, 1)
    assert "0 of 1 parts are public" in office.notices(AUTHOR)[-1]


def test_seen_messages_move_the_reading_mark_but_never_over_a_gap(office: Office) -> None:
    def mark() -> str | None:
        with office.desk.database.read() as session:
            return marks.channel(session, FRONT, CHANNEL)

    first, second, third = (office.chat.write(text) for text in ("One.", "Two.", "Three."))
    submit(office.desk, second)
    submit(office.desk, first)
    assert mark() == second.ref.ts
    office.desk.caught_up = False
    submit(office.desk, third)
    assert mark() == second.ref.ts


@pytest.mark.parametrize("author", [AUTHOR, COLLEAGUE])
def test_a_wish_survives_a_revision(office: Office, author: str) -> None:
    new = NewDraft(MessageRef(FRONT, CHANNEL, "1790001000.000100"), author, "Sleep well.")
    submit(office.desk, new)
    draft = office.id_of(new)
    set_wish(office.desk, draft, author, NOW)
    revise(office.desk, replace(new, text="Sleep longer.", edited_ts="1790001001.000100"))
    assert office.card(draft).wish == NOW
