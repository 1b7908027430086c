"""Patient data in a text: found by form and check digit, believed only in its context."""

from bot.guidelines.privacy.detector import identifiers, private_spans
from bot.guidelines.privacy.spans import Kind, Known, PrivateSpan

__all__ = ["Kind", "Known", "PrivateSpan", "identifiers", "private_spans"]
