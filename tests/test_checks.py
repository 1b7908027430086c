"""The checking loop: files become pictures of a draft, and people decide when all are here."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import BinaryIO

import pytest

from bot.cards.reading import STUCK
from bot.domain.audit import AuditAction
from bot.domain.card import DraftCard, Offer
from bot.domain.card_parts import Fetching
from bot.domain.changes import Fate
from bot.domain.cleaning import clean
from bot.domain.draft import DraftState
from bot.domain.finding import Severity
from bot.domain.media import MediaKind
from bot.domain.pictures.reading import read
from bot.domain.publication import PublicationState
from bot.errors import RefusedError
from bot.revising import REFUSED
from bot.workflow.describing import describe
from bot.workflow.intake import revise, submit
from bot.workflow.stopping import withdraw
from storage import blobs
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER
from tests.office import Office, office
from tests.pictures import gif, jpeg, png

__all__ = ["office"]

WARD, GARDEN = png(width=5), jpeg()


def blocked_by(card: DraftCard) -> list[str]:
    return [finding.rule for finding in card.findings if finding.severity is Severity.BLOCK]


def alts(card: DraftCard) -> list[str]:
    return [picture.alt for picture in card.pictures]


def edit(office: Office, draft: int, text: str, files: Sequence[str] | None = None) -> None:
    new = office.chat.edit(office.sources[draft].ref, text, files)
    revise(office.desk, new)


def test_until_its_files_are_here_nobody_can_decide(office: Office) -> None:
    draft = office.draft("Our ward", pictures=[WARD, GARDEN])
    card = office.card(draft)
    assert card.fetching == Fetching(2, stuck=False)
    assert card.state is DraftState.DRAFTING
    assert card.offers == (Offer.WITHDRAW,)
    with pytest.raises(RefusedError):
        office.decide(draft, CLINICIAN)


def test_then_they_are_pictures_and_need_words(office: Office) -> None:
    draft = office.draft("Our ward", pictures=[WARD, GARDEN])
    office.check()
    card = office.card(draft)
    assert card.fetching is None
    assert blocked_by(card) == ["ACC-01"]
    assert [p.kind for p in card.pictures] == [MediaKind.PHOTO] * 2
    assert card.offers == (Offer.ALT_TEXT, Offer.WITHDRAW)


def test_with_words_they_are_reviewed(office: Office) -> None:
    draft = office.illustrated("Our ward", ("A bed.", "  Two\n beds. "))
    card = office.card(draft)
    assert card.state is DraftState.IN_REVIEW
    assert alts(card) == ["A bed.", "Two beds."]
    assert card.revision == 3
    assert office.record()[-3:] == [
        AuditAction.DRAFT_SUBMIT, AuditAction.DRAFT_REVISE, AuditAction.DRAFT_REVISE,
    ]  # fmt: skip


def test_what_is_stored_is_clean_and_found_by_its_hash(office: Office) -> None:
    draft = office.illustrated(pictures=[GARDEN])
    (media,) = office.card(draft).content.parts[0].media
    with office.desk.database.read() as session:
        stored = b"".join(blobs.read(session, media.sha256))
    assert stored == read(GARDEN).content != GARDEN
    assert sha256(stored).hexdigest() == media.sha256


def test_the_same_picture_is_stored_once(office: Office) -> None:
    office.illustrated("One", ("A.", "A."), [WARD, WARD])
    office.illustrated("Two", ("A.",), [WARD])
    with office.desk.database.engine.connect() as rows:
        assert rows.exec_driver_sql("SELECT count(*) FROM blob").scalar_one() == 1


def test_a_file_that_cannot_go_out_is_said_and_the_others_stay(office: Office) -> None:
    draft = office.draft("Two files", pictures=[b"%PDF-1.7", WARD])
    office.check()
    card = office.card(draft)
    assert blocked_by(card) == ["media:unusable", "ACC-01"]
    assert card.findings[0].message.startswith("File 1 cannot go out: it is nothing")
    edit(office, draft, "Two files", [office.sources[draft].files[1].ref])
    assert blocked_by(office.card(draft)) == ["ACC-01"]


def test_a_file_that_is_gone_is_said(office: Office) -> None:
    draft = office.draft(pictures=[WARD])
    office.chat.files.clear()
    office.check()
    assert "not there any more" in office.card(draft).findings[0].message


def test_what_the_chat_does_not_give_is_asked_for_again(office: Office) -> None:
    draft = office.draft(pictures=[WARD])
    office.chat.fail("fetch", times=STUCK)
    for failures in range(1, STUCK + 1):
        office.check()
        assert office.card(draft).fetching == Fetching(1, stuck=failures == STUCK)
        office.clock.forward(minutes=5)
    office.check()
    assert office.card(draft).fetching is None


def test_a_failing_chat_is_left_in_peace_for_a_while(office: Office) -> None:
    office.draft(pictures=[WARD])
    office.chat.fail("fetch", times=2)
    office.check()
    office.check()
    assert len(office.chat._errors) == 1
    office.clock.forward(seconds=2)
    office.check()
    assert not office.chat._errors


def test_files_of_drafts_that_ended_are_not_fetched(office: Office) -> None:
    draft = office.draft(pictures=[WARD])
    withdraw(office.desk, draft, AUTHOR)
    office.chat.fail("fetch")
    office.check()
    assert office.chat._errors


def test_a_new_text_needs_no_second_fetching_and_keeps_the_words(office: Office) -> None:
    draft = office.illustrated("Our ward", ("A bed.",))
    office.chat.files.clear()
    edit(office, draft, "Our new ward")
    card = office.card(draft)
    assert (card.state, card.fetching) == (DraftState.IN_REVIEW, None)
    assert alts(card) == ["A bed."]
    assert card.content.parts[0].text == "Our new ward"


def test_a_further_picture_makes_a_version_that_nobody_has_approved(office: Office) -> None:
    draft = office.scheduled(
        draft=office.illustrated("Our ward", ("A bed.",)),
        at=office.clock.now + timedelta(hours=1),
    )
    office.work()
    files = [office.sources[draft].files[0].ref, office.chat.share(GARDEN)]
    edit(office, draft, "Our ward", files)
    assert office.state(draft) is PublicationState.CANCELLED
    assert office.card(draft).state is DraftState.DRAFTING
    office.check()
    card = office.card(draft)
    assert alts(card) == ["A bed.", ""]
    assert blocked_by(card) == ["ACC-01"]


def test_a_picture_that_is_taken_off_does_not_come_back_with_a_late_edit(office: Office) -> None:
    draft = office.illustrated("Our ward", ("One.", "Two."))
    first = [office.sources[draft].files[0].ref]
    late = office.chat.edit(office.sources[draft].ref, "Our wards")
    gone = office.chat.edit(office.sources[draft].ref, "Our wards", first)
    revise(office.desk, gone)
    revise(office.desk, late)
    card = office.card(draft)
    assert alts(card) == ["One."]


def test_the_same_message_read_again_changes_nothing(office: Office) -> None:
    draft = office.illustrated()
    before = office.card(draft)
    revise(office.desk, office.sources[draft])
    edit(office, draft, "Sleep well.")
    assert office.card(draft) == before


def test_a_new_alt_text_makes_earlier_reviews_stop_counting(office: Office) -> None:
    draft = office.illustrated()
    office.confirm(draft, CLINICIAN)
    seen = office.card(draft).revision_id
    describe(office.desk, draft, seen, AUTHOR, ["A bed by a window."])
    card = office.card(draft)
    assert card.verdict.stages[0].people == ()
    assert card.revision_id != seen
    with pytest.raises(RefusedError, match="changed since"):
        describe(office.desk, draft, seen, AUTHOR, ["Late."])


def test_reviewers_see_which_words_of_a_picture_are_new(office: Office) -> None:
    draft = office.illustrated("Our ward", ("A bed.",))
    office.confirm(draft, CLINICIAN)
    describe(office.desk, draft, office.card(draft).revision_id, AUTHOR, ["A tidy bed."])
    shown = office.card(draft).changes
    assert [change.text for change in shown if change.fate is Fate.ADDED] == ["tidy "]
    assert office.card(draft).reviewed_revision == 3


def test_a_name_in_an_alt_text_is_judged_beside_the_text(office: Office) -> None:
    draft = office.draft("He had his knee surgery here", pictures=[WARD])
    office.check()
    seen = office.card(draft).revision_id
    with pytest.raises(RefusedError, match="patient data"):
        describe(office.desk, draft, seen, AUTHOR, ["Kevin Marsh, patient, in his bed."])
    assert office.card(draft).revision_id == seen


@pytest.mark.parametrize("fetched_first", [True, False])
def test_what_an_edit_with_patient_data_voids_no_picture_brings_back(
    office: Office, fetched_first: bool
) -> None:
    draft = office.draft("Our ward", pictures=[WARD])
    if fetched_first:
        office.check()
    edit(office, draft, "Our ward, where Kevin Marsh (MRN 4471902) had his knee surgery")
    office.check()
    card = office.card(draft)
    assert (card.state, card.findings) == (DraftState.DRAFTING, (REFUSED,))
    with pytest.raises(RefusedError):
        describe(office.desk, draft, card.revision_id, AUTHOR, ["A bed."])
    edit(office, draft, "Our new ward")
    describe(office.desk, draft, office.card(draft).revision_id, AUTHOR, ["A bed."])
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_the_same_alt_text_again_is_no_new_version(office: Office) -> None:
    draft = office.illustrated(alts=("A bed.",))
    seen = office.card(draft).revision_id
    describe(office.desk, draft, seen, AUTHOR, ["A bed. "])
    assert office.card(draft).revision_id == seen


def test_who_writes_an_alt_text_is_an_author_and_cannot_approve(office: Office) -> None:
    draft = office.illustrated()
    seen = office.card(draft).revision_id
    describe(office.desk, draft, seen, COMPLIANCE, ["A bed and a nurse."])
    with pytest.raises(RefusedError, match="You wrote this"):
        office.decide(draft, COMPLIANCE)


@pytest.mark.parametrize("alts", [[], ["One."], ["One.", "Two.", "Three."]])
def test_alt_texts_for_other_pictures_are_refused(office: Office, alts: list[str]) -> None:
    draft = office.illustrated(alts=("One.", "Two."))
    with pytest.raises(RefusedError, match="changed since"):
        describe(office.desk, draft, office.card(draft).revision_id, AUTHOR, alts)


def test_strangers_finished_drafts_and_drafts_without_pictures_are_refused(office: Office) -> None:
    plain, ended, drawn = office.draft("No picture."), office.illustrated("A"), office.illustrated()
    withdraw(office.desk, ended, AUTHOR)
    for draft, person, words in (
        (plain, AUTHOR, "no pictures"),
        (ended, AUTHOR, "is finished"),
        (drawn, OUTSIDER, "Only its author"),
    ):
        with pytest.raises(RefusedError, match=words):
            describe(office.desk, draft, office.card(draft).revision_id, person, ["A bed."])


def test_a_gif_is_one(office: Office) -> None:
    draft = office.illustrated(pictures=[gif(2)])
    assert office.card(draft).pictures[0].kind is MediaKind.GIF


def test_the_same_file_in_another_draft_is_not_fetched_again(office: Office) -> None:
    first = office.illustrated("One", ("A bed.",))
    (file,) = office.card(first).files
    office.chat.files.clear()
    new = office.chat.write("Two", files=[file.ref])
    submit(office.desk, new)
    card = office.card(office.id_of(new))
    assert (card.state, card.fetching, alts(card)) == (DraftState.IN_REVIEW, None, ["A bed."])
    describe(office.desk, card.id, card.revision_id, AUTHOR, ["Another bed."])
    assert alts(office.card(first)) == ["A bed."]


def test_a_file_that_an_edit_shares_from_another_draft_is_there_at_once(office: Office) -> None:
    first, second = office.illustrated("One", ("A bed.",)), office.draft("Two")
    (file,) = office.card(first).files
    office.chat.files.clear()
    edit(office, second, "Two", [file.ref])
    card = office.card(second)
    assert (card.fetching, alts(card)) == (None, [""])


def test_a_file_that_waits_in_another_draft_waits_in_this_one_too(office: Office) -> None:
    first = office.draft("One", pictures=[WARD])
    new = office.chat.write("Two", files=[office.card(first).files[0].ref])
    submit(office.desk, new)
    second = office.id_of(new)
    assert office.card(second).fetching == Fetching(1, stuck=False)
    office.check()
    assert [office.card(one).fetching for one in (first, second)] == [None, None]


def test_a_poisoned_file_does_not_stop_the_loop(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = office.draft("Bad", pictures=[WARD]), office.draft("Good", pictures=[GARDEN])

    def poisoned(file: BinaryIO, largest: int) -> object:
        file.seek(0)
        if file.read() == WARD:
            raise ZeroDivisionError
        return clean(file, largest)

    monkeypatch.setattr("bot.checks.clean", poisoned)
    office.check()
    assert office.card(bad).fetching == Fetching(1, stuck=False)
    assert office.card(good).fetching is None
