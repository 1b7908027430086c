"""The Bolt app: every story registered, and everything that comes acknowledged."""

import logging
import re

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.desk import Desk
from handlers.slack import commands, intake, payloads, review, schedule, stopping
from handlers.slack.errors import quiet
from handlers.slack.front import Front

_STORIES = (intake, review, schedule, stopping, commands)
_ANYTHING = re.compile("")

_log = logging.getLogger(__name__)


def build_app(desk: Desk, client: WebClient, channel: str) -> App:
    """Return the app of one drafts channel.

    Bolt neither calls Slack nor knows the token: asking who we are on the way of an event would
    acknowledge and lose it while Slack is down, and a context that is logged would show it.
    """
    app = App(
        client=WebClient(base_url=client.base_url),
        authorize=_no_authorization,
        process_before_response=True,
        ignoring_self_events_enabled=False,
    )
    front = Front(desk, client, channel)
    for story in _STORIES:
        story.register(app, front)
    _register_rest(app)
    app.error(quiet)
    return app


def dispatch(app: App, request: SocketModeRequest) -> BoltResponse:
    """Run what an envelope asks for; what is malformed is acknowledged, for it will never mend."""
    if not payloads.is_sound(request.payload):
        _log.warning("a malformed %s was left alone", request.type)
        return BoltResponse(status=200)
    response: BoltResponse = run_bolt_app(app, request)
    return response


def _no_authorization() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _register_rest(app: App) -> None:
    """Acknowledge whatever no story listens to: Slack would deliver it again."""
    for listen in (app.event, app.action, app.view, app.view_closed, app.command, app.shortcut):
        listen(_ANYTHING)(_acknowledge)


def _acknowledge(ack: Ack) -> None:
    ack()
