"""An app of the desk, driven through Bolt's own dispatch, with a client that calls nobody."""

import json
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlmodel import select

from bot.desk import Desk
from bot.domain.card import DraftCard
from bot.workflow.looking import look
from handlers.slack.app import build_app, dispatch
from storage.models import Draft, Notice
from tests.slack import bodies
from tests.slack.taken import assert_call_is_taken


class RecordingClient(WebClient):
    """Keeps the calls instead of making them; answers with `refusal`, or what `answers` hold.

    What a call draws must be what Slack takes, whichever test it comes from.
    """

    def __init__(self) -> None:
        super().__init__(token="xoxb-test")
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusal: str | None = None
        self.answers: dict[str, dict[str, Any]] = {}

    def api_call(self, api_method: str, **kwargs: Any) -> SlackResponse:
        answer = SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data={"ok": self.refusal is None, "error": self.refusal}
            | self.answers.get(api_method, {}),
            headers={},
            status_code=200,
        )
        if self.refusal:
            raise SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # slack_sdk's
        arguments = kwargs.get("json") or kwargs.get("params") or {}
        assert_call_is_taken(api_method, arguments)
        self.calls.append((api_method, arguments))
        return answer


@dataclass
class Slack:
    """A Slack that sends payloads to the app; what comes back is what would be acknowledged."""

    desk: Desk
    client: RecordingClient = field(default_factory=RecordingClient)

    def __post_init__(self) -> None:
        self.app: App = build_app(self.desk, self.client, bodies.CHANNEL)

    def send(self, body: object, retry: int = 0) -> BoltResponse:
        return dispatch(self.app, bodies.request(body, retry))

    def take(self, body: object, retry: int = 0) -> Any:
        """Send a payload that must be acknowledged; returns what the acknowledgement carries."""
        response = self.send(body, retry)
        assert response.status == 200
        kind = response.headers.get("content-type", [""])[0]
        is_json = kind.startswith("application/json")
        return json.loads(response.body) if response.body and is_json else response.body

    def click(self, action_id: str, card: DraftCard, user: str, stamp: str = "1.1") -> Any:
        return self.take(bodies.click(action_id, f"{card.id}:{card.revision_id}", user, stamp))

    def submit(self, callback_id: str, card: DraftCard, user: str, **entries: bodies.Body) -> Any:
        about = f"{card.id}:{card.revision_id}"
        return self.take(bodies.submitted(callback_id, about, user, **entries))

    def drafts(self) -> list[DraftCard]:
        """Every draft that there is."""
        with self.desk.database.read() as session:
            ids = list(session.exec(select(Draft.id).order_by(Draft.id)))  # type: ignore[arg-type]
        return [look(self.desk, draft_id) for draft_id in ids if draft_id]

    def draft(self) -> DraftCard:
        """The only draft."""
        (card,) = self.drafts()
        return card

    def notices(self) -> list[Notice]:
        """Every notice that was left, oldest first."""
        with self.desk.database.read() as session:
            return list(session.exec(select(Notice).order_by(Notice.id)))  # type: ignore[arg-type]

    def told(self, person: str) -> list[str]:
        """What was left for one person."""
        return [notice.text for notice in self.notices() if notice.person == person]

    def opened(self) -> list[dict[str, Any]]:
        """The modals that were opened."""
        return [json.loads(args["view"]) if isinstance(args["view"], str) else args["view"]
                for method, args in self.client.calls if method == "views.open"]  # fmt: skip
