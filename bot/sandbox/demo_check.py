"""The demo without a person: what people would do and see, over the wire alone."""

import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from bot.sandbox import world
from bot.sandbox.answering import answers
from bot.sandbox.bot_process import BotProcess, crowd_policy
from bot.sandbox.client import SandboxClient
from bot.sandbox.demo import DemoError, demo_bot

ANA, CHEN, DANA = "U0AUTHOR1", "U0CLINIC1", "U0COMPLY1"
CROWD = tuple(person.id for person in world.CROWD[:50])
AHEAD_S = 3
SEEN_WITHIN_S = 10.0
QUIET_S = 2.0  # so long after its due time a tweet that must not exist is waited for
_CHECKPOINT, _PRIVATE = "countersign-checkpoint/1", ("Kevin", "Marsh", "4471902")


class DifferenceError(Exception):
    """What was seen is not what was expected."""


@dataclass(slots=True)
class Story:
    """Drafts, clicks and tweets, as people see them."""

    person: SandboxClient
    channel: str = world.DRAFTS.id
    late_ms: list[int] = field(default_factory=list)

    def write(self, text: str) -> str:
        """Write a message as Ana, and wait for its card; returns the message's ts."""
        ts = self.person.write(ANA, self.channel, text)
        self.wait(lambda: self.card(ts), f"a card below {text!r}")
        return ts

    def card(self, ts: str) -> dict[str, Any] | None:
        """Return the bot's card in a thread."""
        replies = self.person.thread(self.channel, ts, CHEN)
        return next((m for m in replies if m.get("bot") and _buttons(m)), None)

    def press(self, who: str, ts: str, button: str) -> dict[str, Any]:
        """Press a button of the card as somebody."""
        card = self.wait(lambda: self.card(ts), "a card")
        return self.person.click(who, self.channel, str(card["ts"]), button)

    def approve(self, ts: str) -> list[str]:
        """Approve as both reviewers, answering what is asked; returns the rules that asked."""
        return [rule for who in (CHEN, DANA) for rule in self._approve(who, ts)]

    def _approve(self, who: str, ts: str) -> list[str]:
        self.press(who, ts, "approve")
        views = self.person.views(who)
        if not views:
            return []
        values = answers(views[-1], "Our own audit of last year.")
        answer = self.person.submit(who, views[-1]["id"], values)
        self.expect("the modal Approve is taken", None, answer.get("errors"))
        return [chosen for box in values.values() for chosen in box.get("tick", ())]

    def say_when(self, ts: str, due: int | None) -> None:
        """Fill in *When* as Ana: a unix time, or as soon as it is approved."""
        self.press(ANA, ts, "when")
        view = self.wait(lambda: self.person.views(ANA), "the modal When")[-1]
        choice = {"when": "now"} if due is None else {"when": "at"}
        values = {"when": choice, "at": {"at": due}}
        answer = self.person.submit(ANA, view["id"], values)
        self.expect("the modal When is taken", None, answer.get("errors"))

    def schedule(self, text: str) -> tuple[str, int]:
        """Write a draft that both reviewers approve before its time; returns ts and due time."""
        ts = self.write(text)
        due = _soon()
        self.say_when(ts, due)
        self.approve(ts)
        return ts, due

    def tweets(self, text: str) -> list[dict[str, Any]]:
        """Return everything that X ever took with this text."""
        ledger = self.person.ledger()["tweets"]
        return [tweet for tweet in ledger if tweet["shown_text"] == text]

    def wait(self, condition: Callable[[], Any], what: str) -> Any:
        """Wait until something can be seen; a difference where it does not come."""
        try:
            return self.person.wait_for(condition, SEEN_WITHIN_S, what)
        except TimeoutError as error:
            raise DifferenceError(str(error)) from None

    def expect(self, what: str, expected: object, seen: object) -> None:
        """Compare."""
        if expected != seen:
            raise DifferenceError(f"{what}: expected {expected!r}, seen {seen!r}")

    def published(self, text: str, due: int | None) -> None:
        """Wait for a text on X, once and not before its time, and note how late it was."""
        self.wait(lambda: self.tweets(text), f"{text!r} on X")
        (tweet, *more) = self.tweets(text)
        self.expect(f"tweets with {text!r}", 1, 1 + len(more))
        if due is not None:
            late = int(tweet["created_ms"]) - due * 1000
            self.expect(f"{text!r} waits for its time", True, late >= 0)
            self.late_ms.append(late)

    def quiet(self, text: str, due: int) -> None:
        """Wait until well after a due time, and see that nothing went out."""
        time.sleep(max(0.0, due + QUIET_S - time.time()))
        self.expect(f"tweets with {text!r}", 0, len(self.tweets(text)))


def play(story: Story) -> Iterator[str]:
    """Play the story; yields a line for each step that went as it should."""
    text = "Flu clinics open on Monday. Ask us anything about the vaccine & who should have it."
    ts = story.write(text)
    yield "Ana wrote a draft; its card is in the thread"

    story.press(ANA, ts, "approve")
    told = story.wait(lambda: _whispers(story, ts, ANA), "a refusal that Ana can read")
    yield f"Ana tried to approve it herself and was told: {told[-1]['text']}"

    due = _soon()
    story.say_when(ts, due)
    story.approve(ts)
    story.published(text, due)
    yield "two reviewers approved it, and X shows it word for word, on time"

    yield from _privacy_is_kept(story)
    yield from _findings_are_answered(story)
    yield from _edit_voids(story)
    yield from _unfurl_does_not(story)
    yield from _fifty_at_once(story)
    yield from _pause_stops(story)


