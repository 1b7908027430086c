"""The office is at hand in every test."""

from tests.office import office

__all__ = ["office"]
