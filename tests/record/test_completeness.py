"""Every use case and every step leaves its entry, in the transaction of what it did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Thread

import pytest
from sqlmodel import Session, select

from bot.domain.audit import AuditAction
from bot.domain.draft import NewDraft, Wish
from bot.domain.publication import Duplicate, Live, NotLive, Reason, Unknown
from bot.domain.quorum import Decision
from bot.domain.recurrence import Recurrence, Rhythm
from bot.workflow.catching_up import catch_up
from bot.workflow.intake import become_chat, remove_source, revise, submit
from bot.workflow.recurring import repeat, stop_repeating
from bot.workflow.review import review
from bot.workflow.scheduling import cancel, lapse_due, retry, set_wish
from bot.workflow.settling import remove, settle_live, settle_not_live
from bot.workflow.stopping import pause, resume, withdraw
from storage.database import Database
from storage.models import AuditEntry, Draft, Publication
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OPERATOR
from tests.fakes.chat import CHANNEL, FRONT
from tests.office import Office
from tests.walking import first_broken

SECRET = "Zanzibar"
"""A word in every text and reason here, and in nothing else."""

_A = AuditAction


def states(session: Session) -> dict[tuple[int, str], str]:
    """Where every draft and every publication stands: (draft, which) → state."""
    found = {(row.id or 0, "draft"): row.state.value for row in session.exec(select(Draft))}
    for row in session.exec(select(Publication)):
        found[row.draft_id, f"publication {row.id}"] = row.state.value
    return found


def entries(session: Session) -> dict[int, int]:
    """How many entries the record has of each draft."""
    found: dict[int, int] = {}
    for draft_id in session.exec(select(AuditEntry.draft_id)):
        found[draft_id or 0] = found.get(draft_id or 0, 0) + 1
    return found


@pytest.fixture(autouse=True)
def watched(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compares, in every transaction, what changed with what was written down."""
    write = office.desk.database.write

    @contextmanager
    def watching(_: Database) -> Iterator[Session]:
        with write() as session:
            before, known = states(session), entries(session)
            yield session
            session.flush()
            after, told = states(session), entries(session)
            for draft_id in {key[0] for key, state in after.items() if before.get(key) != state}:
                assert told.get(draft_id, 0) > known.get(draft_id, 0), f"draft {draft_id}: {after}"

    monkeypatch.setattr(Database, "write", watching)


def text(more: str = "") -> str:
    return f"{SECRET} opens on Monday. {more}".strip()


def edited(office: Office, draft: int, words: str) -> NewDraft:
    return office.chat.edit(office.sources[draft].ref, words)


def card(office: Office, draft: int) -> int:
    return office.card(draft).revision_id


Case = Callable[[Office], Callable[[], object]]


def after(prepare: Callable[[Office], int], act: Callable[[Office, int], object]) -> Case:
    """What is prepared, and what is then done to the draft."""

    def case(office: Office) -> Callable[[], object]:
        draft = prepare(office)
        return lambda: act(office, draft)

    return case


def drafted(office: Office) -> int:
    return office.draft(text())


def approved(office: Office) -> int:
    return office.approved(text())


def scheduled(office: Office) -> int:
    return office.scheduled(text(), office.clock.now + timedelta(hours=1))


def published(office: Office) -> int:
    return office.published(text())


def asked(office: Office) -> int:
    return office.in_question(text())


def missed(office: Office) -> int:
    draft = scheduled(office)
    office.wait_and_work(1, hours=3)
    return draft


def paused(office: Office) -> int:
    draft = office.approved(text())
    pause(office.desk, CLINICIAN, SECRET)
    set_wish(office.desk, draft, AUTHOR, Wish(None))
    office.work()
    return draft


DAILY = Recurrence(Rhythm.DAILY, date(2026, 3, 3), time(8, 30), date(2026, 3, 31))


def recurring(office: Office) -> int:
    draft = drafted(office)
    repeat(office.desk, draft, AUTHOR, DAILY)
    return draft


def neglected(office: Office) -> int:
    draft = recurring(office)
    office.clock.forward(days=60)
    return draft


