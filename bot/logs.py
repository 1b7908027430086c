"""Logging: one line an event, ids only; never a token, never the text of a draft."""

import logging

LOUD = (
    "slack_bolt", "slack_sdk", "tweepy", "requests_oauthlib", "oauthlib", "urllib3",
    "apscheduler", "sqlalchemy", "alembic", "aiohttp",
)  # fmt: skip
"""Libraries that print tokens or message text at DEBUG, or a line for every job."""


def configure(level: str) -> None:
    """Log to stderr at a level; libraries that would print secrets stay at WARNING."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    # it warns at every start that it does not use the token it finds in the environment
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
