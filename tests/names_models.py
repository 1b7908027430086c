"""Tiny spaCy models, made of rules, for who must not wait for a real one."""

from pathlib import Path

import spacy

NAME = "Zephyrine Quartermaine"
"""A made-up person whom no list of ours has."""


def tiny(folder: Path, *names: str, label: str = "PERSON") -> Path:
    """Save a model that finds some names and nothing else."""
    model = spacy.blank("en")
    rules = [{"label": label, "pattern": name} for name in names or (NAME,)]
    model.add_pipe("entity_ruler").add_patterns(rules)  # type: ignore[attr-defined]
    model.meta["name"] = "tiny"
    model.to_disk(folder)
    return folder
