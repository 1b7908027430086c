"""Slack: the only folder that knows Bolt."""
