"""What a revision says comes back from its row whole, and old rows are read as they were."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import Content, Part, Poll
from storage.contents import dumps, loads
from tests.domain.test_fingerprint import CONTENTS, TEXTS


@given(CONTENTS, st.lists(TEXTS, max_size=2).map(tuple))
def test_nothing_of_a_content_is_lost(content: Content, sources: tuple[str, ...]) -> None:
    whole = replace(content, sources=sources)
    assert loads(dumps(whole)) == whole
    assert dumps(loads(dumps(whole))) == dumps(whole)


def test_what_is_absent_is_not_written() -> None:
    """The rows of before know nothing beside a text, and an edit is compared with them."""
    stored = '{"account": "clinic", "parts": [{"text": "Sleep well."}]}'
    assert loads(stored) == Content("clinic", (Part("Sleep well."),))
    assert dumps(loads(stored)) == stored


def test_what_is_there_can_be_read_by_others() -> None:
    poll = Poll(("Yes", "No"), 60)
    parts = (Part("Well?", poll=poll),)
    content = Content("clinic", parts, "12", ("https://who.int",), "AUTH-17")
    assert json.loads(dumps(content)) == {
        "account": "clinic",
        "parts": [{"text": "Well?", "poll": [60, ["Yes", "No"]]}],
        "reply_to": "12",
        "sources": ["https://who.int"],
        "authorization": "AUTH-17",
    }
