"""`views.*`: what the bot shows in modals and on Home tabs."""

from bot.sandbox.slack.method import Desk, Json, Method
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.wire import Args


def open_(desk: Desk, args: Args) -> Json:
    """Open a modal for whoever pulled the trigger."""
    view = desk.viewing.open(_trigger(args), args.structure("view"))
    return {"view": view.as_slack()}


def push(desk: Desk, args: Args) -> Json:
    """Put a modal on top of the one that the trigger came from."""
    view = desk.viewing.push(_trigger(args), args.structure("view"))
    return {"view": view.as_slack()}


def update(desk: Desk, args: Args) -> Json:
    """Change a view that is open; a stale `hash` is refused."""
    if not args.has("view_id") and not args.has("external_id"):
        raise SlackError("invalid_arguments")
    view = desk.viewing.found(args.text("view_id"), args.text("external_id"))
    changed = desk.viewing.update(view, args.structure("view"), args.text("hash"))
    return {"view": changed.as_slack()}


def publish(desk: Desk, args: Args) -> Json:
    """Set somebody's Home tab."""
    user = desk.workspace.members.get(args.text("user_id"))
    if user is None or user.deleted or user.is_bot:
        raise SlackError("invalid_arguments")
    view = desk.viewing.publish(user.person.id, args.structure("view"), args.text("hash"))
    return {"view": view.as_slack()}


def _trigger(args: Args) -> str:
    return args.text("trigger_id") or args.text("interactivity_pointer")


_BY_TRIGGER = ("trigger_id", "interactivity_pointer")
METHODS = {
    "views.open": Method(open_, ("view",), _BY_TRIGGER),
    "views.push": Method(push, ("view",), _BY_TRIGGER),
    "views.update": Method(update, ("view",), ("view_id", "external_id", "hash")),
    "views.publish": Method(publish, ("user_id", "view"), ("hash",)),
}
