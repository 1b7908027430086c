"""The Bolt app: every story registered, and everything that comes acknowledged."""

import logging
import re

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.desk import Desk
from handlers.slack import commands, intake, review, schedule, stopping
from handlers.slack.errors import on_error
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
    app.error(on_error)
    return app


def dispatch(app: App, request: SocketModeRequest) -> BoltResponse:
    """Run what an envelope asks for; what is malformed is acknowledged: it would not mend."""
    asked = _read(request)
    if asked is None:
        _log.warning("a malformed %s was left alone", request.type)
        return BoltResponse(status=200)
    return app.dispatch(asked)


def _read(request: SocketModeRequest) -> BoltRequest | None:
    """Return what Bolt makes of an envelope, None where its reading stumbles over the payload."""
    try:
        headers = build_headers(request)
        return BoltRequest(mode="socket_mode", body=request.payload, headers=headers)
    except (TypeError, AttributeError, KeyError, ValueError):
        return None


def _no_authorization() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _register_rest(app: App) -> None:
    """Acknowledge whatever no story listens to: Slack would deliver it again."""
    for listen in (app.event, app.action, app.view, app.view_closed, app.command, app.shortcut):
        listen(_ANYTHING)(_acknowledge)


def _acknowledge(ack: Ack) -> None:
    ack()
