"""X's API on the wire: lets a call in, runs its endpoint, enters it in the ledger, answers."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace

from aiohttp import web

from bot.sandbox.world import Account
from bot.sandbox.x import endpoints, endpoints_media, problems
from bot.sandbox.x.answer import RefusedError
from bot.sandbox.x.answers import Fault, Trick, draw
from bot.sandbox.x.delivery import patience
from bot.sandbox.x.endpoints import Outcome, Visit
from bot.sandbox.x.ledger import Call
from bot.sandbox.x.limits import Endpoint
from bot.sandbox.x.side import XSide

Run = Callable[[XSide, Visit], Outcome]

PREFIX = "/x"
_LARGEST_BODY, _LARGEST_UPLOAD = 1024 * 1024, 8 * 1024 * 1024  # JSON, pictures in Base64


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint on the wire; `of_user` ones need a user, bearer tokens are refused with 403."""

    method: str
    path: str
    endpoint: Endpoint
    run: Run
    writes: bool = False
    of_user: bool = False
    largest: int = _LARGEST_BODY


def _media(method: str, path: str, endpoint: Endpoint, run: Run) -> Route:
    writes = method == "POST"
    return Route(
        method,
        f"/2/media/{path}",
        endpoint,
        run,
        writes=writes,
        of_user=True,
        largest=_LARGEST_UPLOAD,
    )


_ROUTES = (
    Route("POST", "/2/tweets", Endpoint.CREATE, endpoints.create, writes=True, of_user=True),
    Route("DELETE", "/2/tweets/{id}", Endpoint.DELETE, endpoints.delete, writes=True, of_user=True),
    Route("GET", "/2/tweets/{id}", Endpoint.TWEET, endpoints.lookup),
    Route("GET", "/2/users/me", Endpoint.ME, endpoints.me, of_user=True),
    Route("GET", "/2/users/{id}/tweets", Endpoint.TIMELINE, endpoints.timeline),
    _media("POST", "upload", Endpoint.UPLOAD, endpoints_media.upload),
    _media("GET", "upload", Endpoint.STATUS, endpoints_media.status),
    _media("POST", "upload/initialize", Endpoint.INITIALIZE, endpoints_media.initialize),
    _media("POST", "upload/{id}/append", Endpoint.APPEND, endpoints_media.append),
    _media("POST", "upload/{id}/finalize", Endpoint.FINALIZE, endpoints_media.finalize),
    _media("POST", "metadata", Endpoint.METADATA, endpoints_media.metadata),
)


def api_routes(x: XSide) -> list[web.AbstractRouteDef]:
    """Answer the routes below /x; what X does not have is a 404 in its words."""
    known = [web.route(r.method, PREFIX + r.path, _handler(x, r)) for r in _ROUTES]
    return [*known, web.route("*", PREFIX + "/{tail:.*}", _handler(x, None))]


def _handler(
    x: XSide, route: Route | None
) -> Callable[[web.Request], Coroutine[None, None, web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await _serve(x, route, request)

    return answer


async def _serve(x: XSide, route: Route | None, request: web.Request) -> web.StreamResponse:
    writes = route is not None and route.writes
    body = await _body(request, route.largest if route else _LARGEST_BODY)
    fault = draw(x.faults, writes=writes, now_s=x.clock.now_s())
    trick = fault.trick if fault else Trick(after=True)
    outcome = _outcome(x, route, request, body) if trick.after else Outcome(problems.unavailable())
    said = trick.says(outcome.answer)
    _record(x, request, fault, replace(outcome, answer=said), trick.status(said))
    if writes:
        await patience(x, request, x.faults.x.hang_s)
    return await trick.deliver(x, request, said)


async def _body(request: web.Request, largest: int) -> bytes | None:
    """Answer the body, None if it is too large; then it is read to its end all the same."""
    body = bytearray()
    too_large = False
    async for chunk in request.content.iter_any():
        too_large = too_large or len(body) + len(chunk) > largest
        if not too_large:
            body += chunk
    return None if too_large else bytes(body)


def _record(
    x: XSide, request: web.Request, fault: Fault | None, outcome: Outcome, status: int | None
) -> None:
    call = Call(
        at_ms=x.clock.now_ms(),
        method=request.method,
        path=request.path.removeprefix(PREFIX),
        status=status,
        fault=fault.name if fault else None,
        cost=outcome.cost,
        tweet_id=outcome.tweet_id,
    )
    x.ledger.calls.append(call)
    x.on_change()


def _outcome(x: XSide, route: Route | None, request: web.Request, body: bytes | None) -> Outcome:
    """Let the call in and run it; a refusal is an outcome without effect."""
    if route is None:
        return Outcome(problems.no_such_endpoint())
    if body is None:
        return Outcome(problems.too_large())
    try:
        account = _admitted(x, route, request)
    except RefusedError as refused:
        return Outcome(refused.answer)
    return _counted(x, route, _visit(request, account, body))


def _admitted(x: XSide, route: Route, request: web.Request) -> Account:
    """Answer whose call it is, or refuse with 401 or 403."""
    header = request.headers.get("Authorization", "")
    if header.lower().startswith("bearer ") and route.of_user:
        raise RefusedError(problems.app_only())
    path, _, query = request.raw_path.removeprefix(PREFIX).partition("?")
    account = x.signatures.check(request.method, path, query, header)
    if x.faults.x.revoked:
        raise RefusedError(problems.unauthorized())
    if x.faults.x.read_only and route.writes:
        raise RefusedError(problems.read_only())
    return account


def _visit(request: web.Request, account: Account, body: bytes) -> Visit:
    path_id = request.match_info.get("id", "")
    return Visit(account, path_id, request.query, request.content_type, body)


def _counted(x: XSide, route: Route, visit: Visit) -> Outcome:
    """Run the endpoint and say in the headers what is left of the rate limit."""
    allowance = x.limiter.count(visit.account.id, route.endpoint, x.clock.now_s())
    outcome = Outcome(problems.too_many()) if allowance.left < 0 else _run(x, route, visit)
    return replace(outcome, answer=outcome.answer.with_headers(allowance.headers()))


def _run(x: XSide, route: Route, visit: Visit) -> Outcome:
    if not x.faults.x.credits:
        return Outcome(problems.no_credits(visit.account.id))
    try:
        return route.run(x, visit)
    except RefusedError as refused:
        return Outcome(refused.answer)
