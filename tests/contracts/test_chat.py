"""What every Chat does: the one in memory and Slack, as the sandbox plays it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest

from bot.domain.card import DraftCard
from bot.domain.draft import DraftState, MessageRef
from bot.domain.home import Home, Listed
from bot.errors import ChatError
from bot.ports import DIRECT, Chat, PrivateWord, Proposal
from bot.sandbox.client import RefusedError, SandboxClient
from bot.sandbox.server import running
from handlers.slack.chat import SlackChat
from handlers.slack.client import web_client
from tests.conftest import AUTHOR, COMPLIANCE, OUTSIDER
from tests.fakes.chat import CHANNEL, FRONT, FakeChat
from tests.pictures import DOT
from tests.slack.cards import card


class Place(Protocol):
    """A chat, what people do in it, and what they see of what was done."""

    @property
    def chat(self) -> Chat: ...

    def write(self, text: str) -> MessageRef: ...
    def show(self, content: bytes) -> MessageRef: ...
    def take_away(self, file: str) -> None: ...
    def edit(self, ref: MessageRef, text: str) -> None: ...
    def delete(self, ref: MessageRef) -> None: ...
    def cards(self, draft: DraftCard) -> list[str]: ...
    def told(self, person: str) -> list[str]: ...
    def said(self, text: str) -> bool: ...
    def times_said(self, text: str) -> int: ...
    def lives_in(self, person: str, zone: str) -> None: ...
    def homes(self, person: str) -> int: ...
    def break_down(self, method: str) -> None: ...


@dataclass
class InMemory:
    chat: FakeChat

    def write(self, text: str) -> MessageRef:
        return self.chat.write(text, AUTHOR).ref

    def show(self, content: bytes) -> MessageRef:
        return self.chat.write("", AUTHOR, files=[self.chat.share(content)]).ref

    def take_away(self, file: str) -> None:
        del self.chat.files[file]

    def edit(self, ref: MessageRef, text: str) -> None:
        self.chat.edit(ref, text)

    def delete(self, ref: MessageRef) -> None:
        self.chat.delete(ref)

    def cards(self, draft: DraftCard) -> list[str]:
        drawn = self.chat.cards.get(draft.id)
        return [drawn.state.value] if drawn else []

    def told(self, person: str) -> list[str]:
        return self.chat.words_to(person)

    def said(self, text: str) -> bool:
        return (CHANNEL, text) in self.chat.announced

    def times_said(self, text: str) -> int:
        return sum(proposal.text == text for _, proposal in self.chat.proposed.values())

    def lives_in(self, person: str, zone: str) -> None:
        self.chat.zones[person] = zone

    def homes(self, person: str) -> int:
        return len(self.chat.homes.get(person, ()))

    def break_down(self, method: str) -> None:
        self.chat.fail(method)


_HEADLINES = {"In review": "in_review", "Withdrawn": "withdrawn"}


@dataclass
class InSandbox:
    chat: SlackChat
    people: SandboxClient

    def write(self, text: str) -> MessageRef:
        return MessageRef(FRONT, CHANNEL, self.people.write(AUTHOR, CHANNEL, text))

    def show(self, content: bytes) -> MessageRef:
        file = self.people.upload(AUTHOR, "a.png", content)
        return MessageRef(FRONT, CHANNEL, self.people.write(AUTHOR, CHANNEL, "", files=[file]))

    def take_away(self, file: str) -> None:
        self.people.delete_file(AUTHOR, file)

    def edit(self, ref: MessageRef, text: str) -> None:
        self.people.edit(AUTHOR, CHANNEL, ref.ts, text)

    def delete(self, ref: MessageRef) -> None:
        self.people.delete(AUTHOR, CHANNEL, ref.ts)

    def cards(self, draft: DraftCard) -> list[str]:
        thread = self.people.thread(CHANNEL, draft.source.ts, OUTSIDER)
        heads = [message["text"].partition(":")[0] for message in thread]
        return [_HEADLINES[head] for head in heads if head in _HEADLINES]

    def told(self, person: str) -> list[str]:
        seen = [m for m in self.people.messages(CHANNEL, person) if m.get("ephemeral")]
        with suppress(RefusedError):  # nobody has opened these direct messages yet
            seen += self.people.messages(f"D{person[1:]}", person)
        return [message["text"] for message in seen]

    def said(self, text: str) -> bool:
        return any(m["text"] == text for m in self.people.messages(CHANNEL, OUTSIDER))

    def times_said(self, text: str) -> int:
        return sum(m["text"] == text for m in self.people.messages(CHANNEL, OUTSIDER))

    def lives_in(self, person: str, zone: str) -> None:
        self.people.change_person(person, tz=zone)

    def homes(self, person: str) -> int:
        return int(self.people.home(person) is not None)

    def break_down(self, method: str) -> None:  # noqa: ARG002 - all of Slack is down
        self.people.set_faults(slack={"api_down": True})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(params=["memory", "sandbox"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    if request.param == "memory":
        yield InMemory(FakeChat())
        return
    address: str = request.getfixturevalue("address")
    with SandboxClient(address) as people:
        people.reset()
        yield InSandbox(
            SlackChat(web_client("xoxb-sandbox", f"{address}/slack/api/"), CHANNEL), people
        )


@pytest.fixture
def draft(place: Place) -> DraftCard:
    return card(source=place.write("Flu jabs start on Monday."))


def test_a_card_is_drawn_once_and_then_rewritten(place: Place, draft: DraftCard) -> None:
    ref = place.chat.draw(draft)
    assert (ref.front, ref.channel) == (FRONT, CHANNEL)
    assert ref != draft.source
    changed = replace(draft, card=ref, state=DraftState.WITHDRAWN)
    assert place.chat.draw(changed) == ref
    assert place.cards(draft) == ["withdrawn"]


def test_a_card_whose_place_was_not_stored_is_found_again(place: Place, draft: DraftCard) -> None:
    ref = place.chat.draw(draft)
    assert place.chat.draw(draft) == ref
    assert place.cards(draft) == ["in_review"]


def test_a_word_reaches_one_person(place: Place, draft: DraftCard) -> None:
    ts = draft.source.ts
    place.chat.tell(PrivateWord(AUTHOR, CHANNEL, ts, "Approved."))
    place.chat.tell(PrivateWord(COMPLIANCE, CHANNEL, None, "Not yours."))
    assert place.told(AUTHOR) == ["Approved."]
    assert place.told(COMPLIANCE) == ["Not yours."]
    assert place.told(OUTSIDER) == []


def test_a_word_that_must_find_somebody_goes_to_them_directly(place: Place) -> None:
    place.chat.tell(PrivateWord(AUTHOR, DIRECT, None, "Still waiting."))
    assert place.told(AUTHOR) == ["Still waiting."]
    assert place.told(OUTSIDER) == []


def test_a_message_has_an_address_of_its_own(place: Place, draft: DraftCard) -> None:
    ref = place.chat.draw(draft)
    addresses = {place.chat.link(ref), place.chat.link(draft.source)}
    assert len(addresses) == 2
    assert all(address and address.startswith("https://") for address in addresses)


def test_a_profile_says_where_somebody_lives(place: Place) -> None:
    place.lives_in(AUTHOR, "Asia/Tokyo")
    assert place.chat.zone_of(AUTHOR) == "Asia/Tokyo"


def test_a_home_tab_is_one_persons(place: Place) -> None:
    home = Home(AUTHOR, ZoneInfo("Europe/London"), True, (), Listed(), Listed(), (), ())
    place.chat.show_home(home)
    assert (place.homes(AUTHOR), place.homes(OUTSIDER)) == (1, 0)


def test_an_announcement_is_seen_by_everybody(place: Place) -> None:
    place.chat.announce(CHANNEL, "Paused.")
    assert place.said("Paused.")


def proposal(key: str = "occurrence:7") -> Proposal:
    since = datetime.now(UTC) - timedelta(minutes=1)
    return Proposal(key, since, AUTHOR, "Sleep well.", f"Again, for <@{COMPLIANCE}>.")


def test_a_proposal_is_posted_once_whatever_became_of_the_answer(place: Place) -> None:
    ref = place.chat.propose(proposal())
    assert (ref.front, ref.channel) == (FRONT, CHANNEL)
    for _ in range(210):
        place.chat.announce(CHANNEL, "Paused.")
    assert place.chat.propose(proposal()) == ref
    assert place.chat.propose(proposal("occurrence:8")) != ref
    assert place.times_said("Sleep well.") == 2


def test_a_proposal_is_taken_back_with_its_message(place: Place) -> None:
    place.chat.propose(proposal())
    for _ in range(2):
        place.chat.retract(proposal())
    assert place.times_said("Sleep well.") == 0


def test_a_proposal_is_no_message_of_a_person(place: Place) -> None:
    place.chat.propose(proposal())
    assert place.chat.since(CHANNEL, "0") == []


def test_messages_are_read_from_a_moment_on_oldest_first(place: Place) -> None:
    before = place.write("before")
    place.write("one")
    place.write("// lunch?")
    two = place.write("two")
    place.edit(two, "two, edited")
    gone = place.write("gone")
    place.delete(gone)
    found = place.chat.since(CHANNEL, before.ts)
    assert [(new.author, new.text) for new in found] == [
        (AUTHOR, "one"), (AUTHOR, "two, edited"),
    ]  # fmt: skip
    assert [bool(new.edited_ts) for new in found] == [False, True]


def test_cards_are_no_messages_of_people(place: Place, draft: DraftCard) -> None:
    place.chat.draw(draft)
    place.chat.announce(CHANNEL, "Paused.")
    assert [new.ref for new in place.chat.since(CHANNEL, "0")] == [draft.source]


def test_a_message_is_read_again_as_it_stands(place: Place) -> None:
    ref = place.write("one")
    unedited = place.chat.reread(ref)
    place.edit(ref, "two")
    edited = place.chat.reread(ref)
    assert unedited is not None
    assert edited is not None
    assert (unedited.text, unedited.edited_ts) == ("one", "")
    assert (edited.text, edited.ref, edited.author) == ("two", ref, AUTHOR)
    assert edited.edited_ts > ref.ts


def test_a_file_of_a_message_can_be_fetched_while_it_is_there(place: Place) -> None:
    new = place.chat.reread(place.show(DOT))
    assert new is not None
    file = new.files[0].ref
    room = BytesIO()
    place.chat.fetch(file, room)
    assert room.getvalue() == DOT
    place.take_away(file)
    with pytest.raises(ChatError, match="Please send it again") as caught:
        place.chat.fetch(file, BytesIO())
    assert caught.value.permanent


def test_a_message_that_became_chat_is_read_as_it_stands(place: Place) -> None:
    ref = place.write("one")
    place.edit(ref, "// one")
    found = place.chat.reread(ref)
    assert found is not None
    assert found.text == "// one"


def test_a_deleted_message_is_not_there(place: Place) -> None:
    ref = place.write("one")
    place.write("another")
    place.delete(ref)
    assert place.chat.reread(ref) is None


def test_a_deleted_message_with_a_card_is_not_there(place: Place, draft: DraftCard) -> None:
    place.chat.draw(draft)
    place.delete(draft.source)
    assert place.chat.reread(draft.source) is None


_CALLS: dict[str, Callable[[Chat, DraftCard], object]] = {
    "draw": lambda chat, draft: chat.draw(draft),
    "call": lambda chat, draft: chat.call(draft),
    "tell": lambda chat, _: chat.tell(PrivateWord(AUTHOR, CHANNEL, None, "x")),
    "follow": lambda chat, draft: chat.follow(
        replace(draft, card=MessageRef(FRONT, "C0OTHER", "1780000000.000100"))
    ),
    "link": lambda chat, draft: chat.link(draft.source),
    "zone_of": lambda chat, _: chat.zone_of(AUTHOR),
    "show_home": lambda chat, _: chat.show_home(
        Home(AUTHOR, ZoneInfo("Europe/London"), True, (), Listed(), Listed(), (), ())
    ),
    "announce": lambda chat, _: chat.announce(CHANNEL, "x"),
    "propose": lambda chat, _: chat.propose(proposal()),
    "retract": lambda chat, _: chat.retract(proposal()),
    "since": lambda chat, _: chat.since(CHANNEL, "0"),
    "fetch": lambda chat, _: chat.fetch("F0", BytesIO()),
    "reread": lambda chat, draft: chat.reread(draft.source),
}


@pytest.mark.parametrize("method", _CALLS)
def test_a_chat_that_is_down_says_that_it_may_be_tried_again(
    place: Place, draft: DraftCard, method: str
) -> None:
    place.break_down(method)
    with pytest.raises(ChatError) as caught:
        _CALLS[method](place.chat, draft)
    assert not caught.value.permanent
