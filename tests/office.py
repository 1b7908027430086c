"""A team at work: drafts written, approved and published through the real use cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlmodel import select

from bot.cards.drawing import Drawer
from bot.checks import Checker
from bot.desk import Desk
from bot.domain.audit import AuditAction
from bot.domain.beside import Beside
from bot.domain.card import DraftCard
from bot.domain.draft import NewDraft, Wish
from bot.domain.publication import PublicationState, Unknown
from bot.domain.quorum import Decision
from bot.publishing.lane import Lane
from bot.workflow.describing import describe
from bot.workflow.intake import revise, submit
from bot.workflow.looking import look
from bot.workflow.occurring import Occurrences
from bot.workflow.review import review
from bot.workflow.scheduling import set_wish
from storage import publications
from storage.models import Attempt, AuditEntry, Draft, Notice, Publication
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, HandClock
from tests.fakes.chat import FakeChat
from tests.fakes.x import FakeX
from tests.pictures import png


@dataclass(slots=True)
class Office:
    """The desk, with a chat and an X account at its sides."""

    desk: Desk
    clock: HandClock
    chat: FakeChat
    x: FakeX
    sources: dict[int, NewDraft] = field(default_factory=dict)

    @property
    def lane(self) -> Lane:
        """The publishing loop of the account."""
        return Lane(self.desk, "clinic", self.x)

    # -- people --

    def draft(
        self,
        text: str = "Sleep well.",
        author: str = AUTHOR,
        pictures: Sequence[bytes] = (),
        beside: Beside | None = None,
    ) -> int:
        """Write a message, perhaps with files or by a form, that is a draft; returns its id."""
        files = [self.chat.share(one) for one in pictures]
        new = self.chat.write(text, author, files=files, beside=beside)
        submit(self.desk, new)
        draft_id = self.id_of(new)
        self.sources[draft_id] = new
        return draft_id

    def edit(self, draft_id: int, text: str) -> None:
        """Let its author change the message of a draft."""
        revise(self.desk, self.chat.edit(self.sources[draft_id].ref, text))

    def id_of(self, new: NewDraft) -> int:
        """Return the draft that a message has become."""
        with self.desk.database.engine.connect() as rows:
            found = rows.exec_driver_sql("SELECT id FROM draft WHERE ts = ?", (new.ref.ts,))
            return int(found.scalar_one())

    def decide(
        self, draft_id: int, person: str, decision: Decision = Decision.APPROVE, reason: str = "why"
    ) -> None:
        """Decide on what the card shows."""
        review(self.desk, draft_id, self.card(draft_id).revision_id, person, decision, reason)

    def confirm(self, draft_id: int, person: str) -> None:
        """Approve what the card shows, and tick whatever was found."""
        card = self.card(draft_id)
        found = [finding.rule for finding in card.findings]
        review(self.desk, draft_id, card.revision_id, person, Decision.APPROVE, "why", found)

    def illustrated(
        self,
        text: str = "Sleep well.",
        alts: Sequence[str] = ("A bed.",),
        pictures: Sequence[bytes] = (),
    ) -> int:
        """Write a draft with pictures, and say what each shows; returns its id."""
        drawn = pictures or [png(width=2 + place, height=2) for place in range(len(alts))]
        draft_id = self.draft(text, pictures=drawn)
        self.check()
        describe(self.desk, draft_id, self.card(draft_id).revision_id, AUTHOR, alts)
        return draft_id

    def approved(self, text: str = "Sleep well.", draft: int | None = None) -> int:
        """Write a draft, or take one, that everybody approves."""
        draft_id = draft or self.draft(text)
        self.confirm(draft_id, CLINICIAN)
        self.confirm(draft_id, COMPLIANCE)
        return draft_id

    def scheduled(
        self, text: str = "Sleep well.", at: datetime | None = None, draft: int | None = None
    ) -> int:
        """Write a draft, or take one, that everybody approves, and say when."""
        draft_id = self.approved(text, draft)
        set_wish(self.desk, draft_id, AUTHOR, Wish(at))
        return draft_id

    def published(self, text: str = "Sleep well.") -> int:
        """Let a draft go the whole way."""
        draft_id = self.scheduled(text)
        self.work()
        return draft_id

    def in_question(self, text: str = "Sleep well.") -> int:
        """Write a draft whose answer X loses before it has the tweet, until people are asked."""
        self.x.script.append(Unknown("The answer was lost."))
        draft_id = self.scheduled(text)
        self.work()
        self.wait_and_work(8, minutes=2)
        return draft_id

    # -- loops --

    def work(self, steps: int = 20) -> None:
        """Let the lane do what is due."""
        for _ in range(steps):
            if not self.lane.step():
                return
        raise AssertionError("the lane does not come to rest")

    def check(self) -> None:
        """Let the checking loop fetch what it can."""
        checker = Checker(self.desk, self.chat)
        while checker.step():
            pass

    def draft_again(self, steps: int = 60) -> list[int]:
        """Let the loop of recurring drafts do what is due; returns the drafts that it made."""
        before = self.ids_of_drafts()
        loop = Occurrences(self.desk, self.chat)
        for _ in range(steps):
            if not loop.step():
                return [one for one in self.ids_of_drafts() if one not in before]
        raise AssertionError("the loop of recurring drafts does not come to rest")

    def wait_and_work(self, times: int = 8, **by: float) -> None:
        """Let time pass in strides, with the lane at work in each."""
        for _ in range(times):
            self.clock.forward(**by)
            self.work()

    def deliver(self) -> None:
        """Draw every card and deliver every notice."""
        drawer = Drawer(self.desk.database, self.desk.policy, self.clock, self.chat)
        while drawer.step():
            pass

    # -- looking --

    def ids_of_drafts(self) -> list[int]:
        """Return every draft that there is, oldest first."""
        with self.desk.database.read() as session:
            return sorted(found for found in session.exec(select(Draft.id)) if found)

    def card(self, draft_id: int) -> DraftCard:
        """Return a draft as people see it."""
        return look(self.desk, draft_id)

    def publication(self, draft_id: int) -> Publication:
        """Return the row of a draft's newest publication, cancelled ones too."""
        with self.desk.database.read() as session:
            query = select(Publication).where(Publication.draft_id == draft_id)
            return session.exec(query).all()[-1]

    def state(self, draft_id: int) -> PublicationState:
        """Return where a draft's newest publication stands."""
        return self.publication(draft_id).state

    def ids(self, draft_id: int) -> list[str | None]:
        """Return the tweet ids of the parts of a draft's newest publication."""
        with self.desk.database.read() as session:
            rows = publications.parts(session, self.publication(draft_id).id or 0)
            return [row.tweet_id for row in rows]

    def attempts(self, draft_id: int) -> list[Attempt]:
        """Return every attempt of a draft's newest publication."""
        with self.desk.database.read() as session:
            owner = self.publication(draft_id).id
            return list(session.exec(select(Attempt).where(Attempt.publication_id == owner)))

    def notices(self, person: str) -> list[str]:
        """Return what is left for a person, oldest first."""
        with self.desk.database.read() as session:
            return list(session.exec(select(Notice.text).where(Notice.person == person)))

    def record(self) -> list[AuditAction]:
        """Return what the record says, oldest first."""
        with self.desk.database.read() as session:
            return [AuditAction(action) for action in session.exec(select(AuditEntry.action))]


@pytest.fixture
def office(desk: Desk, clock: HandClock) -> Office:
    return Office(desk, clock, FakeChat(), FakeX(clock=clock))
