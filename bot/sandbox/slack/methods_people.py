"""`users.*`, `usergroups.*`, `reactions.*`, `team.info`, `bots.info`, `blocks.validate`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.slack.blocks import message_problems
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.method import Desk, Json, Method, room_of
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.views import view_problems
from bot.sandbox.slack.wire import Args, page_of
from bot.sandbox.slack.workspace import Member, Room
from bot.sandbox.world import APP


def user_info(desk: Desk, args: Args) -> Json:
    """Answer one person, with their zone and whether they are still here."""
    member = desk.workspace.members.get(args.text("user"))
    if member is None:
        raise SlackError("user_not_found")
    return {"user": described(member, desk.workspace.clock.now(), desk.workspace.scopes)}


def user_list(desk: Desk, args: Args) -> Json:
    """Answer everybody, in pages."""
    everybody = list(desk.workspace.members.values())
    page, cursor = page_of(everybody, args, args.number("limit", 1000, 1000))
    now, scopes = desk.workspace.clock.now(), desk.workspace.scopes
    people = [described(member, now, scopes) for member in page]
    return {"members": people, "response_metadata": {"next_cursor": cursor}}


def described(member: Member, now: datetime, scopes: set[str]) -> Json:
    """Answer a person as `users.info` does; the address only with the scope for it."""
    person = member.person
    local = now.astimezone(ZoneInfo(member.tz))
    offset = local.utcoffset()
    profile = {"real_name": person.real_name, "display_name": person.name, "team": APP.team_id}
    if "users:read.email" in scopes and not member.is_bot:
        profile["email"] = f"{person.name}@{APP.team_domain}.example"
    return {
        "id": person.id,
        "team_id": APP.team_id,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": member.deleted,
        "color": person.color,
        "tz": member.tz,
        "tz_label": local.tzname() or member.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        **dict.fromkeys(("is_admin", "is_owner", "is_restricted", "is_ultra_restricted"), False),
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": 0,
    }


def no_groups(_: Desk, __: Args) -> Json:
    """Refuse user groups, as Slack does on free plans."""
    raise SlackError("plan_upgrade_required")


def add_reaction(desk: Desk, args: Args) -> Json:
    """Add the bot's reaction to a message."""
    room, message, name = _reacted(desk, args)
    if APP.user_id in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    desk.chat.react(room, message, APP.user_id, name, added=True)
    return {}


def remove_reaction(desk: Desk, args: Args) -> Json:
    """Take the bot's reaction away."""
    room, message, name = _reacted(desk, args)
    if APP.user_id not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    desk.chat.react(room, message, APP.user_id, name, added=False)
    return {}


def _reacted(desk: Desk, args: Args) -> tuple[Room, Message, str]:
    room = room_of(desk, args, joined=True)
    message = room.messages.get(args.text("timestamp"))
    if message is None or message.deleted or message.ephemeral_to:
        raise SlackError("message_not_found")
    return room, message, args.text("name").strip(":")


def team_info(_: Desk, __: Args) -> Json:
    """Answer the workspace."""
    team = {"id": APP.team_id, "name": APP.team_name, "domain": APP.team_domain}
    return {"team": team | {"email_domain": "", "icon": {}}}


def bot_info(_: Desk, args: Args) -> Json:
    """Answer the app's bot."""
    if args.text("bot", APP.bot_id) != APP.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": APP.bot_id, "deleted": False, "name": APP.name, "updated": 0}
    return {"bot": bot | {"app_id": APP.id, "user_id": APP.user_id, "icons": {}}}


def validate(_: Desk, args: Args) -> Json:
    """Answer what Slack would refuse in blocks, a message or a view."""
    message = args.structure("message")
    within = message.get("blocks") if isinstance(message, dict) else None
    blocks = args.structure("blocks") or within
    problems = list(message_problems(blocks)) if blocks is not None else []
    if args.has("view"):
        problems += view_problems(args.structure("view"))
    return {"errors": [problem.as_json() for problem in problems]}


_PEOPLE, _GROUPS, _REACTS = ("users:read",), ("usergroups:read",), ("reactions:write",)
_TARGET = ("channel", "name", "timestamp")
METHODS = {
    "users.info": Method(user_info, ("user",), ("include_locale",), _PEOPLE, takes_json=False),
    "users.list": Method(
        user_list,
        (),
        ("cursor", "limit", "include_locale"),
        _PEOPLE,
        takes_json=False,
    ),
    "usergroups.list": Method(
        no_groups,
        (),
        ("include_count", "include_disabled", "include_users"),
        _GROUPS,
        takes_json=False,
    ),
    "usergroups.users.list": Method(
        no_groups, ("usergroup",), ("include_disabled",), _GROUPS, takes_json=False
    ),
    "reactions.add": Method(add_reaction, _TARGET, (), _REACTS),
    "reactions.remove": Method(remove_reaction, _TARGET, (), _REACTS),
    "team.info": Method(team_info, (), ("team", "domain"), ("team:read",), takes_json=False),
    "bots.info": Method(bot_info, (), ("bot",), _PEOPLE, takes_json=False),
    "blocks.validate": Method(validate, (), ("blocks", "message", "view")),
}
