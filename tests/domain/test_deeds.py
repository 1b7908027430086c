"""The record in words."""

import pytest

from bot.domain.audit import AuditAction
from bot.domain.deeds import in_words


@pytest.mark.parametrize("action", AuditAction)
def test_every_deed_has_words(action: AuditAction) -> None:
    assert in_words(action, {}) != action.value


def test_details_follow_in_brackets() -> None:
    said = in_words(AuditAction.PUBLICATION_INTENT, {"attempt": 7, "part": 0, "why": "it was due"})
    assert said == "was about to send a part to X (attempt 7; part 1; it was due)"
