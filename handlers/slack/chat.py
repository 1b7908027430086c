"""Slack as the core sees it: where cards are drawn, words are told, and messages are read again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk import WebClient

from bot.domain.card import DraftCard
from bot.domain.content import is_chat
from bot.domain.draft import MessageRef, NewDraft
from bot.errors import ChatError
from bot.ports import PrivateWord
from handlers.slack import blocks, drafting, files, payloads
from handlers.slack.arrivals import Malformed, Message
from handlers.slack.blocks import Drawn
from handlers.slack.client import SlackRefusedError, answer, asking
from handlers.slack.elements import Block, section
from handlers.slack.ids import FRONT, call_block, card_block
from handlers.slack.text import escape, guarded

_GONE = ("message_not_found", "cant_update_message")
_NO_THREAD = ("thread_not_found", "cannot_reply_to_message")
_NO_PLACE = ("user_not_in_channel", "channel_not_found", "not_in_channel", "is_archived")
_NOT_SHOWN = ("invalid_blocks", "invalid_arguments")
_TOMBSTONE = "tombstone"
_PAGE = 200


@dataclass(frozen=True, slots=True)
class SlackChat:
    """Implements `bot.ports.Chat`; sends every call once (see `client.web_client`)."""

    client: WebClient

    def draw(self, card: DraftCard) -> MessageRef:
        """Write or rewrite the card in the thread of its message.

        A card whose posting was not answered is found again in the thread, not posted twice.
        Where the thread is gone there is no place for a card: the message itself is returned.
        """
        try:
            known = card.card or self._find(card.source, card_block(card.id))
            return self._draw(card, known, blocks.draw(card))
        except SlackRefusedError as error:
            if error.name in _NO_THREAD:
                return card.source
            raise

    def _draw(self, card: DraftCard, known: MessageRef | None, drawn: Drawn) -> MessageRef:
        """Write a card; where Slack cannot show a file of it any more, without its pictures."""
        try:
            if known and self._rewrite(known, drawn.text, drawn.blocks):
                return known
            return self._post(card.source.channel, drawn.text, drawn.blocks, card.source.ts)
        except SlackRefusedError as error:
            plain = blocks.draw(card, thumbnails=False)
            if error.name not in _NOT_SHOWN or plain.blocks == drawn.blocks:
                raise
            return self._draw(card, known, plain)

    def call(self, card: DraftCard) -> None:
        """Mention whom a revision waits for, once, in its thread."""
        block_id = call_block(card.id, card.revision_id)
        if not card.missing or self._find(card.source, block_id):
            return
        waiting = (stage.stage for stage in card.verdict.stages if not stage.complete)
        people = " ".join(f"<@{person}>" for person in card.missing)
        text = f"{people} This draft waits for {escape(' and '.join(waiting))}."
        self._post(card.source.channel, text, [section(text, block_id)], card.source.ts)

    def tell(self, word: PrivateWord) -> None:
        """Tell one person something, in the place where it belongs, or else directly."""
        try:
            with asking():
                self.client.chat_postEphemeral(
                    channel=word.channel,
                    user=word.person,
                    text=guarded(word.text),
                    thread_ts=word.thread_ts,
                )
        except SlackRefusedError as error:
            if error.name in _NO_THREAD and word.thread_ts:
                self.tell(replace(word, thread_ts=None))
            elif error.name in _NO_PLACE:
                self._tell_directly(word)
            else:
                raise

    def announce(self, channel: str, text: str) -> None:
        """Say something that everybody in a channel sees."""
        self._post(channel, guarded(text))

    def since(self, channel: str, ts: str) -> Sequence[NewDraft]:
        """Return the people's messages after `ts` that may be drafts, oldest first."""
        found = [
            drafting.read(message)
            for message in self._history(channel, oldest=ts)
            if drafting.is_tweet_to_be(message)
        ]
        return [new for new in reversed(found) if not is_chat(new.text)]

    def reread(self, ref: MessageRef) -> NewDraft | None:
        """Return a message as it stands now, None when it was deleted."""
        with asking():
            page, _ = self._page(ref.channel, oldest=ref.ts, latest=ref.ts, inclusive=True, limit=1)
        if not page:
            return None
        found = page[0]
        if isinstance(found, Malformed):
            raise ChatError(f"the message has no proper {found.field}", permanent=True)
        if found.ts != ref.ts or found.subtype == _TOMBSTONE:
            return None
        return drafting.read(found)

    def fetch(self, file: str) -> bytes:
        """Return what a file holds that people shared."""
        return files.fetch(self.client, file)

    def _find(self, thread: MessageRef, block_id: str) -> MessageRef | None:
        """Return the message in a thread that has a block of ours."""
        cursor = ""
        while True:
            with asking():
                said = answer(
                    self.client.conversations_replies(
                        channel=thread.channel, ts=thread.ts, limit=_PAGE, cursor=cursor or None
                    )
                )
                found, cursor = payloads.block_owner(said, block_id), payloads.next_cursor(said)
            if found or not cursor:
                return MessageRef(FRONT, thread.channel, found) if found else None

    def _rewrite(self, ref: MessageRef, text: str, shown: list[Block]) -> bool:
        """Rewrite a message of ours; False where it is not there any more."""
        try:
            with asking():
                self.client.chat_update(channel=ref.channel, ts=ref.ts, text=text, blocks=shown)
        except SlackRefusedError as error:
            if error.name in _GONE:
                return False
            raise
        return True

    def _post(
        self,
        channel: str,
        text: str,
        shown: list[Block] | None = None,
        thread_ts: str | None = None,
    ) -> MessageRef:
        with asking():
            said = self.client.chat_postMessage(
                channel=channel,
                text=text,
                blocks=shown,
                thread_ts=thread_ts,
                unfurl_links=False,
                unfurl_media=False,
            )
            return MessageRef(FRONT, channel, payloads.sent_ts(answer(said)))

    def _tell_directly(self, word: PrivateWord) -> None:
        with asking():
            opened = self.client.conversations_open(users=word.person)
            channel = payloads.opened_channel(answer(opened))
        self._post(channel, guarded(word.text))

    def _history(self, channel: str, oldest: str) -> Iterator[Message]:
        """Yield the messages after a moment, newest first; unreadable ones fall out."""
        cursor = ""
        while True:
            with asking():
                page, cursor = self._page(
                    channel, oldest=oldest, limit=_PAGE, cursor=cursor or None
                )
            yield from (row for row in page if isinstance(row, Message))
            if not cursor:
                return

    def _page(self, channel: str, **which: Any) -> tuple[Sequence[Message | Malformed], str]:
        said = answer(self.client.conversations_history(channel=channel, **which))
        return payloads.history(said, channel), payloads.next_cursor(said)
