"""How an answer travels: whole, or in one of the ways in which networks fail."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from http import HTTPStatus

from aiohttp import web

from bot.sandbox.x.answer import Answer
from bot.sandbox.x.side import XSide

Deliver = Callable[[XSide, web.Request, Answer], Awaitable[web.StreamResponse]]

_JSON = "application/json; charset=utf-8"
_DRIP_S = 0.2
_LOOK_S = 0.02
_LINGER_NOT = struct.pack("ii", 1, 0)


async def whole(x: XSide, _: web.Request, answer: Answer) -> web.StreamResponse:
    """Send the answer as it should be."""
    return web.Response(status=answer.status, body=_bytes(answer), headers=_headers(x, answer))


async def reset(_: XSide, request: web.Request, __: Answer) -> web.StreamResponse:
    """Reset the connection (TCP RST) without a byte of answer."""
    if (transport := request.transport) is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        transport.abort()
    return web.Response()


async def close(_: XSide, request: web.Request, __: Answer) -> web.StreamResponse:
    """Close the connection (TCP FIN) without a byte of answer."""
    if (transport := request.transport) is not None:
        transport.close()
    return web.Response()


async def hang(x: XSide, request: web.Request, answer: Answer) -> web.StreamResponse:
    """Say nothing until the client leaves or the server stops."""
    await patience(x, request, float("inf"))
    return await reset(x, request, answer)


async def cut(x: XSide, request: web.Request, answer: Answer) -> web.StreamResponse:
    """Promise the whole body, send half of it, and close."""
    body = _bytes(answer)
    headers = _headers(x, answer) | {"Content-Length": str(len(body))}
    head = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    head += [f"{name}: {value}" for name, value in headers.items()]
    if (transport := request.transport) is not None:
        transport.write("\r\n".join([*head, "", ""]).encode() + body[: len(body) // 2])
    return await close(x, request, answer)


async def drip(x: XSide, request: web.Request, answer: Answer) -> web.StreamResponse:
    """Send the body byte by byte, each soon enough for a timeout between reads."""
    body = _bytes(answer)
    response = web.StreamResponse(status=answer.status, headers=_headers(x, answer))
    response.content_length = len(body)
    await response.prepare(request)
    for at in range(len(body)):
        await response.write(body[at : at + 1])
        if not await patience(x, request, _DRIP_S):
            return await reset(x, request, answer)
    return response


async def patience(x: XSide, request: web.Request, seconds: float) -> bool:
    """Wait; answers False at once when the client leaves or the server stops."""
    until = time.monotonic() + seconds
    while not (x.stopping.is_set() or request.transport is None or request.transport.is_closing()):
        left = until - time.monotonic()
        if left <= 0:
            return True
        await asyncio.sleep(min(left, _LOOK_S))
    return False


def _bytes(answer: Answer) -> bytes:
    if isinstance(answer.body, bytes):
        return answer.body
    return b"" if answer.body is None else json.dumps(answer.body, ensure_ascii=False).encode()


def _headers(x: XSide, answer: Answer) -> dict[str, str]:
    date = format_datetime(x.clock.now(), usegmt=True)
    return {"Date": date, "Content-Type": _JSON, **answer.headers}
