"""`files.*`: what the bot may know of files."""

from bot.sandbox.slack.method import Desk, Json, Method
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.wire import Args


def info(desk: Desk, args: Args) -> Json:
    """Answer one file."""
    found = desk.workspace.files.get(args.text("file"))
    if found is None:
        raise SlackError("file_not_found")
    if found.deleted:
        raise SlackError("file_deleted")
    file = found.as_slack(desk.workspace.address())
    return {"file": file, "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = {
    "files.info": Method(
        info, ("file",), ("count", "cursor", "limit", "page"), ("files:read",), takes_json=False
    ),
}
