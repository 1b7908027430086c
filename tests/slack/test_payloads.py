"""Payloads: what is read of them, and that nothing malformed gets further."""

from typing import Any

import pytest

from bot.domain.card import Offer
from handlers.slack import interactions, payloads
from handlers.slack.arrivals import (
    Changed,
    Click,
    Deleted,
    Malformed,
    Message,
    Picked,
    Subject,
    Submission,
    Written,
)
from handlers.slack.fields import Fields, MalformedError, clean
from tests.conftest import AUTHOR, CLINICIAN
from tests.slack import bodies
from tests.slack.bodies import CHANNEL, TS


def test_a_message_is_read() -> None:
    found = payloads.happening(bodies.written("Hello"))
    assert isinstance(found, Written)
    message = found.message
    assert (message.channel, message.ts, message.user, message.text) == (
        CHANNEL, TS, AUTHOR, "Hello",
    )  # fmt: skip
    assert (message.is_reply, message.from_bot, message.files) == (False, False, ())
    assert message.edited_ts == ""


@pytest.mark.parametrize(
    ("more", "reply"), [({}, False), ({"thread_ts": TS}, False), ({"thread_ts": "1.0"}, True)]
)
def test_a_message_is_a_reply_in_the_thread_of_another(more: dict[str, Any], reply: bool) -> None:
    found = payloads.happening(bodies.written(**more))
    assert isinstance(found, Written)
    assert found.message.is_reply is reply


def test_an_edit_names_its_moment() -> None:
    found = payloads.happening(bodies.changed("New"))
    assert isinstance(found, Changed)
    assert (found.message.text, found.message.edited_ts) == ("New", "1790000101.000100")


def test_a_change_that_is_no_edit_names_none() -> None:
    found = payloads.happening(bodies.changed("New", edited_ts=None))
    assert isinstance(found, Changed)
    assert found.message.edited_ts == ""


def test_an_edit_in_the_history_was_made_at_the_latest_at_the_end_of_its_second() -> None:
    edited = bodies.message(edited={"user": AUTHOR, "ts": "1790000100.000000"})
    (found,) = payloads.history({"messages": [edited]}, CHANNEL)
    assert isinstance(found, Message)
    assert found.edited_ts == "1790000100.999999"


@pytest.mark.parametrize(
    ("before", "of_person", "is_reply"),
    [
        ({}, True, False),
        ({"bot_id": "B0BOT"}, False, False),
        ({"thread_ts": "1.0"}, True, True),
        ({"thread_ts": TS}, True, False),
    ],
)
def test_a_deletion_says_whose_message_it_was(
    before: dict[str, Any], of_person: bool, is_reply: bool
) -> None:
    found = payloads.happening(bodies.deleted(**before))
    assert found == Deleted(CHANNEL, TS, of_person, is_reply)


def test_a_click_names_what_it_saw() -> None:
    found = interactions.click(bodies.click("approve", "12:34"))
    assert found == Click(CLINICIAN, Offer.APPROVE, Subject(12, 34), "1.1", "1.2.3", CHANNEL, TS)


def test_a_click_is_read_without_its_channel() -> None:
    body = bodies.click("approve", "12:34")
    del body["channel"], body["message"]
    found = interactions.click(body)
    assert isinstance(found, Click)
    assert (found.channel, found.thread_ts) == (CHANNEL, None)


def test_a_modal_brings_back_what_was_filled_in() -> None:
    body = bodies.submitted(
        "when",
        "12:34",
        when=bodies.chosen("at"),
        at=bodies.picked(1_790_000_000),
        reason=bodies.typed(None),
    )
    found = interactions.submission(body)
    assert isinstance(found, Submission)
    assert (found.offer, found.subject) == (Offer.WHEN, Subject(12, 34))
    assert (found.words("when"), found.seconds("at")) == ("at", 1_790_000_000)
    assert (found.words("reason"), found.seconds("when"), found.words("else")) == ("", None, "")


