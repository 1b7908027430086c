"""Checks on a text: what they find is shown to its author and its reviewers."""

from bot.guidelines.examine import examine
from bot.guidelines.judging import Choices, Guidelines
from bot.guidelines.tweet import Tweet

__all__ = ["Choices", "Guidelines", "Tweet", "examine"]
