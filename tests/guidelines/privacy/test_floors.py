"""Floors on labelled texts that nobody here wrote: what is found, and that no look-alike is."""

from pathlib import Path

import pytest
import yaml

from bot.guidelines.privacy import private_spans
from bot.guidelines.privacy.rulings import RULES, blocking
from tests.bench.guidelines import FLOORS
from tests.bench.labelled import ASQ, FOLDER, read, score

pytestmark = pytest.mark.reference

OURS = {rule.id for rule in RULES.values()}


def test_names_and_record_numbers_are_found_in_clinical_queries(reference: Path) -> None:
    recall = score(read(reference / FOLDER / f"{ASQ}.jsonl"), private_spans).recall
    assert {kind: recall[kind] >= floor for kind, floor in FLOORS.items()} == dict.fromkeys(
        FLOORS, True
    )


def test_no_look_alike_is_blocked(reference: Path) -> None:
    texts = read(reference / FOLDER / f"{ASQ}.jsonl")
    looks = [one.text for one in texts if not one.labels]
    assert looks
    assert [text for text in looks if blocking(text)] == []


def test_the_examples_of_the_privacy_rules_hold(reference: Path) -> None:
    rules = yaml.safe_load((reference / "guidelines/rules.yaml").read_text("utf-8"))["rules"]
    judged = 0
    for rule in (rule for rule in rules if rule["id"] in OURS):
        for text in rule["examples"]["positive"]:
            assert rule["id"] in fired(text), text
        for text in rule["examples"]["negative"]:
            assert rule["id"] not in fired(text), text
        judged += 1
    assert judged == len(OURS)


def fired(text: str) -> set[str]:
    """Return the rules that fire on a text; a day of a patient's care is a day of somebody's."""
    ids = {RULES[span.kind].id for span in private_spans(text)}
    return ids | {"PHI-07"} if "PHI-20" in ids else ids
