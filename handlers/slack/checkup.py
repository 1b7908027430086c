"""What the doctor asks Slack: who we are, what we may do, and where we are members."""

from collections.abc import Iterable, Iterator

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.checkup import Check

SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "groups:history",
    "groups:read",
    "im:write",
    "users:read",
)
"""The scopes that this front cannot do without."""


def check_slack(client: WebClient, app_token: str, channels: Iterable[str]) -> Iterator[Check]:
    """Ask Slack everything that the bot needs of it; one check after the other."""
    yield from _identity(client)
    for channel in channels:
        yield _channel(client, channel)
    yield _socket(client, app_token)


def _identity(client: WebClient) -> Iterator[Check]:
    try:
        answer = client.auth_test()
    except (SlackClientError, OSError) as error:
        yield Check("Slack identity", works=False, words=_why(error))
        return
    yield Check("Slack identity", works=True, words=f"{answer['user']} in {answer['team']}")
    granted = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",")}
    missing = sorted(set(SCOPES) - granted)
    words = f"missing: {', '.join(missing)}; reinstall the app" if missing else "all granted"
    yield Check("Slack scopes", works=not missing, words=words)


def _channel(client: WebClient, channel: str) -> Check:
    name = "Slack channel"
    try:
        found = client.conversations_info(channel=channel)["channel"]
    except (SlackClientError, OSError) as error:
        return Check(name, works=False, words=f"{channel}: {_why(error)}")
    if found.get("is_archived"):
        return Check(name, works=False, words=f"#{found['name']} is archived")
    if not found.get("is_member"):
        words = f"not a member of #{found['name']}: invite the bot there"
        return Check(name, works=False, words=words)
    return Check(name, works=True, words=f"member of #{found['name']}")


def _socket(client: WebClient, app_token: str) -> Check:
    name = "Slack Socket Mode"
    try:
        client.apps_connections_open(app_token=app_token)
    except (SlackClientError, OSError) as error:
        return Check(name, works=False, words=_why(error))
    return Check(name, works=True, words="a connection can be opened")


def _why(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return f"Slack says {error.response['error']}"
    return f"Slack does not answer ({type(error).__name__})"
