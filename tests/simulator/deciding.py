"""What people do on cards: decide, say when, stop, settle, take down."""

from datetime import timedelta

from bot.domain.card import DraftCard
from bot.domain.draft import NEXT_SLOT, Wish
from bot.domain.quorum import Decision
from bot.workflow.absence import away, back
from bot.workflow.looking import look
from bot.workflow.review import review
from bot.workflow.scheduling import cancel, foresee, retry, set_wish
from bot.workflow.settling import remove, settle_live, settle_not_live
from bot.workflow.stopping import pause, resume, withdraw
from tests.simulator.model import is_answered
from tests.simulator.oracle import Key, Row
from tests.simulator.world import EVERYBODY, OPERATORS, REVIEWERS, World

_REVIEWABLE = ("in_review", "changes_requested")
_WANTED = ("in_review", "changes_requested", "approved")


def approve(world: World) -> None:
    """Approve a draft, mostly one that waits for it, and by somebody who has not yet."""
    card = world.some(*_REVIEWABLE) if world.chance(0.97) else world.some()
    if card is None:
        return
    said = world.message(card.id)
    waiting = sorted(world.desk.policy.quorum.reviewers - said.writers - set(said.said))
    person = world.rng.choice(waiting) if waiting and world.chance(0.85) else None
    person = card.author if world.chance(0.1) else person
    _decide(world, card, Decision.APPROVE, person)


def object_to(world: World) -> None:
    """Ask for changes, or reject."""
    decision = Decision.REJECT if world.chance(0.3) else Decision.REQUEST_CHANGES
    card = world.some(*_WANTED) if world.chance(0.9) else world.some()
    if card is not None:
        _decide(world, card, decision)


def revoke(world: World) -> None:
    """Take a decision back; mostly one who has decided."""
    card = world.some("publishing") or world.some()
    if card is None:
        return
    said = list(world.message(card.id).said)
    person = world.rng.choice(said) if said else world.rng.choice(EVERYBODY)
    _decide(world, card, Decision.REVOKE, person)


def say_when(world: World) -> None:
    """Wish a time."""
    undecided = [row.id for row in world.drafts if row.wish is None and row.state in _WANTED]
    ids = [draft_id for draft_id in undecided if draft_id in world.cards]
    card = world.cards[world.rng.choice(ids)] if ids and world.chance(0.85) else world.some()
    if card is None:
        return
    minutes = world.rng.choice((None, None, None, 1, 1, 5, 20, 180, 1440))
    at = None if minutes is None else world.clock.now + timedelta(minutes=minutes)
    wish = NEXT_SLOT if world.chance(0.3) else Wish(at)
    person = _steering(world, card)
    (seen,) = foresee(world.desk, card.id, person, [wish])
    set_wish(world.desk, card.id, person, wish, despite=frozenset(seen.objections))
    message = world.message(card.id)
    message.wished, message.wish, message.slot = True, wish.at, wish.slot
    message.agreed.clear()
    if world.state(card.id) == "approved":
        slot = world.oracle.slot_of(card.id) if wish.slot else None
        message.agreed.append(slot or at or world.clock.now)
    world.look_at(card.id)


def take_off(world: World) -> None:
    """Take a draft off the schedule."""
    card = world.some("publishing") or world.some("scheduled", "held", "missed", "in_doubt")
    if card is None:
        return
    cancel(world.desk, card.id, _steering(world, card))
    message = world.message(card.id)
    message.wished, message.wish, message.slot = False, None, False
    message.agreed.clear()
    world.look_at(card.id)


def try_again(world: World) -> None:
    """Ask for another try."""
    card = world.some("held", "missed", "failed", "publishing")
    if card is None:
        return
    retry(world.desk, card.id, _steering(world, card))
    world.message(card.id).agreed.append(world.clock.now)
    world.look_at(card.id)


def give_up(world: World) -> None:
    """Withdraw a draft."""
    card = world.some()
    if card is None:
        return
    withdraw(world.desk, card.id, world.rng.choice((card.author, OPERATORS[0])))
    world.message(card.id).gone = True
    world.look_at(card.id)


