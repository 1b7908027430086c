"""Saying no in a way that arrives: a refusal is a row before the chat is asked to show it."""

from bot.desk import Desk
from bot.ports import PrivateWord
from storage import notices


def leave_word(desk: Desk, key: str, word: PrivateWord) -> None:
    """Leave word for one person; the card loop delivers it, once for each key."""
    with desk.write() as session:
        notices.add(
            session, key, word.person, word.channel, word.thread_ts, word.text, desk.clock()
        )
