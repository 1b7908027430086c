"""`conversations.*`: which channels there are, who is in them, and what stands there now."""

from decimal import Decimal, InvalidOperation

from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.method import Desk, Json, Method, room_of
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.wire import Args, page_of
from bot.sandbox.slack.workspace import Room
from bot.sandbox.world import APP


def info(desk: Desk, args: Args) -> Json:
    """Answer one channel."""
    room = room_of(desk, args)
    more = {"num_members": len(room.members)} if args.flag("include_num_members") else {}
    return {"channel": _described(room) | more}


def list_(desk: Desk, args: Args) -> Json:
    """Answer the channels of the kinds that are asked for."""
    kinds = args.text("types", "public_channel").split(",")
    rooms = [
        room
        for room in desk.workspace.rooms.values()
        if ("im" if room.im_with else "public_channel") in kinds
        and not (room.archived and args.flag("exclude_archived"))
    ]
    page, cursor = page_of(rooms, args, args.number("limit", 100, 1000))
    return {"channels": [_described(room) for room in page]} | _next(cursor)


def members(desk: Desk, args: Args) -> Json:
    """Answer who is in a channel."""
    room = room_of(desk, args)
    page, cursor = page_of(sorted(room.members), args, args.number("limit", 100, 1000))
    return {"members": page} | _next(cursor)


def open_(desk: Desk, args: Args) -> Json:
    """Open the direct messages with one person."""
    users = args.given.get("users", "")
    ids = users if isinstance(users, list) else str(users).split(",")
    member = desk.workspace.members.get(str(ids[0])) if len(ids) == 1 else None
    if member is None:
        raise SlackError("user_not_found")
    if member.is_bot:
        raise SlackError("cannot_dm_bot")
    if member.deleted:
        raise SlackError("user_disabled")
    room = desk.workspace.direct(ids[0])
    return {"channel": _described(room) if args.flag("return_im") else {"id": room.id}}


def history(desk: Desk, args: Args) -> Json:
    """Answer what stands in a channel now, newest first: edited texts, tombstones, no replies."""
    room = _readable(desk, args)
    shown = [m for m in room.lasting() if not m.is_reply or m.subtype == "thread_broadcast"]
    wanted = _within(shown, args)[::-1]
    page, cursor = page_of(wanted, args, args.number("limit", 100, 999))
    answer: Json = {"messages": [m.as_slack() for m in page], "has_more": bool(cursor)}
    return answer | {"pin_count": 0} | (_next(cursor) if cursor else {})


def replies(desk: Desk, args: Args) -> Json:
    """Answer a thread as it is now, its first message first."""
    room = _readable(desk, args)
    parent = room.messages.get(args.text("ts"))
    if parent is None or parent.ephemeral_to:
        raise SlackError("thread_not_found")
    thread = [room.messages[ts] for ts in parent.replies if ts in room.messages]
    wanted = [parent, *_within(thread, args)]
    page, cursor = page_of(wanted, args, args.number("limit", 1000, 1000))
    messages = [_in_thread(parent, m) for m in page]
    answer: Json = {"messages": messages, "has_more": bool(cursor)}
    return answer | (_next(cursor) if cursor else {})


def _readable(desk: Desk, args: Args) -> Room:
    room = room_of(desk, args, joined=True)
    scope = "im:history" if room.im_with else "channels:history"
    if scope not in desk.workspace.scopes:
        provided = ",".join(sorted(desk.workspace.scopes))
        raise SlackError("missing_scope", needed=scope, provided=provided)
    return room


def _within(messages: list[Message], args: Args) -> list[Message]:
    """Keep what lies between `oldest` and `latest`; the ends count only if `inclusive`."""
    oldest, latest = _time(args, "oldest"), _time(args, "latest")
    ends = args.flag("inclusive")

    def wanted(message: Message) -> bool:
        ts = Decimal(message.ts)
        after = oldest is None or ts > oldest or (ends and ts == oldest)
        return after and (latest is None or ts < latest or (ends and ts == latest))

    return [message for message in messages if wanted(message)]


def _time(args: Args, name: str) -> Decimal | None:
    if not args.has(name):
        return None
    try:
        return Decimal(args.text(name))
    except InvalidOperation:
        raise SlackError(f"invalid_ts_{name}") from None


def _in_thread(parent: Message, message: Message) -> Json:
    more = {"parent_user_id": parent.user} if message is not parent and parent.user else {}
    return message.as_slack() | more


def _described(room: Room) -> Json:
    if room.im_with:
        return {"id": room.id, "is_im": True, "user": room.im_with, "is_archived": False}
    return {
        "id": room.id,
        "name": room.name,
        "name_normalized": room.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_archived": room.archived,
        "is_general": room.name == "general",
        "is_member": room.has_bot,
        "is_shared": False,
        "is_ext_shared": False,
        "context_team_id": APP.team_id,
    }


def _next(cursor: str) -> Json:
    return {"response_metadata": {"next_cursor": cursor}}


_READS = ("channels:read",)
_PAGED = ("cursor", "limit")
_SPAN = (*_PAGED, "oldest", "latest", "inclusive", "include_all_metadata")
METHODS = {
    "conversations.info": Method(
        info, ("channel",), ("include_num_members", "include_locale"), _READS, takes_json=False
    ),
    "conversations.list": Method(
        list_, (), (*_PAGED, "types", "exclude_archived"), _READS, takes_json=False
    ),
    "conversations.members": Method(members, ("channel",), _PAGED, _READS, takes_json=False),
    "conversations.open": Method(
        open_, ("users",), ("return_im", "prevent_creation"), ("im:write",)
    ),
    "conversations.history": Method(history, ("channel",), _SPAN, takes_json=False),
    "conversations.replies": Method(replies, ("channel", "ts"), _SPAN, takes_json=False),
}
