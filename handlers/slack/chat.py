"""Slack as the core sees it: where cards are drawn, words are told, and messages are read again."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from slack_sdk import WebClient

from bot.domain.card import DraftCard
from bot.domain.content import is_chat
from bot.domain.draft import MessageRef, NewDraft
from bot.domain.home import Home
from bot.domain.media import MediaKind
from bot.errors import ChatError
from bot.ports import DIRECT, PrivateWord, Proposal
from handlers.slack import answers, blocks, drafting, files, payloads, posting, traces
from handlers.slack.arrivals import Malformed, Message
from handlers.slack.blocks import Drawn
from handlers.slack.client import SlackRefusedError, answer, asking
from handlers.slack.elements import Block, section
from handlers.slack.home_view import home_view
from handlers.slack.ids import FRONT, call_block, card_block, status_block
from handlers.slack.standing import named
from handlers.slack.status import draw_status
from handlers.slack.text import escape, guarded
from handlers.slack.traces import PAGE, ThreadGoneError, in_thread

_GONE = ("message_not_found", "cant_update_message")
_NO_THREAD = ("thread_not_found", "cannot_reply_to_message")
_NO_PLACE = ("user_not_in_channel", "channel_not_found", "not_in_channel", "is_archived")
_NOT_SHOWN = ("invalid_blocks", "invalid_arguments")
_TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class SlackChat:
    """Implements `bot.ports.Chat`; sends every call once (see `client.web_client`)."""

    client: WebClient
    channel: str
    """Where drafts are written."""
    review_channel: str | None = None
    """Where new cards stand, if not in the threads of their messages."""

    def draw(self, card: DraftCard) -> MessageRef:
        """Write or rewrite the card: in the review channel, or in the thread of its message.

        A card whose posting was not answered is found again there, not posted twice.
        Where the thread is gone there is no place for a card: the message itself is returned.
        """
        known = card.card or self._find_card(card)
        links = self._links(card)
        try:
            return self._draw(card, known, blocks.draw(card, links))
        except SlackRefusedError as error:
            plain = blocks.draw(card, links, thumbnails=False)
            if error.name not in _NOT_SHOWN or not card.pictures:
                raise
            return self._draw(card, known, plain)

    def _draw(self, card: DraftCard, known: MessageRef | None, drawn: Drawn) -> MessageRef:
        if known and self._rewrite(known, drawn):
            return known
        if self.review_channel:
            return self._post(self.review_channel, drawn.text, drawn.blocks)
        with suppress(ThreadGoneError):
            return self._reply(card.source, drawn)
        return card.source

    def follow(self, card: DraftCard) -> MessageRef | None:
        """Write or rewrite the status in the thread of a message whose card stands elsewhere."""
        if not card.stands_elsewhere:
            return None
        drawn = draw_status(card)
        with suppress(ThreadGoneError):
            known = card.status or traces.in_replies(
                self.client, card.source, status_block(card.id)
            )
            if known and self._rewrite(known, drawn):
                return known
            return self._reply(card.source, drawn)
        return None

    def call(self, card: DraftCard) -> None:
        """Mention whom a revision waits for, once, in the thread of its card."""
        thread, block_id = card.thread, call_block(card.id, card.revision_id)
        if not card.missing or traces.in_replies(self.client, thread, block_id):
            return
        waiting = (stage.stage for stage in card.verdict.stages if not stage.complete)
        people = " ".join(named(card, person) for person in card.missing)
        text = f"{people} This draft waits for {escape(' and '.join(waiting))}."
        self._post(thread.channel, text, [section(text, block_id)], thread.ts)

    def tell(self, word: PrivateWord) -> None:
        """Tell one person something, in the place where it belongs, or else directly."""
        if word.channel == DIRECT:
            self._tell_directly(word)
            return
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

    def link(self, ref: MessageRef) -> str | None:
        """Return the address by which people open a message, None where it is gone."""
        try:
            with asking():
                said = self.client.chat_getPermalink(channel=ref.channel, message_ts=ref.ts)
                return answers.permalink(answer(said))
        except SlackRefusedError as error:
            if error.name in _GONE:
                return None
            raise

    def zone_of(self, person: str) -> str | None:
        """Return the name of the IANA zone in somebody's profile."""
        with asking():
            return answers.zone_name(answer(self.client.users_info(user=person)))

    def show_home(self, home: Home) -> None:
        """Draw somebody's Home tab."""
        view = home_view(home, self.channel)
        with asking():
            self.client.views_publish(user_id=home.person, view=view)

    def announce(self, channel: str, text: str) -> None:
        """Say something that everybody in a channel sees."""
        self._post(channel, guarded(text))

    def propose(self, proposal: Proposal) -> MessageRef:
        """Post a message that stands for a draft, unless it is there already."""
        return posting.propose(self.client, self.channel, proposal)

    def retract(self, proposal: Proposal) -> None:
        """Delete the message of a proposal that became no draft."""
        posting.retract(self.client, self.channel, proposal)

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

    def fetch(self, file: str, into: BinaryIO) -> None:
        """Write down what a file holds that people shared."""
        files.fetch(self.client, file, into)

    def _links(self, card: DraftCard) -> dict[str, str]:
        """Return where the files are that a card cannot show: a video is watched in Slack."""
        unshown = (one.file for one in card.pictures if one.kind is MediaKind.VIDEO and one.file)
        found = {file: files.link(self.client, file) for file in unshown}
        return {file: address for file, address in found.items() if address}

    def _find_card(self, card: DraftCard) -> MessageRef | None:
        """Return a card whose posting was not answered: of those newer than its message."""
        block_id = card_block(card.id)
        if self.review_channel:
            return traces.in_channel(self.client, self.review_channel, card.source.ts, block_id)
        with suppress(ThreadGoneError):
            return traces.in_replies(self.client, card.source, block_id)
        return None

    def _reply(self, thread: MessageRef, drawn: Drawn) -> MessageRef:
        """Post in a thread; ThreadGoneError where there is none any more."""
        with in_thread():
            return self._post(thread.channel, drawn.text, drawn.blocks, thread.ts)

    def _rewrite(self, ref: MessageRef, drawn: Drawn) -> bool:
        """Rewrite a message of ours; False where it is not there any more."""
        try:
            with asking():
                self.client.chat_update(
                    channel=ref.channel, ts=ref.ts, text=drawn.text, blocks=drawn.blocks
                )
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
            return MessageRef(FRONT, channel, answers.sent_ts(answer(said)))

    def _tell_directly(self, word: PrivateWord) -> None:
        with asking():
            opened = self.client.conversations_open(users=word.person)
            channel = answers.opened_channel(answer(opened))
        self._post(channel, guarded(word.text))

    def _history(self, channel: str, oldest: str) -> Iterator[Message]:
        """Yield the messages after a moment, newest first; unreadable ones fall out."""
        cursor = ""
        while True:
            with asking():
                page, cursor = self._page(channel, oldest=oldest, limit=PAGE, cursor=cursor or None)
            yield from (row for row in page if isinstance(row, Message))
            if not cursor:
                return

    def _page(self, channel: str, **which: Any) -> tuple[Sequence[Message | Malformed], str]:
        said = answer(self.client.conversations_history(channel=channel, **which))
        return payloads.history(said, channel), answers.next_cursor(said)
