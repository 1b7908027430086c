"""Pictures as bytes: what they are, and what of them may go out. Nothing is ever re-encoded."""
