"""Answering a browser that asks for some bytes of a file: it jumps to a moment of a video."""

from aiohttp import web


def ranged(request: web.Request, content: bytes, content_type: str) -> web.Response:
    """Answer bytes, or those of them that are asked for (RFC 9110, range requests)."""
    headers = {"Accept-Ranges": "bytes"}
    try:
        wanted = request.http_range
    except ValueError:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    if wanted.start is None:
        return web.Response(body=content, content_type=content_type, headers=headers)
    first, end, _ = wanted.indices(len(content))
    if first >= end:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{end - 1}/{len(content)}"
    part = content[first:end]
    return web.Response(status=206, body=part, content_type=content_type, headers=headers)
