"""The Home tab: whoever opens it is noted, and the Home loop draws it."""

from slack_bolt import App

from bot.workflow.looking import open_home
from handlers.slack.arrivals import Opened
from handlers.slack.errors import on_opened
from handlers.slack.front import Front


def register(app: App, front: Front) -> None:
    """Listen to who opens the app."""
    app.event("app_home_opened")(on_opened(front, opened))


def opened(front: Front, found: Opened) -> None:
    """Note that somebody looks at their Home tab."""
    if found.tab == "home":
        open_home(front.desk, found.person)
