"""What an envelope is acknowledged with.

Bolt has this too, but there it loads the whole asynchronous Bolt: 3 MB that nothing else uses.
"""

import json
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse


async def acknowledge(
    client: AsyncBaseSocketModeClient, request: SocketModeRequest, response: BoltResponse
) -> None:
    """Send what a listener answered; nothing where it failed, so that Slack delivers again."""
    if response.status == 200:
        answer = SocketModeResponse(request.envelope_id, _payload(response))
        await client.send_socket_mode_response(answer)


def _payload(response: BoltResponse) -> dict[str, Any] | None:
    if not response.body:
        return None
    kind = response.headers.get("content-type", [""])[0]
    if not kind.startswith("application/json"):
        return {"text": response.body}
    payload: dict[str, Any] = json.loads(response.body)
    return payload
