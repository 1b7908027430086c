"""Every place where a draft can stand, reached the way the team's drafts reach it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.beside import Beside
from bot.domain.content import Poll
from bot.domain.draft import NEXT_SLOT, FileRef, Wish
from bot.domain.publication import NotLive, Reason, Unknown
from bot.domain.quorum import Decision
from bot.domain.recurrence import Recurrence, Rhythm
from bot.errors import AccountError
from bot.publishing.protocol import claim, intend
from bot.workflow.describing import describe
from bot.workflow.intake import remove_source, revise, submit
from bot.workflow.recurring import repeat
from bot.workflow.scheduling import cancel, set_wish
from bot.workflow.settling import remove, settle_not_live
from bot.workflow.stopping import pause, withdraw
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OPERATOR, START
from tests.fakes.links import DEAD, FakeWeb
from tests.office import Office
from tests.pictures import png

TOO_LONG = "long " * 80
THREAD = "Part one.\n---\nPart two."
LATER = START + timedelta(hours=2)

Station = Callable[[Office], int]


def drafting(office: Office) -> int:
    return office.draft(TOO_LONG)


def in_review(office: Office) -> int:
    return office.draft()


def half_approved(office: Office) -> int:
    draft = office.draft()
    office.decide(draft, CLINICIAN)
    return draft


def changes_requested(office: Office) -> int:
    draft = office.draft()
    office.decide(draft, CLINICIAN, Decision.REQUEST_CHANGES)
    return draft


def revised(office: Office) -> int:
    draft = half_approved(office)
    edited = office.chat.edit(office.sources[draft].ref, "Sleep very well.")
    revise(office.desk, edited)
    return draft


def approved(office: Office) -> int:
    return office.approved()


def rejected(office: Office) -> int:
    draft = office.draft()
    office.decide(draft, CLINICIAN, Decision.REJECT)
    return draft


def withdrawn(office: Office) -> int:
    draft = office.draft()
    withdraw(office.desk, draft, AUTHOR)
    return draft


def waiting_for_slot(office: Office) -> int:
    draft = office.draft()
    set_wish(office.desk, draft, AUTHOR, NEXT_SLOT)
    return draft


def in_slot(office: Office) -> int:
    draft = waiting_for_slot(office)
    office.decide(draft, CLINICIAN)
    office.decide(draft, COMPLIANCE)
    return draft


def copied(office: Office) -> int:
    new = replace(office.chat.write("Sleep well.", AUTHOR), posted=True)
    submit(office.desk, new)
    return office.id_of(new)


def copy_scheduled(office: Office) -> int:
    draft = copied(office)
    office.decide(draft, CLINICIAN)
    office.decide(draft, COMPLIANCE)
    set_wish(office.desk, draft, AUTHOR, Wish(LATER))
    return draft


def repeating(office: Office) -> int:
    office.scheduled(at=LATER)
    return office.draft()


def scheduled(office: Office) -> int:
    return office.scheduled(at=LATER)


def off_schedule(office: Office) -> int:
    draft = office.scheduled(at=LATER)
    cancel(office.desk, draft, AUTHOR)
    return draft


def missed(office: Office) -> int:
    draft = office.scheduled(at=LATER)
    office.clock.forward(hours=9)
    office.work()
    return draft


def held(office: Office) -> int:
    pause(office.desk, CLINICIAN, "a complaint")
    draft = office.scheduled()
    office.work()
    return draft


def links_waiting(office: Office) -> int:
    office.desk.follow = FakeWeb()
    return office.draft("See nhs.uk.")


def held_for_a_link(office: Office) -> int:
    draft = links_waiting(office)
    office.check()
    office.desk.follow = FakeWeb({"nhs.uk": DEAD})
    office.scheduled(draft=draft)
    office.work()
    return draft


def publishing(office: Office) -> int:
    draft = office.scheduled()
    claimed = claim(office.desk, office.publication(draft).id or 0)
    assert claimed is not None
    assert intend(office.desk, claimed, 0) is not None
    return draft


def looking(office: Office) -> int:
    office.x.script.append(Unknown("The answer was lost."))
    draft = office.scheduled()
    office.work()
    return draft


def asking(office: Office) -> int:
    return office.in_question()


def settling(office: Office) -> int:
    draft = office.in_question()
    settle_not_live(office.desk, draft, COMPLIANCE)
    return draft


def refused(office: Office) -> int:
    office.x.script.append(NotLive(Reason.REFUSED, "403"))
    draft = office.scheduled()
    office.work()
    return draft


def partly_published(office: Office) -> int:
    office.x.script.extend([office.x.publish, NotLive(Reason.REFUSED, "403")])
    draft = office.scheduled(THREAD)
    office.work()
    return draft


def stopped_halfway(office: Office) -> int:
    draft = partly_published(office)
    remove_source(office.desk, office.sources[draft].ref)
    return draft


def fetching(office: Office) -> int:
    return office.draft(pictures=[png()])


def undescribed(office: Office) -> int:
    draft = fetching(office)
    office.check()
    return draft


def illustrated(office: Office) -> int:
    return office.illustrated(alts=("A bed.", "Two beds."))


def illustrated_and_scheduled(office: Office) -> int:
    return office.scheduled(draft=illustrated(office), at=LATER)


def illustrated_and_published(office: Office) -> int:
    draft = office.scheduled(draft=illustrated(office))
    office.work()
    return draft


def composed_with_pictures(office: Office) -> int:
    """A thread from the composer, whose parts have pictures that are on their way."""
    files = (FileRef(office.chat.share(png())), FileRef(office.chat.share(png(width=9)), 1))
    new = replace(office.chat.write(THREAD, AUTHOR), posted=True, files=files)
    submit(office.desk, new)
    return office.id_of(new)


def composed_and_illustrated(office: Office) -> int:
    draft = composed_with_pictures(office)
    office.check()
    seen = office.card(draft).revision_id
    describe(office.desk, draft, seen, AUTHOR, ("A bed.", "Two beds."))
    return draft


ASKED = Beside(Poll(("Every night", "Sometimes", "Never"), 26 * 60), sources=("https://who.int",))


def with_poll(office: Office) -> int:
    return office.draft("Do you sleep well?", beside=ASKED)


def authorized(office: Office) -> int:
    """Its author names somebody, and states that there is a signed authorization."""
    text = "Thanks to Kevin Marsh for trusting us with his knee surgery."
    return office.draft(text, beside=Beside(authorization="AUTH-2026-017"))


def answering(office: Office) -> int:
    question = office.x.say("@RiversideClinic when do you open?", author_id="12")
    return office.draft("At eight.", beside=Beside(reply_to=question.id))


def answered(office: Office) -> int:
    draft = office.scheduled(draft=answering(office))
    office.work()
    return draft


def uncalled(office: Office) -> int:
    """It answers somebody who did not call the account, so X refuses it."""
    question = office.x.say("When does a clinic open?", author_id="12")
    draft = office.draft("At eight.", beside=Beside(reply_to=question.id))
    office.scheduled(draft=draft)
    office.work()
    return draft


def published(office: Office) -> int:
    return office.published()


FRIDAYS = Recurrence(Rhythm.WEEKLY, date(2026, 3, 6), time(8, 30))


def recurring(office: Office) -> int:
    draft = office.draft()
    repeat(office.desk, draft, AUTHOR, FRIDAYS)
    return draft


def occurrence(office: Office) -> int:
    repeat(office.desk, office.published(), AUTHOR, FRIDAYS)
    office.clock.forward(days=2)
    [draft] = office.draft_again()
    return draft


def occurrence_published(office: Office) -> int:
    draft = occurrence(office)
    office.approved(draft=draft)
    office.clock.forward(days=1, hours=23, minutes=30)
    office.work()
    return draft


def rejected_and_recurring(office: Office) -> int:
    """Nobody has looked yet whether it should still repeat."""
    draft = recurring(office)
    office.decide(draft, CLINICIAN, Decision.REJECT)
    return draft


def removing(office: Office) -> int:
    draft = office.published()
    office.x.trouble = AccountError("X is down.", permanent=False)
    remove(office.desk, draft, OPERATOR, "a wrong dose")
    office.work()
    return draft


def removed(office: Office) -> int:
    draft = office.published()
    remove(office.desk, draft, OPERATOR, "a wrong dose")
    office.work()
    return draft


STATIONS: tuple[Station, ...] = (
    drafting,
    in_review,
    half_approved,
    changes_requested,
    revised,
    approved,
    rejected,
    withdrawn,
    waiting_for_slot,
    in_slot,
    copied,
    copy_scheduled,
    repeating,
    scheduled,
    off_schedule,
    missed,
    held,
    links_waiting,
    held_for_a_link,
    publishing,
    looking,
    asking,
    settling,
    refused,
    partly_published,
    stopped_halfway,
    fetching,
    undescribed,
    illustrated,
    illustrated_and_scheduled,
    illustrated_and_published,
    composed_with_pictures,
    composed_and_illustrated,
    with_poll,
    authorized,
    answering,
    answered,
    uncalled,
    published,
    recurring,
    occurrence,
    occurrence_published,
    rejected_and_recurring,
    removing,
    removed,
)
