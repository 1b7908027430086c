"""Floors on labelled texts that nobody here wrote: what is found, and that no look-alike is."""

from pathlib import Path

import pytest

from bot.guidelines import Tweet
from bot.guidelines.loading import standard
from bot.guidelines.privacy import private_spans
from tests.bench.guidelines import FLOORS
from tests.bench.labelled import ASQ, FOLDER, read, score

pytestmark = pytest.mark.reference


def test_names_and_record_numbers_are_found_in_clinical_queries(reference: Path) -> None:
    recall = score(read(reference / FOLDER / f"{ASQ}.jsonl"), private_spans).recall
    assert {kind: recall[kind] >= floor for kind, floor in FLOORS.items()} == dict.fromkeys(
        FLOORS, True
    )


def test_no_look_alike_is_blocked(reference: Path) -> None:
    texts = read(reference / FOLDER / f"{ASQ}.jsonl")
    looks = [one.text for one in texts if not one.labels]
    assert looks
    assert [text for text in looks if standard().exposures(Tweet(text))] == []
