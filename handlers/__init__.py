"""The fronts: one translator for each chat platform."""
