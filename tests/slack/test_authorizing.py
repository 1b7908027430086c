"""A signed authorization is stated first; then a text is stored, and reviewers say why it may go.

Every person in here is made up.
"""

import logging

import pytest

from bot.domain.card import DraftCard, Offer
from bot.domain.draft import DraftState, NewDraft
from bot.domain.finding import Severity
from bot.domain.publication import PublicationState
from bot.revising import REFUSED
from bot.workflow.catching_up import catch_up
from bot.workflow.exposing import STATE_FIRST
from bot.workflow.intake import revise
from handlers.slack.blocks import draw
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.fakes.chat import CHANNEL, FRONT
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.test_blocks import said
from tests.slack.ways_in import PRIVATE, SECRETS, Desks, cells, desks
from tests.slack.windows import Window, composer

__all__ = ["desks"]

STORY = "Thanks to Kevin Marsh for trusting us with his knee surgery."
OTHER = "Kevin Marsh is back on his bike after his knee surgery."
CLEAN = "Knee surgery, explained."
REFERENCE = "AUTH-2026-017"
NAMED = "finding:PHI-09"
STATED = "Signed authorization, as its author states: \nAUTH-2026-017"


@pytest.fixture(autouse=True)
def _posting(slack: Slack) -> None:
    slack.client.answers["chat.postMessage"] = {"ts": "1790000500.000100"}


def stating(slack: Slack, reference: str = REFERENCE) -> Window:
    """Open the composer and state an authorization."""
    window = composer(slack, AUTHOR).use("state_authorization")
    return window.fill(authorization=reference)


@pytest.fixture
def authorized(slack: Slack) -> DraftCard:
    """A draft that names somebody, with the authorization for it."""
    assert not stating(slack).write(STORY).submit()
    return slack.draft()


def approve(slack: Slack, draft: DraftCard) -> None:
    entries = {NAMED: bodies.ticked("PHI-09"), "note": bodies.typed("I have seen the form")}
    for person in (CLINICIAN, COMPLIANCE):
        assert not slack.submit("approve", draft, person, **entries)


def editing(slack: Slack) -> Window:
    slack.click("edit", slack.draft(), AUTHOR, stamp=f"{len(slack.client.calls)}.1")
    return Window(slack, AUTHOR)


def details(desks: Desks) -> list[str]:
    return [cell for column, cell in cells(desks.office) if column == "audit_entry.detail"]


def kept(desks: Desks, secret: str) -> set[str]:
    return {column for column, cell in cells(desks.office) if secret in cell}


# Stated first


def test_what_is_authorized_is_stored_and_asks_every_reviewer(authorized: DraftCard) -> None:
    assert authorized.state is DraftState.IN_REVIEW
    assert authorized.content.authorization == REFERENCE
    (finding,) = authorized.findings
    assert (finding.rule, finding.severity, finding.wants_note) == ("PHI-09", Severity.WARN, True)
    assert finding.message.startswith("Its author states a signed authorization")
    assert STATED in said(draw(authorized))
    assert "Its author states a signed authorization: AUTH-2026-017." in draw(authorized).text


def test_nobody_approves_it_without_a_reason(slack: Slack, authorized: DraftCard) -> None:
    slack.click("approve", authorized, CLINICIAN)
    (view,) = slack.opened()[-1:]
    assert REFERENCE in str(view["blocks"][1])
    assert not view["blocks"][-1]["optional"]
    ticked = {NAMED: bodies.ticked("PHI-09"), "note": bodies.typed(" ")}
    assert slack.submit("approve", authorized, CLINICIAN, **ticked)["errors"]
    assert slack.draft().verdict.stages[0].people == ()
    approve(slack, authorized)
    assert slack.draft().state is DraftState.APPROVED


def test_it_is_published_without_its_reference(desks: Desks) -> None:
    stating(desks.slack).write(STORY).fill(when="now").submit()
    approve(desks.slack, desks.slack.draft())
    desks.office.work()
    assert desks.office.state(1) is PublicationState.PUBLISHED
    assert desks.office.x.posted == [STORY]