@pytest.mark.parametrize(
    "value", ["", "12", "12:", ":34", "12:34:approve:9", "-1:3", "9" * 30 + ":1", "x", '{"d":1}']
)
def test_a_button_with_another_value_is_malformed(value: str) -> None:
    assert interactions.click(bodies.click("approve", value)) == Malformed("subject")


@pytest.mark.parametrize(
    "body",
    [
        bodies.click("explode", "12:34"),
        bodies.click("approve", "12:34") | {"actions": []},
        bodies.click("approve", "12:34") | {"actions": None},
        bodies.click("approve", "12:34") | {"actions": ["x"]},
        bodies.click("approve", "12:34") | {"user": {"id": "<!channel>"}},
        bodies.click("approve", "12:34") | {"trigger_id": 7},
    ],
)
def test_a_click_that_slack_does_not_send_is_malformed(body: bodies.Body) -> None:
    assert isinstance(interactions.click(body), Malformed)


def test_what_is_malformed_is_named_without_its_content() -> None:
    found = payloads.happening(bodies.written(user="secret text"))
    assert found == Malformed("/event/user")


def test_one_bad_message_does_not_spoil_the_history() -> None:
    answer = {"ok": True, "messages": [bodies.message(), {"ts": "?"}, 7]}
    with pytest.raises(MalformedError):
        payloads.history(answer, CHANNEL)
    answer["messages"] = [bodies.message(), {"ts": "?"}]
    good, bad = payloads.history(answer, CHANNEL)
    assert isinstance(good, Message)
    assert bad == Malformed("/ts")


def test_numbers_are_whole_and_no_truth_values() -> None:
    for value in (True, 1.5, -1, 2**60, "7"):
        with pytest.raises(MalformedError):
            Fields({"n": value}).number("n")
    assert Fields({"n": 7}).number("n") == 7


def test_what_no_database_takes_is_replaced() -> None:
    assert clean("a\ud800b\0c😀") == "a\ufffdb\ufffdc😀"


def test_the_files_of_a_message_are_read_and_deleted_ones_are_not() -> None:
    files = [{"id": "F1", "mode": "hosted"}, {"id": "F2", "mode": "tombstone"}, {"id": "F3"}]
    found = payloads.happening(bodies.written(subtype="file_share", files=files))
    assert isinstance(found, Written)
    assert found.message.files == ("F1", "F3")


@pytest.mark.parametrize(
    ("before", "now", "lost"),
    [
        (["F1", "F2"], ["F1"], True),
        (["F1"], ["F1"], False),
        (["F1"], ["F2"], False),
        ([], [], False),
    ],
)
def test_a_change_says_whether_files_are_gone(
    before: list[str], now: list[str], lost: bool
) -> None:
    body = bodies.changed("Hello", None, files=[{"id": one} for one in now])
    body["event"]["previous_message"]["files"] = [{"id": one} for one in before]
    found = payloads.happening(body)
    assert isinstance(found, Changed)
    assert found.lost_files is lost


def test_a_file_without_an_id_is_malformed() -> None:
    assert payloads.happening(bodies.written(files=[{"name": "x"}])) == Malformed(
        "/event/files/0/id"
    )


def filled(**files: Any) -> Any:
    """The composer, submitted with one file in a field for files."""
    entry = {"type": "file_input", "files": [files]}
    return interactions.filled(bodies.submitted("compose", "1:1:x", AUTHOR, pick=entry))


@pytest.mark.parametrize("said", [{"size": 12}, {"size": None}, {}])
def test_a_window_brings_the_files_that_were_picked(said: dict[str, Any]) -> None:
    found = filled(id="F1", name="Kevin Marsh.png", **said)
    assert found.entries == {"pick": (Picked("F1", said.get("size") or 0),)}
    assert "Kevin" not in repr(found)


@pytest.mark.parametrize(("said", "field"), [({}, "id"), ({"id": "F1", "size": "big"}, "size")])
def test_a_file_that_slack_does_not_send_is_malformed(said: dict[str, Any], field: str) -> None:
    found = filled(**said)
    assert isinstance(found, Malformed)
    assert found.field.endswith(field)
