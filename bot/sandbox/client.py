"""A person at the sandbox, in Python: what demo-check, crash runs, benchmarks and tests do."""

import time
from collections.abc import Callable
from typing import Any, Self, TypeVar

import requests
from requests.adapters import HTTPAdapter

Json = dict[str, Any]
T = TypeVar("T")

TIMEOUT_S = 120.0  # a burst may take as long; everything else answers within seconds
_LOOK_EVERY_S = 0.01
_SIMULTANEOUS = 128


class RefusedError(Exception):
    """The sandbox does not do it; the message says why, in words."""


class SandboxClient:
    """Everything under /sandbox as methods; may be shared by threads."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy stands between a machine and itself
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=_SIMULTANEOUS)
        self._session.mount("http://", adapter)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(
        self, method: str, path: str, body: Json | bytes | None = None, query: Json | None = None
    ) -> Json:
        """Send one request below /sandbox/ and answer its JSON; RefusedError in words."""
        url = f"{self.address}/sandbox/{path}"
        sent: Json = {"data": body} if isinstance(body, bytes) else {"json": body}
        response = self._session.request(method, url, params=query or {}, timeout=TIMEOUT_S, **sent)
        try:
            answer: Json = response.json()
        except ValueError:
            answer = {"error": f"{response.status_code} {response.reason}"}
        if not response.ok:
            raise RefusedError(answer.get("error", response.reason))
        return answer

    def wait_for(
        self, condition: Callable[[], T | None], timeout: float = 10.0, what: str = ""
    ) -> T:
        """Look until `condition` answers something true, and answer that; TimeoutError after."""
        deadline = time.monotonic() + timeout
        while not (found := condition()):
            if time.monotonic() >= deadline:
                raise TimeoutError(f"{what or 'what was waited for'} did not happen in {timeout} s")
            time.sleep(_LOOK_EVERY_S)
        return found

    def world(self) -> Json:
        """Answer the app, people, channels and X accounts."""
        return self.ask("GET", "world")

    def reset(self) -> None:
        """Put everything back to the start."""
        self.ask("POST", "reset", {})

    # Time

    def clock(self) -> Json:
        """Answer the time, how far it is ahead, where it is moving to, and what is named next."""
        return self.ask("GET", "clock")

    def move_time(self, **how: float) -> None:
        """Move the time ahead, `by_s` seconds or `to` a time, and wait until it is there."""
        self.ask("POST", "clock", how)
        self.wait_for(lambda: self.clock()["moving_to"] is None, TIMEOUT_S, "the move of the time")

    def real_time(self) -> None:
        """Make it the machine's time again."""
        self.ask("DELETE", "clock")

    # Messages

    def messages(self, channel: str, as_: str) -> list[Json]:
        """Answer what a person sees in a channel, oldest first."""
        query = {"channel": channel, "as": as_}
        found: list[Json] = self.ask("GET", "slack/messages", query=query)["messages"]
        return found

    def thread(self, channel: str, ts: str, as_: str) -> list[Json]:
        """Answer the replies to a message that a person sees, ephemeral ones too."""
        return [m for m in self.messages(channel, as_) if m.get("thread_ts") == ts != m["ts"]]

    def write(self, user: str, channel: str, text: str, **more: Any) -> str:
        """Type a message (`thread_ts`, `subtype`, `files` if wanted); answers its ts."""
        body = {"user": user, "channel": channel, "text": text, **more}
        return str(self.ask("POST", "slack/messages", body)["ts"])

    def edit(self, user: str, channel: str, ts: str, text: str, **more: Any) -> None:
        """Change one's own message; `files` are those that it has from now on."""
        self.ask("PUT", f"slack/messages/{channel}/{ts}", {"user": user, "text": text, **more})

    def upload(self, user: str, name: str, content: bytes) -> str:
        """Pick a file to share with a message or by a modal; answers its id."""
        query = {"user": user, "name": name}
        return str(self.ask("POST", "slack/files", content, query)["id"])

    def delete_file(self, user: str, id_: str) -> None:
        """Delete one's own file, wherever it was shared."""
        self.ask("DELETE", f"slack/files/{id_}", {"user": user})

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        self.ask("DELETE", f"slack/messages/{channel}/{ts}", {"user": user})

    def unfurl(self, channel: str, ts: str) -> None:
        """Let Slack send the change that is no edit."""
        self.ask("POST", "slack/unfurl", {"channel": channel, "ts": ts})

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Add a reaction, or take it away if it is there."""
        body = {"user": user, "channel": channel, "ts": ts, "name": name}
        self.ask("POST", "slack/reactions", body)

    # The app

    def click(self, user: str, channel: str, ts: str, action_id: str, **more: Any) -> Json:
        """Use an element of a message (`block_id`, `value`, `stale`); `{acked, error?}`."""
        body = {"user": user, "channel": channel, "ts": ts, "action_id": action_id, **more}
        return self.ask("POST", "slack/actions", body)

    def click_in_view(self, user: str, view_id: str, action_id: str, **more: Any) -> Json:
        """Use an element of a modal (`values`: filled in so far) or Home tab; `{acked, error?}`."""
        body = {"user": user, "view_id": view_id, "action_id": action_id, **more}
        return self.ask("POST", "slack/actions", body)

    def views(self, user: str) -> list[Json]:
        """Answer a person's open modals, the top one last."""
        found: list[Json] = self.ask("GET", "slack/views", query={"user": user})["views"]
        return found

    def submit(self, user: str, view_id: str, values: Json | None = None) -> Json:
        """Submit the modal on top with `{block_id: {action_id: value}}`; files by their ids."""
        body = {"user": user, "values": values or {}}
        return self.ask("POST", f"slack/views/{view_id}/submit", body)

    def close_view(self, user: str, view_id: str) -> None:
        """Close a modal."""
        self.ask("POST", f"slack/views/{view_id}/close", {"user": user})

    def command(self, user: str, channel: str, command: str, text: str = "") -> Json:
        """Send a slash command; `{acked, error?, text?}`."""
        body = {"user": user, "channel": channel, "command": command, "text": text}
        return self.ask("POST", "slack/commands", body)

    def shortcut(self, user: str, callback_id: str, **where: str) -> Json:
        """Use a shortcut, on a message if `channel` and `ts` say which."""
        body = {"user": user, "callback_id": callback_id, **where}
        return self.ask("POST", "slack/shortcuts", body)

    def open_home(self, user: str) -> Json | None:
        """Open the Home tab; answers the view that is there so far."""
        return self.ask("POST", "slack/home", {"user": user}).get("view")

    def home(self, user: str) -> Json | None:
        """Answer what is on a person's Home tab, without opening it."""
        return self.ask("GET", "slack/home", query={"user": user}).get("view")

    # The workspace

    def traffic(self, last: int = 0) -> Json:
        """Answer the calls, envelopes (the `last` so many of each; 0: all) and open sockets."""
        return self.ask("GET", "slack/traffic", query={"last": last})

    def sockets(self) -> int:
        """Answer how many sockets of the bot are open."""
        return int(self.ask("GET", "slack/sockets")["sockets"])

    def change_person(self, user: str, **changes: Any) -> None:
        """Change `deleted` or `tz`."""
        self.ask("POST", f"slack/people/{user}", changes)

    def change_channel(self, channel: str, **changes: bool) -> None:
        """Change `archived` or `bot_member`."""
        self.ask("POST", f"slack/channels/{channel}", changes)

    def grant(self, scopes: list[str]) -> None:
        """Grant the app these scopes and no others."""
        self.ask("POST", "slack/app", {"scopes": scopes})

    def install(self, **features: list[Json]) -> None:
        """Give the app these `commands` or `shortcuts`, worded as in a manifest."""
        self.ask("POST", "slack/app", features)

    def move_slack_clock(self, seconds: float) -> None:
        """Step Slack's clock."""
        self.ask("POST", "slack/clock", {"move_s": seconds})

    def burst(self, channel: str, users: list[str], count: int, text: str, **more: Any) -> Json:
        """Send many messages at once; `{sent, acked, lost, p50_ms, p99_ms}`."""
        body = {"channel": channel, "users": users, "count": count, "text": text, **more}
        return self.ask("POST", "burst", body)

    # X

    def timeline(self, account: str) -> list[Json]:
        """Answer what the public sees of an account now, newest first."""
        found: list[Json] = self.ask("GET", "x/timeline", query={"user_id": account})["tweets"]
        return found

    def ledger(self) -> Json:
        """Answer everything that ever took effect at X, and every call."""
        return self.ask("GET", "x/ledger")

    def picture(self, address: str) -> bytes:
        """Answer the bytes of a tweet's picture, by its address in the ledger."""
        response = self._session.get(f"{self.address}{address}", timeout=TIMEOUT_S)
        response.raise_for_status()
        return response.content

    def tweet_by_hand(self, account: str, text: str, **more: Any) -> str:
        """Post at X itself, past the bot; answers the tweet's id."""
        return str(self.ask("POST", "x/tweets", {"user_id": account, "text": text, **more})["id"])

    # What goes wrong

    def faults(self) -> Json:
        """Answer every knob with its value, default and meaning."""
        return self.ask("GET", "faults")

    def set_faults(self, slack: Json | None = None, x: Json | None = None) -> Json:
        """Turn knobs."""
        return self.ask("PUT", "faults", {"slack": slack or {}, "x": x or {}})

    def break_sockets(self, how: str) -> None:
        """`disconnect`, `close`, `reset` or `stall` the open sockets, now."""
        self.ask("POST", "faults/socket", {"do": how})
