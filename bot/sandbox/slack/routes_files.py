"""Files on the wire: people upload and see them, the bot fetches them with its token."""

from aiohttp import web

from bot.sandbox.ranges import ranged
from bot.sandbox.slack.files import LARGEST, LOGIN_PAGE, SharedFile
from bot.sandbox.slack.forms import Json, answering, read
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.wire import token_of
from bot.sandbox.world import APP

_LONGEST_NAME = 255


class FileRoutes:
    """Reads and writes the files of the workspace."""

    def __init__(self, slack: SlackSide) -> None:
        self._slack = slack

    def routes(self) -> list[web.AbstractRouteDef]:
        """Answer the routes."""
        root = "/sandbox/slack/files"
        return [
            web.post(root, answering(self.upload)),
            web.get(f"{root}/{{id}}", self.show),
            web.delete(f"{root}/{{id}}", answering(self.delete)),
            web.get(f"/slack/files/{APP.team_id}-{{id}}/{{name}}", self.download),
        ]

    async def upload(self, request: web.Request) -> Json:
        """Somebody picks a file, which a message may share afterwards; the body is its bytes."""
        user, name = request.query.get("user", ""), request.query.get("name", "")
        if not 0 < len(name) <= _LONGEST_NAME:
            raise RefusedError(f"a file has a name of up to {_LONGEST_NAME} characters")
        content = bytearray()
        async for chunk in request.content.iter_any():
            content += chunk[: LARGEST + 1 - len(content)]
        if len(content) > LARGEST:
            raise RefusedError(f"a file has at most {LARGEST // 1_000_000} MB here")
        return {"id": self._slack.people.upload(user, name, bytes(content))}

    async def delete(self, request: web.Request) -> Json:
        """Somebody deletes a file of theirs; messages that share it keep a tombstone of it."""
        body = await read(request, {"user": str})
        self._slack.people.delete_file(body["user"], request.match_info["id"])
        return {}

    async def show(self, request: web.Request) -> web.Response:
        """Show a picture or a video to the page; anything else is only handed out."""
        file = self._found(request)
        if file is None:
            return web.Response(status=404)
        if shown := file.picture_type or file.video_type:
            return ranged(request, file.content, shown)
        headers = {"Content-Disposition": "attachment"}
        kind = "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=headers)

    async def download(self, request: web.Request) -> web.Response:
        """Give the bot a file; without its token or scope that is a login page, with status 200."""
        scopes = self._slack.workspace.scopes
        if token_of(request) != APP.bot_token or "files:read" not in scopes:
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        file = self._found(request)
        if file is None:
            return web.Response(status=404, text=LOGIN_PAGE, content_type="text/html")
        return web.Response(body=file.content, content_type=file.mimetype)

    def _found(self, request: web.Request) -> SharedFile | None:
        file = self._slack.workspace.files.get(request.match_info["id"])
        return None if file is None or file.deleted else file