def _privacy_is_kept(story: Story) -> Iterator[str]:
    text = "Kevin Marsh (MRN 4471902) had his knee surgery with us. Well done, team!"
    ts = story.person.write(ANA, story.channel, text)
    told = story.wait(lambda: _whispers(story, ts, ANA), "a refusal that Ana can read")[-1]["text"]
    story.expect("words of the message in its refusal", [], [w for w in _PRIVATE if w in told])
    story.expect("cards below it", None, story.card(ts))
    others = [who for who in (CHEN, DANA) if _whispers(story, ts, who)]
    story.expect("others who were told", [], others)
    story.person.delete(ANA, story.channel, ts)
    yield f"Ana wrote of a (made-up) patient and was told, alone: {told.splitlines()[0]}"


def _findings_are_answered(story: Story) -> Iterator[str]:
    text = "9 in 10 patients are cured."
    ts = story.write(text)
    story.say_when(ts, None)
    asked = story.approve(ts)
    story.expect("rules that both reviewers answer", ["EVD-01", "EVD-01"], asked)
    story.published(text, None)
    yield "a number without a source was found; both reviewers said why it may go out"


def _edit_voids(story: Story) -> Iterator[str]:
    text = "Our heart failure group meets on Thursday."
    ts, due = story.schedule(text)
    edited = text.replace("Thursday", "Friday")
    story.person.edit(ANA, story.channel, ts, edited)
    story.wait(lambda: "approve" in _buttons(story.card(ts)), "a card that asks for approval again")
    story.quiet(text, due)
    story.expect(f"tweets with {edited!r}", 0, len(story.tweets(edited)))
    yield "an edit voided the approval and took it off the schedule: nothing went out"


def _unfurl_does_not(story: Story) -> Iterator[str]:
    text = "How vaccines are tested, step by step: example.com/trials"
    ts, due = story.schedule(text)
    story.person.unfurl(story.channel, ts)
    story.published(text, due)
    yield "a link preview is no edit: it went out as approved"


def _fifty_at_once(story: Story) -> Iterator[str]:
    text = "Fifty of us agree: wash your hands."
    ts = story.write(text)
    story.say_when(ts, None)
    with ThreadPoolExecutor(len(CROWD)) as crowd:
        answers = list(crowd.map(lambda who: story.press(who, ts, "approve"), CROWD))
    story.expect("clicks that Slack saw acknowledged", 50, sum(a["acked"] for a in answers))
    story.published(text, None)
    story.quiet("", int(time.time()))
    story.expect("tweets of fifty approvals", 1, len(story.tweets(text)))
    yield "fifty approvals at once made one tweet"


def _pause_stops(story: Story) -> Iterator[str]:
    text = "The pharmacy is open until eight tonight."
    _, due = story.schedule(text)
    story.person.command(DANA, story.channel, "/tweet", "pause something is wrong")
    story.quiet(text, due)
    yield "Dana paused: nothing went out at its time"
    story.person.command(DANA, story.channel, "/tweet", "resume")
    story.published(text, None)
    yield "Dana resumed: it went out, still inside the grace"


def _record_is_anchored(story: Story, bot: BotProcess) -> Iterator[str]:
    """Stop the bot: what it posts then is all that an auditor needs to know its record by."""
    bot.stop()
    posted = story.person.messages(world.AUDIT.id, DANA)
    signed = [str(said["text"]) for said in posted if _CHECKPOINT in said["text"]]
    story.expect("a checkpoint in #audit", True, bool(signed))
    done = bot.command("audit", "verify", "--anchor", signed[-1])
    story.expect("the record against its checkpoint", 0, done.returncode)
    yield "the bot was stopped; its record is the one of the checkpoint that it posted in #audit"


def run_check(say: Callable[[str], object] = print) -> int:
    """Play the whole story; returns 0, or 1 with what was expected and what was seen."""
    try:
        with (
            demo_bot(policy=crowd_policy(CROWD)) as (address, bot),
            SandboxClient(address) as person,
        ):
            story = Story(person)
            for line in chain(play(story), _record_is_anchored(story, bot)):
                say(line)
            tweets = len(person.ledger()["tweets"])
            say(f"ok tweets={tweets} late_ms={max(story.late_ms)}")
    except (DifferenceError, DemoError) as error:
        say(f"not as expected: {error}")
        return 1
    return 0


def _soon() -> int:
    """Return a due time in whole seconds, at least three seconds ahead."""
    return math.ceil(time.time()) + AHEAD_S


def _buttons(message: dict[str, Any] | None) -> set[str]:
    """Return the action ids of the buttons on a message."""
    blocks = (message or {}).get("blocks") or []
    rows = (block.get("elements", []) for block in blocks if block["type"] == "actions")
    return {element["action_id"] for row in rows for element in row}


def _whispers(story: Story, ts: str, who: str) -> list[dict[str, Any]]:
    """Return what only one person sees in a thread."""
    return [m for m in story.person.thread(story.channel, ts, who) if m.get("ephemeral")]
