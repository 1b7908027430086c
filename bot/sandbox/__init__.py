"""The sandbox: a local Slack and a local X over the real protocols; see README.md here."""
