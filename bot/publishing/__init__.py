"""The publishing loop: at most once to X, and never a lie about it."""
