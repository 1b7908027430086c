"""The team of the benchmark, and a click that goes through Bolt's dispatch."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.desk import Desk
from bot.domain.card import DraftCard, Offer
from bot.domain.policy import Account, Policy, Waits
from bot.domain.quorum import Quorum, Stage
from handlers.slack.app import build_app, dispatch

CLINICIAN, COMPLIANCE = "U0CLINIC1", "U0COMPLY1"


def policy() -> Policy:
    """One account, two stages of one person each."""
    return Policy(
        accounts=(Account("clinic", "RiversideClinic", ZoneInfo("Europe/London")),),
        quorum=Quorum(
            (
                Stage("Clinical", 1, frozenset({CLINICIAN})),
                Stage("Compliance", 1, frozenset({COMPLIANCE})),
            ),
            timedelta(days=14),
        ),
        operators=frozenset({COMPLIANCE}),
        waits=Waits(),
    )


Click = Callable[[str, DraftCard], int]


def clicks(desk: Desk) -> Click:
    """Return what presses Approve as somebody, through Bolt, and answers the status of its ack."""
    app = build_app(desk, WebClient(base_url="http://127.0.0.1:9/"), "C0DRAFTS")
    stamps = count(1)

    def click(person: str, card: DraftCard) -> int:
        action = {
            "type": "button",
            "action_id": Offer.APPROVE.value,
            "block_id": "offers",
            "value": f"{card.id}:{card.revision_id}",
            "action_ts": f"{next(stamps)}.0",
        }
        payload = {
            "type": "block_actions",
            "user": {"id": person},
            "team": {"id": "T0CLINIC"},
            "api_app_id": "A0APP",
            "trigger_id": "1.2.3",
            "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0DRAFTS"},
            "channel": {"id": "C0DRAFTS"},
            "message": {"ts": "1.1", "thread_ts": "1.0"},
            "response_url": "http://127.0.0.1:9/",
            "actions": [action],
        }
        request = SocketModeRequest(type="interactive", envelope_id="e", payload=payload)
        return dispatch(app, request).status

    return click
