"""The Web API's client, and what its refusals mean to us."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.errors import ChatError
from handlers.slack.fields import MalformedError

TIMEOUT_S = 10
"""How long one call may take."""

_FINAL = frozenset(
    {
        "cannot_dm_bot",
        "cant_update_message",
        "invalid_arguments",
        "invalid_blocks",
        "message_not_found",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "thread_not_found",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "users_not_found",
    }
)
"""Refusals that a second try meets again; others heal when somebody mends a channel or a token."""


class SlackRefusedError(ChatError):
    """Slack said no; `name` is its word for why."""

    def __init__(self, name: str, *, retry_after: float = 0.0) -> None:
        super().__init__(
            f"Slack refused: {name}", permanent=name in _FINAL, retry_after=retry_after
        )
        self.name = name


def web_client(token: str, base_url: str = WebClient.BASE_URL) -> WebClient:
    """Return a client that sends every call once, and to a local Slack without a proxy.

    slack_sdk re-sends after a connection reset, which posts twice; and it takes a proxy from the
    environment for every address, whatever NO_PROXY says.
    """
    client = WebClient(token=token, base_url=base_url, timeout=TIMEOUT_S, retry_handlers=[])
    if base_url != WebClient.BASE_URL:
        client.proxy = None
    return client


@contextmanager
def asking() -> Iterator[None]:
    """Turn whatever a call of Slack's Web API raises into a ChatError."""
    try:
        yield
    except SlackApiError as error:
        raise _refusal(error) from None
    except MalformedError as error:
        raise ChatError(f"Slack's answer has no proper {error}", permanent=False) from None
    except (SlackClientError, HTTPException, OSError, ValueError) as error:
        words = f"Slack did not answer ({type(error).__name__})"
        raise ChatError(words, permanent=False) from None


def answer(response: SlackResponse) -> Mapping[str, Any]:
    """Return the JSON of an answer; MalformedError where it is none."""
    if not isinstance(response.data, dict):
        raise MalformedError("/")
    return response.data


def _refusal(error: SlackApiError) -> SlackRefusedError:
    response = error.response
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    wait = headers.get("retry-after", "")
    name = str(response.get("error") or f"HTTP {response.status_code}")
    return SlackRefusedError(name, retry_after=float(wait) if wait.isdecimal() else 0.0)
