"""A local Slack: Web API, Socket Mode, and what people do in it."""

from bot.sandbox.slack.routes import routes
from bot.sandbox.slack.side import SlackSide

__all__ = ["SlackSide", "routes"]
