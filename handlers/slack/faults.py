"""What went wrong on our side: a reference for people, and lines in the log without their words."""

import logging
import secrets
import traceback

from handlers.slack.arrivals import Malformed

_log = logging.getLogger(__name__)


def new_reference() -> str:
    """Return what a person can tell an operator, who finds it in the log."""
    return secrets.token_hex(4)


def note_malformed(kind: str, found: Malformed) -> None:
    """Log that something was not made like Slack's, without what it held."""
    _log.warning("a %s without a proper %s was left alone", kind, found.field)


def note_fault(reference: str, error: BaseException) -> None:
    """Log where an error came from, without its words: they may hold the text of a draft."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("fault %s: %s\n%s", reference, type(error).__name__, frames)