def settle(world: World) -> None:
    """Answer a question of the bot truthfully, by what X really has."""
    asking = [row for row in world.rows if row.asks and row.draft_id in world.cards]
    if not asking:
        return
    row = world.rng.choice(asking)
    calm = world.x.calm
    person = OPERATORS[0] if calm else _steering(world, world.cards[row.draft_id])
    tweet = truth(world, row)
    if tweet is None:
        settle_not_live(world.desk, row.draft_id, person)
    else:
        address = world.rng.choice((tweet, f"https://x.com/clinic/status/{tweet}", "77", "no"))
        settle_live(world.desk, row.draft_id, person, address)


def truth(world: World, row: Row) -> str | None:
    """Return the tweet that the part in doubt is at X, None where there is none."""
    part = min(
        part
        for part, tweet in world.oracle.rows.execute(
            "SELECT part, tweet_id FROM publication_part WHERE publication_id = ?", [row.id]
        )
        if tweet is None
    )
    taken = "SELECT tweet_id FROM publication_part WHERE tweet_id IS NOT NULL"
    bound = {tweet for (tweet,) in world.oracle.rows.execute(taken)}
    made = world.oracle.made.get(Key(row.draft_id, part, row.id), [])
    # a tweet that another draft with the same words has taken for its own is not this one's
    return next((tweet for tweet in reversed(made) if tweet not in bound), None)


def take_down(world: World) -> None:
    """Take down what is public."""
    card = world.some("published", "failed")
    if card is not None:
        remove(world.desk, card.id, _steering(world, card), "wrong dose")


def stop_all(world: World) -> None:
    """Pause, by whoever thinks they may."""
    account = world.rng.choice(("*", "clinic"))
    pause(world.desk, world.rng.choice(EVERYBODY), "a complaint", account)


def go_on(world: World) -> None:
    """Resume, by whoever thinks they may."""
    account = world.rng.choice(("*", "clinic"))
    resume(world.desk, world.rng.choice((*OPERATORS, *OPERATORS, *EVERYBODY)), account)


def leave(world: World) -> None:
    """Name a stand-in, be it a colleague, an author or somebody else, sometimes for very short."""
    who, person = world.rng.choice(REVIEWERS), world.rng.choice(EVERYBODY)
    hours = world.rng.choice((0.01, 1, 30, 30, 100))
    until = world.clock.now + timedelta(hours=hours)
    away(world.desk, who, person, until)
    world.oracle.absent[who] = person, until


def come_back(world: World) -> None:
    """End an absence; mostly of somebody who is away."""
    absent = sorted(world.oracle.absent)
    who = world.rng.choice(absent or list(REVIEWERS))
    back(world.desk, who)
    world.oracle.absent.pop(who)


def _decide(world: World, card: DraftCard, decision: Decision, person: str | None = None) -> None:
    """Decide on the revision that is seen, now and then an old one."""
    policy = world.desk.policy
    covering = [by for by, until in world.oracle.absent.values() if until > world.clock.now]
    usual = sorted(policy.quorum.reviewers) * 3
    who = person or world.rng.choice((*usual, *covering * 3, *EVERYBODY))
    revision = card.revision_id
    if world.chance(0.05):
        revision = world.rng.choice(list(world.seen))
    before = world.state(card.id)
    ticked = frozenset({"EVD-02"} if world.chance(0.9) else ())
    review(world.desk, card.id, revision, who, decision, "as I said", ticked)
    after = look(world.desk, card.id)
    message = world.message(card.id)
    if decision is not Decision.APPROVE or is_answered(world.seen[revision], ticked):
        message.says(who, decision, world.seen[revision], world.clock.now)
    if after.state.value == "approved" != before:
        message.approved_at(world.clock.now, world.oracle.slot_of(card.id))
    elif after.state.value not in ("approved", "closed"):
        message.agreed.clear()
    world.look_at(card.id)


def _steering(world: World, card: DraftCard) -> str:
    return world.rng.choice((card.author, card.author, *OPERATORS, *EVERYBODY))
