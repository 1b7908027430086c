"""Whatever people write passes one gate before it is stored: each way in, and each column."""

import json
import logging

import pytest
from sqlalchemy import Boolean, Enum, Integer
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from handlers.slack.ids import Field
from tests.conftest import COMPLIANCE
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.ways_in import (
    PRIVATE,
    TOLD,
    WAYS,
    Desks,
    Way,
    cells,
    check_nothing_is_kept,
    desks,
)

__all__ = ["desks"]

WORD = "Zanzibar"
"""Stands in the harmless text, and in nothing else."""
CLEAN = f"Flu jabs start on Monday in {WORD}."

WORDS = frozenset(
    {"revision.content", "review.reason", "reply.text", "pause.reason", "publication.detail"}
)
"""The columns that hold what people wrote."""

OTHERS = {
    "id, name or time of somebody or something": """
        account.name account.newest_id audit_entry.actor channel_mark.front channel_mark.channel
        channel_mark.ts checkpoint.channel draft.account draft.author draft.front draft.channel
        draft.ts draft.edited_ts draft.card_channel draft.card_ts draft.card_link draft.status_ts
        home_tab.person notice.key notice.person notice.channel notice.thread_ts
        occurrence.day pause.account pause.actor person.id person.zone
        recurrence.person recurrence.first recurrence.until recurrence.done
        source_mark.front source_mark.channel source_mark.ts
        source_mark.edited_ts stand_in.reviewer stand_in.person purge.actor refusal.author
        refusal.front refusal.channel refusal.ts refusal.edited_ts reply.front reply.channel
        reply.ts reply.person reply.edited_ts revision.author publication.account
        publication.settle publication.settle_by source_file.ref
        review.reviewer attempt.account attempt.since_id
        attempt.parent_id attempt.tweet_id publication_part.tweet_id""",
    "hash, key or signature": """
        audit_entry.fingerprint audit_entry.previous audit_entry.hash checkpoint.hash
        checkpoint.key checkpoint.signature draft.fingerprint home_tab.digest refusal_key.key
        refusal.seal source_file.sha256 blob.sha256 blob_piece.sha256
        revision.fingerprint publication.fingerprint""",
    "words of ours": """
        audit_entry.detail notice.text source_file.refusal refusal.rules refusal.places
        finding.rule finding.message
        finding.title finding.citation finding.pack link.why link.breaks look.why look.breaks
        review.acknowledged review.attested""",
    "a link of a content that passed the gate, and the site behind it": """
        link.url link.host link.title link.answered look.url look.host look.title""",
    "a picture, whose words people look for": "blob_piece.content",
    "what X answered to an approved text": "attempt.detail publication_part.returned_text",
}
"""Why the other columns of text hold nothing that anybody wrote."""

FORMED = {
    Field.WHEN,
    Field.AT,
    Field.WORDS,
    Field.SETTLED,
    Field.ADDRESS,
    Field.ACCOUNT,
    Field.LONG,
    Field.POLL_FOR,
    Field.REPLY,
    Field.HASHTAGS,
    Field.RHYTHM,
    Field.FIRST,
    Field.CLOCK,
    Field.UNTIL,
}
"""Fields of which a choice, a time or the number of a tweet is stored, never what was typed.

The texts of the composer stand in blocks that are named by their place.
"""


def columns() -> set[str]:
    """Every column that there is, but those of numbers, moments and words of a closed set."""
    return {
        str(column)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if not isinstance(column.type, (Integer, Boolean, UTCDateTime, Enum))
    }


def test_of_every_column_of_text_it_is_said_whose_words_it_holds() -> None:
    others = [column for named in OTHERS.values() for column in named.split()]
    assert sorted([*WORDS, *others]) == sorted(columns())


def test_every_column_of_words_and_every_typed_field_has_its_way_in() -> None:
    assert {column for column, _ in WAYS.values()} == WORDS
    assert {field for _, field in WAYS.values() if field} | FORMED == set(Field)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_people_write_stands_in_the_column_of_its_way_alone(desks: Desks, way: Way) -> None:
    way(desks, CLEAN)
    desks.office.deliver()
    assert {column for column, cell in cells(desks.office) if WORD in cell} == {WAYS[way][0]}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_patient_data_is_kept_by_no_way_in_and_its_writer_is_told(
    desks: Desks, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = way(desks, PRIVATE)
    check_nothing_is_kept(desks, answer, caplog.text)
    told = [word.text for word in desks.office.chat.told]
    assert TOLD in json.dumps([answer, told])


@pytest.mark.parametrize(
    "text", [f"{PRIVATE} draft this", f"away until Friday, {PRIVATE}", f"when 1 {PRIVATE}"]
)
def test_a_command_that_cannot_be_followed_is_not_repeated(
    desks: Desks, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    desks.office.draft()
    with caplog.at_level(logging.DEBUG):
        answer = desks.slack.take(bodies.command(text))
    check_nothing_is_kept(desks, answer, caplog.text)


def test_a_private_time_is_refused_and_not_repeated(
    desks: Desks, caplog: pytest.LogCaptureFixture
) -> None:
    card, typed = desks.office.card(desks.office.draft()), bodies.typed(PRIVATE)
    with caplog.at_level(logging.DEBUG):
        answer = desks.slack.submit("when", card, COMPLIANCE, words=typed)
    assert "do not understand" in answer["errors"]["words"]
    check_nothing_is_kept(desks, answer, caplog.text)


def test_whoever_writes_a_draft_into_the_command_is_told_as_well(slack: Slack) -> None:
    assert TOLD in slack.take(bodies.command(PRIVATE))


def test_a_private_address_of_a_tweet_is_refused_and_not_repeated(desks: Desks) -> None:
    card = desks.office.card(desks.office.in_question())
    typed = bodies.typed(PRIVATE)
    answer = desks.slack.submit("settle_live", card, COMPLIANCE, address=typed)
    assert "no address of a tweet" in answer["errors"]["address"]
    check_nothing_is_kept(desks, answer)


def test_a_fault_with_a_private_message_tells_nobody_its_words(
    desks: Desks, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object, text: str, __: object) -> None:
        raise ValueError(text)

    monkeypatch.setattr("bot.workflow.intake.exposed_in", broken)
    body = bodies.written(PRIVATE)
    with caplog.at_level(logging.DEBUG):
        responses = [desks.slack.send(body, retry).body for retry in range(4)]
    assert "fault" in caplog.text
    check_nothing_is_kept(desks, responses, caplog.text)