def test_the_reference_stands_in_the_revision_alone_and_the_record_says_that_there_is_one(
    desks: Desks, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        stating(desks.slack).write(STORY).submit()
        approve(desks.slack, desks.slack.draft())
        desks.office.deliver()
    assert kept(desks, REFERENCE) == {"revision.content"}
    assert '"authorization":"stated"' in details(desks)[0].replace(": ", ":")
    assert REFERENCE not in caplog.text
    told = desks.slack.take(bodies.command("audit 1"))
    assert "authorization stated" in told


def test_what_was_typed_before_it_is_stated_stays_and_is_not_repeated(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write(STORY).use("state_authorization")
    drawn = [args["view"] for method, args in slack.client.calls if method == "views.update"]
    assert "Kevin" not in str(drawn)
    assert window.texts() == [STORY]
    assert not window.fill(authorization=REFERENCE).use("more_parts").submit()
    assert slack.draft().parts[0].text == STORY


# Not stated, or not enough


@pytest.mark.parametrize("reference", [None, "", " - \u200b"])
def test_without_a_reference_nothing_is_stored_and_the_way_is_told(
    desks: Desks, reference: str | None
) -> None:
    window = composer(desks.slack, AUTHOR)
    if reference is not None:
        window.use("state_authorization").fill(authorization=reference)
    errors = window.write(STORY).submit()
    assert errors["text:0:0"].endswith(STATE_FIRST)
    assert desks.slack.drafts() == []
    assert not kept(desks, "Kevin")


def test_what_no_authorization_allows_stays_refused(desks: Desks) -> None:
    errors = stating(desks.slack).write(PRIVATE).submit()
    assert "Medical record" in errors["text:0:0"]
    assert STATE_FIRST not in errors["text:0:0"]
    mailbox = f"{STORY} k.marsh@example.org"
    assert "patient data" in stating(desks.slack).write(mailbox).submit()["text:0:0"]
    assert desks.slack.drafts() == []
    assert not kept(desks, "Kevin")


@pytest.mark.parametrize(
    "reference",
    [
        "Kevin Marsh",
        "Form of Rosa Delgado, drawer 2",
        "Marsh, Kevin",
        "MARSH-2026",
        "MRN 4471902",
        "k.marsh@example.org",
    ],
)
def test_a_reference_names_nobody(desks: Desks, reference: str) -> None:
    errors = stating(desks.slack, reference).write(STORY).submit()
    assert "patient data" in errors["text:0:0"]
    assert desks.slack.drafts() == []
    assert not any(kept(desks, word) for word in ("Marsh", "MARSH", "Rosa", "4471902"))


@pytest.mark.parametrize(
    "reference",
    [
        "Consent binder 3, tab 12",
        "HIPAA-AUTH 00123",
        "Privacy Office, folder Q2",
        "https://intranet.example/consents/17",
    ],
)
def test_a_number_or_a_place_is_a_reference(slack: Slack, reference: str) -> None:
    assert not stating(slack, reference).write(STORY).submit()
    assert slack.draft().content.authorization == reference


def test_a_reference_that_cannot_be_read_whole_is_said_at_its_field(slack: Slack) -> None:
    for reference, words in (("A" * 101, "shorten"), ("AUTH\u200b-17", "nobody can see")):
        window = stating(slack).write(STORY)
        window.view.chosen["authorization/authorization"]["value"] = reference
        assert words in window.submit()["authorization"]
    assert slack.drafts() == []


def test_a_message_never_carries_one_and_its_author_is_told_the_way(desks: Desks) -> None:
    desks.slack.take(bodies.written(f"{STORY}\n[Signed authorization: {REFERENCE}]"))
    assert desks.slack.drafts() == []
    assert desks.slack.told(AUTHOR)[-1].endswith(STATE_FIRST)
    desks.slack.take(bodies.written(PRIVATE, ts="1790000009.000100"))
    assert STATE_FIRST not in desks.slack.told(AUTHOR)[-1]
    assert not kept(desks, "Kevin")


def test_notes_and_replies_are_not_what_was_authorized(desks: Desks) -> None:
    stating(desks.slack).write(STORY).submit()
    entries = {NAMED: bodies.ticked("PHI-09"), "note": bodies.typed(OTHER)}
    draft = desks.slack.draft()
    assert desks.slack.submit("approve", draft, CLINICIAN, **entries)["errors"]
    assert kept(desks, "Kevin") == {"revision.content"}


# Copies and edits


def test_a_copy_states_it_anew(slack: Slack, authorized: DraftCard) -> None:
    slack.click("duplicate", authorized, CLINICIAN)
    assert slack.opened()[1:] == []
    assert slack.told(CLINICIAN)[-1].endswith(STATE_FIRST)


def test_a_copy_of_what_needs_none_has_none(slack: Slack) -> None:
    stating(slack).write(CLEAN).submit()
    slack.click("duplicate", slack.draft(), CLINICIAN)
    assert not Window(slack, CLINICIAN).blocks("authorization")


def test_an_edit_keeps_it_and_is_reviewed_anew(slack: Slack, authorized: DraftCard) -> None:
    approve(slack, authorized)
    assert not editing(slack).write(OTHER).submit()
    edited = slack.draft()
    assert (edited.revision, edited.state) == (2, DraftState.IN_REVIEW)
    assert edited.content.authorization == REFERENCE
    assert [finding.rule for finding in edited.findings] == ["PHI-09"]


def test_another_reference_alone_is_reviewed_anew(slack: Slack, authorized: DraftCard) -> None:
    approve(slack, authorized)
    assert not editing(slack).fill(authorization="AUTH-2026-018").submit()
    assert (slack.draft().revision, slack.draft().state) == (2, DraftState.IN_REVIEW)
    assert slack.draft().changes


def test_an_edit_that_no_authorization_allows_leaves_everything_as_it_was(
    slack: Slack, authorized: DraftCard
) -> None:
    approve(slack, authorized)
    assert "Medical record" in editing(slack).write(PRIVATE).submit()["text:0:0"]
    assert "names nobody" in editing(slack).fill(authorization="Kevin M.").submit()["text:0:0"]
    assert (slack.draft().revision, slack.draft().state) == (1, DraftState.APPROVED)


def test_who_takes_it_back_has_the_text_refused_and_the_approval_void(desks: Desks) -> None:
    slack, office = desks.slack, desks.office
    stating(slack).write(STORY).fill(when="now").submit()
    approve(slack, slack.draft())
    assert not editing(slack).write(OTHER).fill(authorization="").submit()
    void = slack.draft()
    assert (void.state, void.findings) == (DraftState.DRAFTING, (REFUSED,))
    assert office.state(void.id) is PublicationState.CANCELLED
    assert [stage.people for stage in void.verdict.stages] == [(), ()]
    office.wait_and_work(2, minutes=1)
    assert office.x.posted == []
    assert "words 1 to 2" in slack.told(AUTHOR)[-1]
    assert "took back the authorization that draft 1 needs" in slack.told(AUTHOR)[-1]
    assert not kept(desks, "bike")
    assert "bike" not in str(slack.client.calls)


def test_who_takes_it_back_once_it_is_live_is_told_both(desks: Desks) -> None:
    stating(desks.slack).write(STORY).fill(when="now").submit()
    approve(desks.slack, desks.slack.draft())
    window = editing(desks.slack)
    desks.office.work()
    assert not window.fill(authorization="").submit()
    assert (desks.slack.draft().state, desks.slack.draft().revision) == (DraftState.CLOSED, 1)
    publication = desks.slack.draft().publication
    assert publication
    assert publication.stop_asked
    live, back = desks.slack.told(AUTHOR)[-2:]
    assert "public already" in live
    assert "took back the authorization" in back


@pytest.mark.parametrize("text", [CLEAN, STORY])
def test_after_that_it_is_submitted_anew(slack: Slack, authorized: DraftCard, text: str) -> None:
    approve(slack, authorized)
    editing(slack).fill(authorization="").submit()
    window = editing(slack)
    assert not window.fill(authorization="" if text is CLEAN else REFERENCE).write(text).submit()
    again = slack.draft()
    assert (again.revision, again.state) == (3, DraftState.IN_REVIEW)
    assert bool(again.content.authorization) is (text is STORY)
    assert [stage.people for stage in again.verdict.stages] == [(), ()]


def test_taking_it_back_where_nothing_needs_it_is_an_edit_like_others(slack: Slack) -> None:
    stating(slack).write(CLEAN).submit()
    assert not editing(slack).fill(authorization="").submit()
    assert (slack.draft().revision, slack.draft().state) == (2, DraftState.IN_REVIEW)
    assert slack.draft().content.authorization == ""


def test_only_its_author_takes_it_back_and_only_from_what_they_saw(
    slack: Slack, authorized: DraftCard
) -> None:
    slack.click("edit", authorized, CLINICIAN)
    theirs = Window(slack, CLINICIAN).fill(authorization="")
    assert "Only its author" in theirs.submit()["text:0:0"]
    older = editing(slack)
    editing(slack).write(OTHER).submit()
    assert "was changed since" in older.fill(authorization="").submit()["text:0:0"]
    assert slack.draft().state is DraftState.IN_REVIEW


def test_reading_the_channel_again_does_not_refuse_what_is_authorized(desks: Desks) -> None:
    stating(desks.slack).write(STORY).submit()
    draft, chat = desks.slack.draft(), desks.office.chat
    chat.messages[draft.source] = NewDraft(draft.source, AUTHOR, STORY)
    catch_up(desks.office.desk, chat, FRONT, CHANNEL)
    revise(desks.office.desk, chat.edit(draft.source, OTHER))
    assert (desks.slack.draft().revision, desks.slack.draft().state) == (1, DraftState.IN_REVIEW)
    assert not kept(desks, "bike")
    assert not [secret for secret in SECRETS if secret in str(desks.slack.told(AUTHOR))]


def test_a_draft_with_an_authorization_does_not_repeat(slack: Slack, authorized: DraftCard) -> None:
    assert Offer.REPEAT not in authorized.offers
    slack.click("repeat", authorized, AUTHOR)
    assert "must be stated for each tweet anew" in slack.told(AUTHOR)[-1]
