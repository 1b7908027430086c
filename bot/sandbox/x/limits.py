"""X's rate limits: so many calls for each account and endpoint in 15 minutes (docs.x.com)."""

from dataclasses import dataclass
from enum import StrEnum

WINDOW_S = 900


class Endpoint(StrEnum):
    """The endpoints that are counted, each by itself."""

    CREATE = "create"
    DELETE = "delete"
    TWEET = "tweet"
    TIMELINE = "timeline"
    ME = "me"
    UPLOAD = "upload"
    INITIALIZE = "initialize"
    APPEND = "append"
    FINALIZE = "finalize"
    STATUS = "status"
    METADATA = "metadata"


LIMITS = {
    Endpoint.CREATE: 100,
    Endpoint.DELETE: 50,
    Endpoint.TWEET: 900,
    Endpoint.TIMELINE: 900,
    Endpoint.ME: 75,
    Endpoint.UPLOAD: 500,
    Endpoint.INITIALIZE: 1_875,
    Endpoint.APPEND: 1_875,
    Endpoint.FINALIZE: 1_875,
    Endpoint.STATUS: 1_000,
    Endpoint.METADATA: 500,
}


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left in this window after this call; less than 0 if the call is one too many."""

    limit: int
    left: int
    reset_s: int

    def headers(self) -> dict[str, str]:
        """Answer the headers that go with every answer."""
        return {
            "x-rate-limit-limit": str(self.limit),
            "x-rate-limit-remaining": str(max(0, self.left)),
            "x-rate-limit-reset": str(self.reset_s),
        }


class Limiter:
    """Counts calls in windows that begin with the first call."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, Endpoint], tuple[float, int]] = {}

    def count(self, account_id: str, endpoint: Endpoint, now_s: float) -> Allowance:
        """Count a call at this time of X's clock."""
        began, calls = self._windows.get((account_id, endpoint), (now_s, 0))
        if not began <= now_s < began + WINDOW_S:
            began, calls = now_s, 0
        self._windows[account_id, endpoint] = (began, calls + 1)
        limit = LIMITS[endpoint]
        return Allowance(limit, limit - calls - 1, int(began) + WINDOW_S)
