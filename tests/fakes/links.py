"""A web in memory: where each link leads, and who has looked."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.destination import Condition, Destination, host_in

DEAD = Destination(Condition.DEAD, "gone.org", why="answers with an error (404)")
SLOW = Destination(Condition.UNKNOWN, "slow.org", why="did not answer in time")


@dataclass(slots=True)
class FakeWeb:
    """Every site answers, but for those of which `leads` says otherwise."""

    leads: dict[str, Destination] = field(default_factory=dict)
    looks: list[str] = field(default_factory=list)
    during: Callable[[], object] = lambda: None
    """What happens while somebody looks."""

    def __call__(self, url: str) -> Destination:
        self.looks.append(url)
        self.during()
        ordinary = Destination(Condition.ANSWERS, host_in(url), f"Title of {host_in(url)}")
        return self.leads.get(url, ordinary)
