"""Countersign: exactly what was approved, exactly once, on time."""

__version__ = "0.1.0"
