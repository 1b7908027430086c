"""The rules that come with us, counted, and how long they take for one tweet."""

import time
from collections.abc import Sequence

from bot.domain.content import Content, Part
from bot.guidelines import Guidelines, examine
from bot.guidelines.loading import our_packs, standard


def counts() -> dict[str, int]:
    """How many rules and examples our packs have."""
    rules = [rule for pack in our_packs()[0] for rule in pack.rules]
    examples = sum(len(rule.fires_on) + len(rule.silent_on) for rule in rules)
    return {"rules": len(rules), "examples": examples}


def examples() -> tuple[str, ...]:
    """The text of every example: what the rules are about, so that many patterns match."""
    rules = [rule for pack in our_packs()[0] for rule in pack.rules]
    return tuple(tweet.text for rule in rules for tweet in (*rule.fires_on, *rule.silent_on))


def per_tweet_ms(texts: Sequence[str], share: float = 0.99, rounds: int = 3) -> float:
    """How long all checks take for a tweet: processor milliseconds at a share of the texts."""
    guidelines = standard()
    taken = sorted(_once(text, guidelines) for _ in range(rounds) for text in texts)
    return taken[min(int(len(taken) * share), len(taken) - 1)] * 1_000


def _once(text: str, guidelines: Guidelines) -> float:
    content = Content("clinic", (Part(text),))
    begun = time.thread_time()
    examine(content, guidelines)
    return time.thread_time() - begun


def measure() -> dict[str, float]:
    """Measure our packs on their own examples."""
    return {**counts(), "check_p99_ms": per_tweet_ms(examples())}
