"""Ages over 89, which HIPAA counts as identifiers."""

import re
from collections.abc import Iterator

from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import Kind, PrivateSpan

_OLD = r"(?:9\d|1[01]\d)"
_SPELLED = (
    r"(?:ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:a|one)\shundred(?:\sand\s[a-z]{3,6})?)"
)
_SOMEBODY = (
    r"he|she|gran(?:ny|d(?:ma|pa|dad|mother|father))?|nana?|mother|father|mum|mom|dad|aunt|uncle|lady"
    r"|gentleman|man|woman|neighbou?r|resident|patient|pt|(?:mrs?|ms)\.?\s[a-z][a-z'-]{0,20}\.?"
)
_AGE = re.compile(
    rf"(?<![\w.,/-]){_OLD}[\s-]{{0,2}}(?:years?[\s-]old|yrs?[\s-]old|year-old|y/?o\b|y\.o\.)"
    rf"|\b(?:aged?|turn(?:s|ed|ing)?) {_OLD}\b(?!\s?%|[-.,]\d|-?\s?degrees)"
    rf"|\b{_OLD}(?:th|st|nd|rd) birthday"
    rf"|\b(?:{_SOMEBODY})(?:,\s\(?|\s\(|'s\s|\s(?:is|was)\s)(?:now\s|just\s)?{_OLD}"
    r"(?=[,.;!)]|\s(?:now|today|and|this|next)\b|$)"
    rf"|\b(?:aged?\s{_SPELLED}\b|{_SPELLED}[\s-]years?[\s-]old\b)",
    re.IGNORECASE,
)
_COHORT = re.compile(r"\b(?:to|and|or|than|between|under|over)\s{0,2}$", re.IGNORECASE)


def find(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield the ages that only few people reach."""
    for found in _AGE.finditer(passage.prose):
        if not _COHORT.search(passage.prose[max(0, found.start() - 9) : found.start()]):
            yield PrivateSpan(Kind.AGE, *found.span())
