"""The checks that are more than a pattern, by the name that a rule calls them by."""

from bot.guidelines import disclosure, hashtags, identifiers, lettering, links, media, readability
from bot.guidelines.check import Check

CHECKS: dict[str, Check] = {
    **disclosure.CHECKS,
    **hashtags.CHECKS,
    **lettering.CHECKS,
    **links.CHECKS,
    **identifiers.CHECKS,
    **media.CHECKS,
    **readability.CHECKS,
}
