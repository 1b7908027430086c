"""Checks on a text: what they find is shown to its author and its reviewers."""

from bot.guidelines.examine import examine

__all__ = ["examine"]
