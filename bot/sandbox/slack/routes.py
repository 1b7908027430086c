"""The Slack side's addresses: the bot's under /slack, people's under /sandbox."""

from aiohttp import web

from bot.sandbox.slack.routes_files import FileRoutes
from bot.sandbox.slack.routes_people import PeopleRoutes
from bot.sandbox.slack.routes_setting import SettingRoutes
from bot.sandbox.slack.side import SlackSide


def routes(slack: SlackSide) -> list[web.AbstractRouteDef]:
    """Answer every route of the Slack side."""
    return [
        web.get("/slack/api/{method}", slack.api.call),
        web.post("/slack/api/{method}", slack.api.call),
        web.get("/slack/socket", slack.sockets.connect, allow_head=False),
        web.post("/slack/response/{id}", slack.respond),
        *FileRoutes(slack).routes(),
        *PeopleRoutes(slack).routes(),
        *SettingRoutes(slack).routes(),
    ]
