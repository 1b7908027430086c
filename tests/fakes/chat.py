"""A chat in memory: what was drawn, told and said, and the messages that people wrote."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import BinaryIO

from bot.domain.beside import Beside
from bot.domain.card import DraftCard
from bot.domain.content import is_chat
from bot.domain.draft import FileRef, MessageRef, NewDraft
from bot.domain.home import Home
from bot.errors import ChatError
from bot.ports import PrivateWord, Proposal

FRONT = "slack"
CHANNEL = "C0DRAFTS"


class FakeChat:
    """Implements `bot.ports.Chat`; errors are scripted with `fail`, messages with `write`."""

    def __init__(self) -> None:
        self.drawn: list[DraftCard] = []
        """Every card that was drawn, oldest first."""
        self.cards: dict[int, DraftCard] = {}
        """The card of each draft as it stands now."""
        self.called: list[DraftCard] = []
        self.review_channel = ""
        """Where cards stand, if not where drafts are written."""
        self.followed: list[DraftCard] = []
        """The drafts whose status was written where they were written, oldest first."""
        self.told: list[PrivateWord] = []
        self.announced: list[tuple[str, str]] = []
        self.homes: dict[str, list[Home]] = {}
        """What each person's Home tab showed, oldest first."""
        self.zones: dict[str, str] = {}
        """Where people live; nobody knows of others."""
        self.files: dict[str, bytes] = {}
        """What the files hold that people shared; one that is taken away cannot be fetched."""
        self.messages: dict[MessageRef, NewDraft] = {}
        """What people wrote and did not delete."""
        self.proposed: dict[str, tuple[MessageRef, Proposal]] = {}
        """The messages of ours that stand for drafts, by what they are found again by."""
        self._refs: dict[int, MessageRef] = {}
        self._errors: deque[tuple[str, ChatError]] = deque()
        self._clock = count(1_790_000_000)

    # -- what a test arranges --

    def fail(self, method: str, *, times: int = 1, permanent: bool = False) -> None:
        """Let the next calls of one method (`draw`, `tell` …) raise instead of taking effect."""
        error = ChatError(f"scripted: {method}", permanent=permanent)
        self._errors.extend([(method, error)] * times)

    def share(self, content: bytes) -> str:
        """Let a person pick a file; returns its id."""
        file = f"F{len(self.files)}"
        self.files[file] = content
        return file

    def write(
        self,
        text: str,
        author: str = "U0AUTHOR1",
        channel: str = CHANNEL,
        files: Sequence[str] = (),
        beside: Beside | None = None,
    ) -> NewDraft:
        """Let a person write a message, perhaps by a form; returns it as it would be taken in."""
        new = NewDraft(
            self._next(channel), author, text, files=tuple(map(FileRef, files)), beside=beside
        )
        self.messages[new.ref] = replace(new, beside=None)
        return new

    def edit(self, ref: MessageRef, text: str, files: Sequence[str] | None = None) -> NewDraft:
        """Let its author change a message; returns it as it would be taken in."""
        before, now = self.messages[ref], self._next(ref.channel).ts
        kept = before.files if files is None else tuple(map(FileRef, files))
        new = NewDraft(ref, before.author, text, edited_ts=now, files=kept)
        self.messages[ref] = new
        return new

    def delete(self, ref: MessageRef) -> None:
        """Let its author delete a message."""
        del self.messages[ref]

    def words_to(self, person: str) -> list[str]:
        """Return what one person was told, oldest first."""
        return [word.text for word in self.told if word.person == person]

    # -- bot.ports.Chat --

    def draw(self, card: DraftCard) -> MessageRef:
        self._raise("draw")
        ref = (
            card.card
            or self._refs.get(card.id)
            or self._next(self.review_channel or card.source.channel)
        )
        self._refs[card.id] = ref
        self.cards[card.id] = card
        self.drawn.append(card)
        return ref

    def follow(self, card: DraftCard) -> MessageRef | None:
        self._raise("follow")
        if not self.review_channel:
            return None
        self.followed.append(card)
        return card.status or self._next(card.source.channel)

    def call(self, card: DraftCard) -> None:
        self._raise("call")
        self.called.append(card)

    def tell(self, word: PrivateWord) -> None:
        self._raise("tell")
        self.told.append(word)

    def link(self, ref: MessageRef) -> str | None:
        self._raise("link")
        return f"https://chat.example/{ref.channel}/{ref.ts}"

    def zone_of(self, person: str) -> str | None:
        self._raise("zone_of")
        return self.zones.get(person)

    def show_home(self, home: Home) -> None:
        self._raise("show_home")
        self.homes.setdefault(home.person, []).append(home)

    def announce(self, channel: str, text: str) -> None:
        self._raise("announce")
        self.announced.append((channel, text))

    def propose(self, proposal: Proposal) -> MessageRef:
        self._raise("propose")
        known = self.proposed.get(proposal.key)
        ref = known[0] if known else self._next(CHANNEL)
        self.proposed[proposal.key] = (ref, known[1] if known else proposal)
        self._raise("propose, answered")
        return ref

    def retract(self, proposal: Proposal) -> None:
        self._raise("retract")
        self.proposed.pop(proposal.key, None)

    def since(self, channel: str, ts: str) -> Sequence[NewDraft]:
        self._raise("since")
        found = [new for new in self.messages.values() if new.ref.channel == channel]
        newer = [new for new in found if float(new.ref.ts) > float(ts or 0)]
        return sorted(
            (new for new in newer if not is_chat(new.text)),
            key=lambda new: float(new.ref.ts),
        )

    def reread(self, ref: MessageRef) -> NewDraft | None:
        self._raise("reread")
        return self.messages.get(ref)

    def fetch(self, file: str, into: BinaryIO) -> None:
        self._raise("fetch")
        if file not in self.files:
            raise ChatError("it is not there any more. Please send it again.", permanent=True)
        into.write(self.files[file])

    def _raise(self, method: str) -> None:
        if self._errors and self._errors[0][0] == method:
            raise self._errors.popleft()[1]

    def _next(self, channel: str) -> MessageRef:
        return MessageRef(FRONT, channel, f"{next(self._clock)}.000100")
