"""Checks on a text: what they find is shown to its author and its reviewers."""

from bot.guidelines.examine import examine
from bot.guidelines.judging import Choices, Guidelines

__all__ = ["Choices", "Guidelines", "examine"]
