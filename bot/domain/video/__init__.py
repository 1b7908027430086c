"""Videos as files: what they are, and what of them may go out. Nothing is ever re-encoded."""
