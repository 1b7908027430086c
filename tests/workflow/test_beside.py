"""Polls, replies and sources come from a form; a chat message cannot say them, nor unsay them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.audit import AuditAction
from bot.domain.beside import Beside, beside_of
from bot.domain.content import Poll
from bot.domain.draft import DraftState, NewDraft
from bot.domain.finding import Severity
from bot.domain.publication import PublicationState
from bot.errors import RefusedError
from bot.workflow.describing import describe
from bot.workflow.exposing import STATE_FIRST
from bot.workflow.intake import revise, submit
from storage.models import AuditEntry
from tests.conftest import AUTHOR, CLINICIAN, START
from tests.office import Office
from tests.pictures import png

POLL = Poll(("Every night", "Never"), 60)
WHOLE = Beside(POLL, "12", ("https://www.who.int/sleep",))


def again(office: Office, draft: int, text: str, beside: Beside | None) -> NewDraft:
    """Write the message anew by the form."""
    edit = office.chat.edit(office.sources[draft].ref, text)
    return replace(edit, beside=beside)


def test_what_a_form_gives_is_kept_tidy_and_shown(office: Office) -> None:
    typed = Beside(POLL, "https://twitter.com/a/status/12?s=20", (" https://who.int ", ""))
    draft = office.draft("Do you sleep well?", beside=typed)
    card = office.card(draft)
    assert beside_of(card.content) == Beside(POLL, "12", ("https://who.int",))
    assert (card.parts[0].poll, card.price) == (POLL, 10)


def test_an_edit_of_the_message_keeps_what_the_form_gave(office: Office) -> None:
    draft = office.draft("Do you sleep well?", beside=WHOLE)
    for text in ("Do you sleep?", "First this.\n---\nDo you sleep?", "Well?"):
        office.edit(draft, text)
        content = office.card(draft).content
        assert beside_of(content) == WHOLE
        assert [part.poll for part in content.parts] == [None] * text.count("---") + [POLL]


def test_pictures_that_come_later_and_their_alt_texts_leave_it_as_it_is(office: Office) -> None:
    draft = office.draft("Look.\n---\nDo you sleep well?", pictures=[png()], beside=WHOLE)
    assert beside_of(office.card(draft).content) == WHOLE
    office.check()
    describe(office.desk, draft, office.card(draft).revision_id, AUTHOR, ["A bed."])
    first, last = office.card(draft).content.parts
    assert ([one.alt for one in first.media], first.poll) == (["A bed."], None)
    assert (last.media, last.poll) == ((), POLL)
    assert beside_of(office.card(draft).content) == WHOLE


def test_a_form_takes_away_what_it_does_not_give_again(office: Office) -> None:
    draft = office.draft("Do you sleep well?", beside=WHOLE)
    revise(office.desk, again(office, draft, "Do you sleep well?", Beside()))
    assert beside_of(office.card(draft).content) == Beside()
    assert office.card(draft).revision == 2


@pytest.mark.parametrize(
    "changed",
    [
        replace(WHOLE, poll=None),
        replace(WHOLE, poll=replace(POLL, minutes=61)),
        replace(WHOLE, reply_to="13"),
        replace(WHOLE, sources=("https://www.who.int/flu",)),
    ],
)
def test_whatever_changes_there_is_a_new_revision_that_nobody_reviewed(
    office: Office, changed: Beside
) -> None:
    draft = office.draft("Do you sleep well?", beside=WHOLE)
    office.scheduled(draft=draft, at=START + timedelta(hours=1))
    revise(office.desk, again(office, draft, "Do you sleep well?", WHOLE))
    assert office.card(draft).revision == 1
    revise(office.desk, again(office, draft, "Do you sleep well?", changed))
    card = office.card(draft)
    assert (card.revision, card.state) == (2, DraftState.IN_REVIEW)
    assert office.state(draft) is PublicationState.CANCELLED
    assert CLINICIAN in card.missing
    assert card.reviewed_revision == 1
    assert card.changes


def test_what_x_does_not_take_waits_for_its_author(office: Office) -> None:
    draft = office.draft("Well?", beside=Beside(Poll(("Yes",), 60), "who", ("no link",)))
    card = office.card(draft)
    assert card.state is DraftState.DRAFTING
    assert {f.rule for f in card.findings} == {"poll:options", "reply:target", "sources:links"}


@pytest.mark.parametrize(
    "private",
    [
        Beside(Poll(("Yes", "Edna Miller MRN 4471182"), 60)),
        Beside(reply_to="Edna Miller, MRN 4471182"),
        Beside(sources=("https://clinic.example/?mrn=4471182",)),
    ],
)
def test_patient_data_beside_the_text_is_refused_unstored(office: Office, private: Beside) -> None:
    new = office.chat.write("Do you sleep well?", beside=private)
    assert submit(office.desk, new) is None
    assert office.record() == [AuditAction.DRAFT_REFUSE]
    assert "it seems to hold patient data" in office.notices(AUTHOR)[-1]
    draft = office.draft("Do you sleep well?", beside=WHOLE)
    approved = office.approved(draft=draft)
    revise(office.desk, again(office, draft, "Do you sleep well?", private))
    assert office.card(approved).state is DraftState.DRAFTING
    assert beside_of(office.card(draft).content) == WHOLE
    with office.desk.database.engine.connect() as rows:
        stored = rows.exec_driver_sql("SELECT content FROM revision").scalars().all()
    assert not [text for text in stored if "4471182" in text]


# An authorization that the author states

STORY = "Thanks to Kevin Marsh for trusting us with his knee surgery."
STATED = Beside(authorization="AUTH-2026-017")


def rules(office: Office, draft: int) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in office.card(draft).findings]


def test_an_authorization_counts_wherever_its_content_is_judged_again(office: Office) -> None:
    draft = office.draft(STORY, pictures=[png()], beside=STATED)
    assert office.card(draft).content.authorization == "AUTH-2026-017"
    office.check()
    assert ("PHI-09", Severity.WARN) in rules(office, draft)
    describe(office.desk, draft, office.card(draft).revision_id, AUTHOR, ["Kevin Marsh, healed."])
    assert ("PHI-09", Severity.WARN) in rules(office, draft)
    assert office.card(draft).state is DraftState.IN_REVIEW
    with pytest.raises(RefusedError, match="Medical record"):
        describe(office.desk, draft, office.card(draft).revision_id, AUTHOR, ["MRN 4471182."])


def test_a_message_is_judged_without_the_authorization_of_its_form(office: Office) -> None:
    draft = office.approved(draft=office.draft(STORY, beside=STATED))
    office.edit(draft, f"{STORY} He can run again.")
    assert office.card(draft).state is DraftState.DRAFTING
    assert "patient data" in office.notices(AUTHOR)[-1]


@pytest.mark.parametrize(
    ("reference", "place"),
    [("Kevin Marsh", "words 1 to 2"), ("MRN 4471182", "word 2"), ("Marsh, 2026", "word 1")],
)
def test_a_reference_with_patient_data_is_stored_by_nobody(
    office: Office, reference: str, place: str
) -> None:
    new = office.chat.write(STORY, beside=Beside(authorization=reference))
    assert submit(office.desk, new) is None
    assert f": line 2, {place}\n" in office.notices(AUTHOR)[-1]
    assert STATE_FIRST not in office.notices(AUTHOR)[-1]


def test_the_record_says_that_one_is_stated_and_not_which(office: Office) -> None:
    draft = office.draft(STORY, beside=STATED)
    office.draft("Sleep well.")
    revise(office.desk, again(office, draft, "Knee surgery, explained.", Beside()))
    with office.desk.database.read() as session:
        stated = [json.loads(detail) for detail in session.exec(select(AuditEntry.detail))]
    assert [detail.get("authorization") for detail in stated] == ["stated", None, None]
