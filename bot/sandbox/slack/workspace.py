"""The workspace as it is now: people, channels, messages, views, triggers. Pure state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import world
from bot.sandbox.clock import Clock
from bot.sandbox.slack.features import MANIFEST
from bot.sandbox.slack.files import SharedFile
from bot.sandbox.slack.ids import Ids, Stamps
from bot.sandbox.slack.inline import Names
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.modals import View
from bot.sandbox.slack.scopes import GRANTED
from bot.sandbox.world import APP, Person

Json = dict[str, Any]

BOT = Person(APP.user_id, "countersign", APP.name, "bot", "Etc/UTC", "0f766e", hidden=True)


@dataclass(slots=True)
class Member:
    """Somebody of the workspace, as they are now."""

    person: Person
    tz: str
    deleted: bool = False

    @property
    def is_bot(self) -> bool:
        """Answer whether this is the app's bot user."""
        return self.person.id == APP.user_id


@dataclass(slots=True)
class Room:
    """A public channel, or the direct messages of one person with the app (`im_with`)."""

    id: str
    name: str
    members: set[str]
    im_with: str | None = None
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Answer the `channel_type` of events."""
        return "im" if self.im_with else "channel"

    @property
    def has_bot(self) -> bool:
        """Answer whether the app's bot is a member."""
        return APP.user_id in self.members

    def lasting(self) -> list[Message]:
        """Answer the messages that are for everybody, oldest first."""
        return [m for m in self.messages.values() if m.ephemeral_to is None]


@dataclass(slots=True)
class Trigger:
    """Leave to open one view, for a few seconds and once."""

    user: str
    issued_s: float
    view_id: str | None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Leave to answer one interaction without a token, for half an hour and five times."""

    channel: str
    user: str
    issued_s: float
    ts: str | None = None
    uses: int = 5


class Workspace:
    """Everything that the Slack side knows; whoever changes it says so to bot and page."""

    def __init__(self, clock: Clock, address: Callable[[], str], stamps: Stamps) -> None:
        self.clock, self.address = clock, address
        self.files: dict[str, SharedFile] = {}
        self.ids, self.stamps = Ids(), stamps
        everybody = (*world.PEOPLE, *world.CROWD, BOT)
        self.members = {person.id: Member(person, person.tz) for person in everybody}
        self.rooms = {c.id: Room(c.id, c.name, set(self.members)) for c in world.CHANNELS}
        self.scopes = set(GRANTED)
        self.features = MANIFEST
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.names = _names(self.members, self.rooms)

    def room(self, id_: Any) -> Room | None:
        """Answer a channel by its id; a person's id means their direct messages with the app."""
        if not isinstance(id_, str):
            return None
        if id_ in self.rooms:
            return self.rooms[id_]
        member = self.members.get(id_)
        if member is not None and not member.is_bot and not member.deleted:
            return self.direct(id_)
        return next((self.direct(m) for m in self.members if im_id(m) == id_), None)

    def direct(self, user: str) -> Room:
        """Answer a person's direct messages with the app."""
        id_ = im_id(user)
        return self.rooms.setdefault(id_, Room(id_, "directmessage", {user, APP.user_id}, user))

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        """Issue a trigger_id to somebody who did something, perhaps within a view."""
        id_ = self.ids.trigger()
        self.triggers[id_] = Trigger(user, self.clock.now_s(), view_id)
        return id_

    def new_response_url(self, channel: str, user: str, ts: str | None = None) -> str:
        """Issue a response_url's id; `ts` names the message that it may replace."""
        id_ = self.ids.make("R")
        self.response_urls[id_] = ResponseUrl(channel, user, self.clock.now_s(), ts)
        return id_

    def stack(self, user: str) -> list[View]:
        """Answer a person's open modals, the top one last."""
        return self.stacks.setdefault(user, [])


def im_id(user: str) -> str:
    """Answer the channel id of a person's direct messages with the app."""
    return f"D{user[1:]}"


def _names(members: dict[str, Member], rooms: dict[str, Room]) -> Names:
    people: dict[str, str] = {}
    for member in members.values():
        person = member.person
        people |= {person.name.lower(): person.id, person.real_name.lower(): person.id}
    return Names(people, {room.name.lower(): room.id for room in rooms.values()})
