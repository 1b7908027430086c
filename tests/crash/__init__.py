"""The bot killed at every step of a tweet, over the wire, judged by X's own ledger."""
