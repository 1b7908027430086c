"""The Bolt app: every story registered, and everything that comes acknowledged."""

import logging

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.desk import Desk
from handlers.slack import (
    commands,
    compose,
    describing,
    home,
    intake,
    pausing,
    repeating,
    review,
    schedule,
    stopping,
)
from handlers.slack.errors import on_error
from handlers.slack.front import Front
from handlers.slack.zones import Zones

_STORIES = (
    intake,
    review,
    describing,
    schedule,
    repeating,
    stopping,
    compose,
    pausing,
    home,
    commands,
)

_bolt_log = logging.getLogger(f"{__name__}.bolt")
_bolt_log.setLevel(logging.CRITICAL)  # its own loggers ignore ours, and warn of a token unused


def build_app(
    desk: Desk, client: WebClient, channel: str, review_channel: str | None = None
) -> App:
    """Return the app of one drafts channel; `on_error` acknowledges what no story listens to.

    Bolt neither calls Slack nor knows the token: asking who we are on the way of an event would
    acknowledge and lose it while Slack is down, and a context that is logged would show it.
    """
    app = App(
        logger=_bolt_log,
        client=WebClient(base_url=client.base_url),
        authorize=_no_authorization,
        process_before_response=True,
        ignoring_self_events_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    front = Front(desk, client, channel, Zones(client), review_channel)
    for story in _STORIES:
        story.register(app, front)
    app.error(on_error)
    return app


def dispatch(app: App, request: SocketModeRequest) -> BoltResponse:
    """Run what an envelope asks for; raises nothing, whatever the payload is."""
    try:
        return app.dispatch(_read(request))
    except Exception as error:  # noqa: BLE001 - Bolt's own reading stumbles over malformed payloads
        return on_error(error)


def _read(request: SocketModeRequest) -> BoltRequest:
    headers = build_headers(request)
    return BoltRequest(mode="socket_mode", body=request.payload, headers=headers)


def _no_authorization() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=None)
