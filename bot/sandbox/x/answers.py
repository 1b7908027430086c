"""The hostile answers: for each, whether the call takes effect first, and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.knobs import Hostile
from bot.sandbox.x import problems
from bot.sandbox.x.answer import Answer
from bot.sandbox.x.delivery import Deliver, close, cut, drip, hang, reset, whole
from bot.sandbox.x.limits import WINDOW_S, Allowance

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_SILENT = (reset, close, hang)
_ERROR = {"title": "Internal Error", "detail": "Something went wrong.", "type": "about:blank"}


@dataclass(frozen=True, slots=True)
class Trick:
    """`says` makes the answer of the honest one; `after` is whether the call took effect."""

    after: bool
    says: Callable[[Answer], Answer] = lambda honest: honest
    deliver: Deliver = whole

    def status(self, said: Answer) -> int | None:
        """Answer the status that goes over the wire, None if nothing does."""
        return None if self.deliver in _SILENT else said.status


@dataclass(frozen=True, slots=True)
class Fault:
    """A trick and the name under which the ledger has it: its own, or its knob's."""

    name: str
    trick: Trick


def draw(faults: Faults, *, writes: bool, now_s: float) -> Fault | None:
    """Answer what goes wrong with this call; chances hit only calls that write."""
    x = faults.x
    if x.down:
        return Fault("down", trick(Hostile.RESET_BEFORE, now_s))
    if (due := x.take_next()) is not None:
        return Fault(due, trick(due, now_s))
    if writes and faults.happens(x.refuse_before):
        return Fault("refuse_before", trick(Hostile.UNAVAILABLE_BEFORE, now_s))
    if writes and faults.happens(x.lose_answer):
        return Fault("lose_answer", trick(Hostile.RESET_AFTER, now_s))
    if writes and faults.happens(x.fail_after):
        return Fault("fail_after", trick(Hostile.UNAVAILABLE_AFTER, now_s))
    return None


def trick(hostile: Hostile, now_s: float) -> Trick:
    """Answer how that hostile answer is given at this time of X's clock."""
    if hostile.value.startswith("429"):
        return _instead(_too_many(hostile, now_s))
    return _TRICKS[hostile]


def _too_many(hostile: Hostile, now_s: float) -> Answer:
    headers = Allowance(100, 0, int(now_s) + WINDOW_S).headers()
    if hostile is Hostile.TOO_MANY_NO_HEADERS:
        headers = {}
    elif hostile is Hostile.TOO_MANY_JUNK_RESET:
        headers["x-rate-limit-reset"] = "soon"
    return problems.too_many().with_headers(headers)


def _instead(answer: Answer, *, after: bool = False) -> Trick:
    """Say this whatever the honest answer was."""
    return Trick(after, lambda _: answer)


def _garbled(body: Any, headers: Mapping[str, str] = MappingProxyType({})) -> Trick:
    """Take effect and say the right status with a wrong body; a refusal stays as it was."""

    def says(honest: Answer) -> Answer:
        if honest.status >= 400:
            return honest
        return replace(honest, body=body).with_headers(headers)

    return Trick(after=True, says=says)


def _redirect(status: int) -> Trick:
    return _instead(Answer(status, None, {"Location": "/x/2/tweets"}))


_TRICKS: dict[Hostile, Trick] = {
    Hostile.RESET_BEFORE: Trick(after=False, deliver=reset),
    Hostile.RESET_AFTER: Trick(after=True, deliver=reset),
    Hostile.CLOSE_BEFORE: Trick(after=False, deliver=close),
    Hostile.CLOSE_AFTER: Trick(after=True, deliver=close),
    Hostile.HANG_BEFORE: Trick(after=False, deliver=hang),
    Hostile.HANG_AFTER: Trick(after=True, deliver=hang),
    Hostile.CUT_BODY: Trick(after=True, deliver=cut),
    Hostile.BAD_GZIP: _garbled(b"this is not gzip", {"Content-Encoding": "gzip"}),
    Hostile.HTML_201: _garbled(b"<html><body>Welcome</body></html>", _HTML),
    Hostile.EMPTY_201: _garbled(None),
    Hostile.ERRORS_ONLY_201: _garbled({"errors": [_ERROR]}),
    Hostile.NULL_DATA_201: _garbled({"data": None}),
    Hostile.SERVER_ERROR_BEFORE: _instead(problems.internal()),
    Hostile.SERVER_ERROR_AFTER: _instead(problems.internal(), after=True),
    Hostile.BAD_GATEWAY_HTML: _instead(Answer(502, b"<html><h1>Bad Gateway</h1></html>", _HTML)),
    Hostile.UNAVAILABLE_BEFORE: _instead(problems.unavailable()),
    Hostile.UNAVAILABLE_AFTER: _instead(problems.unavailable(), after=True),
    Hostile.REQUEST_TIMEOUT: _instead(problems.request_timeout()),
    Hostile.MOVED: _redirect(301),
    Hostile.FOUND: _redirect(302),
    Hostile.TEMPORARY_REDIRECT: _redirect(307),
    Hostile.PERMANENT_REDIRECT: _redirect(308),
    Hostile.BAD_REQUEST_LIST: _instead(Answer(400, [_ERROR])),
    Hostile.BAD_REQUEST_STRING: _instead(Answer(400, "Bad Request")),
    Hostile.BAD_REQUEST_NULL_ERRORS: _instead(Answer(400, _ERROR | {"errors": None})),
    Hostile.BAD_REQUEST: _instead(problems.invalid(("The request was invalid.", {}))),
    Hostile.UNAUTHORIZED: _instead(problems.unauthorized()),
    Hostile.NO_CREDITS: _instead(problems.no_credits("1")),
    Hostile.FORBIDDEN: _instead(problems.forbidden()),
    Hostile.DUPLICATE: _instead(problems.duplicate()),
    Hostile.CASHTAGS: _instead(problems.cashtags()),
    Hostile.NOT_FOUND: _instead(problems.no_such_endpoint()),
    Hostile.TOO_LARGE: _instead(problems.too_large()),
    Hostile.UNSUPPORTED_MEDIA_TYPE: _instead(problems.unsupported_media_type()),
    Hostile.DRIP: Trick(after=True, deliver=drip),
}
