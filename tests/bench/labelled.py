"""Labelled texts of others, and how well the detector knows what they label.

A text is a JSON object a line, `{"text": …, "spans": [{"type": …, "start": …, "end": …}]}`; one
without spans reads like a text about a patient and names nobody: a look-alike.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.guidelines.privacy import Kind, PrivateSpan

FOLDER = Path("data/phi_dev")
ASQ = "asq_phi"

LABELS: Mapping[str, str] = {
    "NAME": "name",
    "PERSON": "name",
    "DATE": "date",
    "DATE_TIME": "date",
    "MEDICAL_RECORD_NUMBER": "record_number",
    "UNIQUE_IDENTIFIER": "plan_number",
    "HEALTH_PLAN_BENEFICIARY_NUMBER": "plan_number",
    "ACCOUNT_NUMBER": "plan_number",
    "CERTIFICATE_LICENSE_NUMBER": "plan_number",
    "US_DRIVER_LICENSE": "plan_number",
    "PHONE_NUMBER": "phone",
    "FAX_NUMBER": "phone",
    "SOCIAL_SECURITY_NUMBER": "national_id",
    "US_SSN": "national_id",
    "EMAIL_ADDRESS": "email",
    "IP_ADDRESS": "ip_address",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "card",
    "STREET_ADDRESS": "address",
    "ZIP_CODE": "address",
}
"""What each label is called here; labels that are no finding (towns, companies, links) are left."""

_NUMBERS = frozenset({"record_number", "plan_number"})
_CALLED = {
    Kind.BIRTH_DATE: "date",
    Kind.CARE_DATE: "date",
    Kind.PATIENT_DATE: "date",
    Kind.IBAN: "card",
    Kind.DEVICE: "plan_number",
}
_OVER_ALL = frozenset({"NRP", "TITLE"})

Detector = Callable[[str], Iterable[PrivateSpan]]


@dataclass(frozen=True, slots=True)
class Label:
    """What others say stands at `text[start:end]`; `kind` is None where it is not scored."""

    kind: str | None
    start: int
    end: int
    ignored: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what it holds."""

    text: str
    labels: tuple[Label, ...]


@dataclass(slots=True)
class Score:
    """Recall and precision, by kind."""

    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> dict[str, float]:
        """The share of labelled spans that the detector overlaps with one of their kind."""
        return {kind: self.found[kind] / count for kind, count in self.labelled.most_common()}

    @property
    def precision(self) -> dict[str, float]:
        """The share of found spans that overlap a label of their kind, where that is labelled."""
        return {
            kind: self.right[kind] / self.said[kind] for kind in self.labelled if self.said[kind]
        }


def read(path: Path) -> tuple[Labelled, ...]:
    """Return the texts of a file."""
    return tuple(map(_labelled, path.read_text("utf-8").splitlines()))


def score(texts: Iterable[Labelled], detector: Detector) -> Score:
    """Compare what a detector finds with the labels."""
    result = Score()
    for one in texts:
        said = [(_CALLED.get(s.kind, s.kind.value), s.start, s.end) for s in detector(one.text)]
        for label in one.labels:
            if label.kind:
                result.labelled[label.kind] += 1
                result.found[label.kind] += any(_fits(label, *span) for span in said)
        for kind, start, end in said:
            over = [label for label in one.labels if _overlaps(label, start, end)]
            if not any(label.ignored for label in over):
                result.said[kind] += 1
                result.right[kind] += any(_fits(label, kind, start, end) for label in over)
    return result


def _labelled(line: str) -> Labelled:
    row = json.loads(line)
    return Labelled(
        row["text"],
        tuple(
            Label(LABELS.get(s["type"]), s["start"], s["end"], s["type"] in _OVER_ALL)
            for s in row["spans"]
        ),
    )


def _fits(label: Label, kind: str, start: int, end: int) -> bool:
    same = label.kind == kind or {label.kind, kind} == _NUMBERS
    return same and _overlaps(label, start, end)


def _overlaps(label: Label, start: int, end: int) -> bool:
    return label.start < end and start < label.end
