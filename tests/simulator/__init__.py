"""A simulator of everything that people, X, time and crashes may do to the core, and its oracle."""
