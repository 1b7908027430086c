"""The team of the benchmark, and a click that goes through Bolt's dispatch."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.card import DraftCard
from bot.domain.policy import Account, Policy, Waits
from bot.domain.quorum import Quorum, Stage

CLINICIAN, COMPLIANCE = "U0CLINIC1", "U0COMPLY1"


def policy() -> Policy:
    """One account, two stages of one person each."""
    return Policy(
        accounts=(Account("clinic", "RiversideClinic", ZoneInfo("Europe/London")),),
        quorum=Quorum(
            (
                Stage("Clinical", 1, frozenset({CLINICIAN})),
                Stage("Compliance", 1, frozenset({COMPLIANCE})),
            ),
            timedelta(days=14),
        ),
        operators=frozenset({COMPLIANCE}),
        waits=Waits(),
    )


Click = Callable[[str, DraftCard], int]