def decide(person: str, decision: Decision) -> Callable[[Office, int], object]:
    return lambda office, draft: office.decide(draft, person, decision, SECRET)


def lapsed(office: Office) -> int:
    draft = office.approved(text())
    office.clock.forward(days=15)
    return draft


CASES: dict[str, tuple[Case, list[AuditAction]]] = {
    "submit": (lambda o: lambda: submit(o.desk, o.chat.write(text())), [_A.DRAFT_SUBMIT]),
    "revise": (after(drafted, lambda o, d: revise(o.desk, edited(o, d, text("Yes.")))),
               [_A.DRAFT_REVISE]),
    "revise what is on the schedule": (
        after(scheduled, lambda o, d: revise(o.desk, edited(o, d, text("Yes.")))),
        [_A.PUBLICATION_CANCEL, _A.DRAFT_REVISE]),
    "revise what is out": (
        after(published, lambda o, d: revise(o.desk, edited(o, d, text("Yes.")))),
        [_A.PUBLICATION_STOP]),
    "delete": (after(drafted, lambda o, d: remove_source(o.desk, o.sources[d].ref)),
               [_A.DRAFT_WITHDRAW]),
    "turn into talk": (
        after(drafted, lambda o, d: become_chat(o.desk, o.sources[d].ref, "1990000000.0")),
        [_A.DRAFT_WITHDRAW]),
    "withdraw": (after(drafted, lambda o, d: withdraw(o.desk, d, AUTHOR)), [_A.DRAFT_WITHDRAW]),
    "approve": (after(drafted, decide(CLINICIAN, Decision.APPROVE)), [_A.REVIEW_APPROVE]),
    "request changes": (after(drafted, decide(CLINICIAN, Decision.REQUEST_CHANGES)),
                        [_A.REVIEW_REQUEST_CHANGES]),
    "reject": (after(drafted, decide(CLINICIAN, Decision.REJECT)), [_A.REVIEW_REJECT]),
    "revoke": (after(approved, decide(CLINICIAN, Decision.REVOKE)), [_A.REVIEW_REVOKE]),
    "revoke what is on the schedule": (after(scheduled, decide(CLINICIAN, Decision.REVOKE)),
                                       [_A.REVIEW_REVOKE, _A.PUBLICATION_CANCEL]),
    "wish": (after(drafted, lambda o, d: set_wish(o.desk, d, AUTHOR, Wish(None))),
             [_A.DRAFT_WISH]),
    "wish for what is approved": (
        after(approved, lambda o, d: set_wish(o.desk, d, AUTHOR, Wish(None))),
        [_A.DRAFT_WISH, _A.PUBLICATION_SCHEDULE]),
    "cancel": (after(scheduled, lambda o, d: cancel(o.desk, d, AUTHOR)),
               [_A.PUBLICATION_CANCEL]),
    "retry": (after(missed, lambda o, d: retry(o.desk, d, AUTHOR)), [_A.PUBLICATION_RETRY]),
    "lapse": (after(lapsed, lambda o, _: lapse_due(o.desk)), [_A.DRAFT_LAPSE]),
    "pause": (lambda o: lambda: pause(o.desk, CLINICIAN, SECRET), [_A.ACCOUNT_PAUSE]),
    "resume": (after(paused, lambda o, _: resume(o.desk, OPERATOR)),
               [_A.ACCOUNT_RESUME, _A.PUBLICATION_SCHEDULE]),
    "take down": (after(published, lambda o, d: remove(o.desk, d, AUTHOR, SECRET)),
                  [_A.PUBLICATION_REMOVE]),
    "repeat": (after(drafted, lambda o, d: repeat(o.desk, d, AUTHOR, DAILY)), [_A.DRAFT_REPEAT]),
    "stop repeating": (after(recurring, lambda o, d: stop_repeating(o.desk, d, AUTHOR)),
                       [_A.DRAFT_REPEAT_NO_MORE]),
    "draft again": (after(recurring, lambda o, _: o.draft_again()), [_A.DRAFT_SUBMIT] * 3),
    "leave out what has passed": (after(neglected, lambda o, _: o.draft_again()),
                                  [_A.DRAFT_SKIP, _A.DRAFT_REPEAT_NO_MORE]),
    "say that it is live": (
        after(asked, lambda o, d: settle_live(o.desk, d, AUTHOR, "https://x.com/a/status/12")),
        [_A.PUBLICATION_SETTLE]),
    "say that it is not there": (after(asked, lambda o, d: settle_not_live(o.desk, d, AUTHOR)),
                                 [_A.PUBLICATION_SETTLE]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_use_case_leaves_one_entry_and_one_for_each_thing_that_follows(
    office: Office, name: str
) -> None:
    case, expected = CASES[name]
    act = case(office)
    before = len(office.record())
    act()
    assert office.record()[before:] == expected


def without_text(office: Office) -> None:
    with office.desk.database.read() as session:
        for entry in session.exec(select(AuditEntry)):
            assert SECRET not in entry.model_dump_json()
        assert first_broken(session) is None


@pytest.mark.parametrize("name", CASES)
def test_no_entry_repeats_what_people_wrote(office: Office, name: str) -> None:
    CASES[name][0](office)()
    office.work()
    without_text(office)


@pytest.mark.parametrize(
    "answer",
    [
        Live("1900000000000000001", text()),
        NotLive(Reason.REFUSED, SECRET),
        NotLive(Reason.ACCESS, SECRET),
        NotLive(Reason.CREDITS, SECRET, retry=True),
        Duplicate(),
        Unknown(SECRET),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_whatever_x_answers_every_change_is_written_down(office: Office, answer: object) -> None:
    if not isinstance(answer, Live):
        office.x.script.append(answer)  # type: ignore[arg-type]
    draft = office.scheduled(text())
    office.work()
    office.wait_and_work(10, minutes=3)
    if office.card(draft).publication and office.publication(draft).asks:
        settle_not_live(office.desk, draft, AUTHOR)
        office.work()
        retry(office.desk, draft, AUTHOR)
        office.wait_and_work(4, minutes=3)
    without_text(office)


def test_a_tweet_that_a_person_found_is_written_down(office: Office) -> None:
    draft = asked(office)
    settle_live(office.desk, draft, AUTHOR, "https://x.com/a/status/12")
    office.work()
    assert office.record()[-2:] == [_A.PUBLICATION_SETTLE, _A.PUBLICATION_LOOKUP]


def test_what_cannot_be_read_after_a_gap_is_written_down(office: Office) -> None:
    draft = scheduled(office)
    office.chat.fail("reread", permanent=True)
    catch_up(office.desk, office.chat, FRONT, CHANNEL)
    assert office.record()[-1] is _A.PUBLICATION_STOP
    assert office.publication(draft).reason is Reason.UNREADABLE


def test_a_second_click_that_a_smaller_quorum_makes_decisive_is_written_down(
    office: Office,
) -> None:
    draft = office.draft(text())
    office.decide(draft, CLINICIAN)
    policy = office.desk.policy
    clinical = replace(policy.quorum, stages=policy.quorum.stages[:1])
    office.desk.policy = replace(policy, quorum=clinical)
    review(office.desk, draft, card(office, draft), CLINICIAN, Decision.APPROVE)
    assert office.record()[-1] is _A.DRAFT_JUDGE


def test_a_tweet_that_is_taken_down_is_written_down(office: Office) -> None:
    draft = published(office)
    remove(office.desk, draft, COMPLIANCE, SECRET)
    office.work()
    assert office.record()[-2:] == [_A.PUBLICATION_REMOVE, _A.PUBLICATION_REMOVED]
    without_text(office)


def test_a_crowd_leaves_no_gap(office: Office) -> None:
    """Eight people write and withdraw at once: the sequence has no gap and no fork."""
    news = [[office.chat.write(text(f"{who} {n}")) for n in range(5)] for who in range(8)]

    def work(mine: list[NewDraft]) -> None:
        for new in mine:
            submit(office.desk, new)
            withdraw(office.desk, office.id_of(new), AUTHOR)

    threads = [Thread(target=work, args=[mine]) for mine in news]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with office.desk.database.read() as session:
        numbers = list(session.exec(select(AuditEntry.sequence).order_by("sequence")))
        assert numbers == list(range(1, 81))
        assert first_broken(session) is None
