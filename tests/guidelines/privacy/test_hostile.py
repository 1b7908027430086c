"""Texts made to keep a pattern busy: each is far longer than any message, and done in time.

One that ran away would not be done in hours; the limit leaves a busy machine all the time it needs.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guidelines.privacy import private_spans

LENGTH = 40_000
"""Characters: the longest message that Slack takes."""

PIECES = (
    "John Smith ", "a", "1", "1 ", "1-", "A ", "A. ", "@", "a@", "a.", "a.a@", "http://", "MRN ",
    "MRN: ", "MRN: a-", "plan number ", "(555) ", "555-", "+1 ", "12 Main ", "1 A ", "Rue de ",
    "born on ", "patient ", "a 30-year-old ", "Mr ", "Mr Mr John ", "1:", "::", "1.1.1.", "GB82 ",
    "Jan 1 ", "1/1/", "\u200b", "\U0001d5de", "é'", "van ", "Anna van ", "card 4 ", "4 ", "id # ",
    "John Smith, 30yo, ", "Anna, (", "chart-", "A1-", "ins ", "patient?id=", "www.", "/mrn/",
    "Dr. A. ", "her chemo Anna today. ", "NHS no no no ", "\n", "Kevin", "card number ", "iban a",
    "Rue de la ", "ul. ", "A 1 Apt ", "Main 1\n", "lives at 1 a ", "a b. ", "tom dot ", "a(at)b.",
    "a.b.c/", "former ", "'s new ", "Kevin's last ", "proud of Anna ", "Anna, our head ",
    "Anna of the big ", "pt john smith ", "he is 91 ", "seen on ", "RSSMRA", "NIR 2 ", "San ",
    "Unit 1 Box ", "Anna on a", "Chemo Anna had a big ", "dob 1",
    "serial number ", "Apt ", "He ", "0" * 30 + " ",
)  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_that_never_ends_is_done_in_time(piece: str) -> None:
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    spans = private_spans(text)
    assert all(span.end <= LENGTH for span in spans)


@pytest.mark.timeout(60)
@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=5))
def test_pieces_that_take_turns_are_done_in_time(pieces: list[str]) -> None:
    turn = "".join(pieces)
    private_spans((turn * (8_000 // len(turn) + 1))[:8_000])
