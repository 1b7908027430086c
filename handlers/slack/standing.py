"""Where a draft stands, in words for people: what happened, what is safe, what to do next."""

from collections.abc import Callable
from typing import assert_never

from bot.domain.card import DraftCard
from bot.domain.card_parts import PublicationCard
from bot.domain.draft import DraftState, Wish
from bot.domain.publication import PublicationState
from handlers.slack.elements import moment
from handlers.slack.reasons import next_step, why

_DRAFT = {
    DraftState.DRAFTING: "Needs mending",
    DraftState.IN_REVIEW: "In review",
    DraftState.CHANGES_REQUESTED: "Changes requested",
    DraftState.APPROVED: "Approved",
    DraftState.REJECTED: "Rejected",
    DraftState.WITHDRAWN: "Withdrawn",
    DraftState.CLOSED: "Closed",
}
_PUBLICATION = {
    PublicationState.SCHEDULED: "Scheduled",
    PublicationState.PUBLISHING: "Going out",
    PublicationState.IN_DOUBT: "In doubt",
    PublicationState.HELD: "On hold",
    PublicationState.MISSED: "Missed",
    PublicationState.FAILED: "Not published",
    PublicationState.PUBLISHED: "Published",
    PublicationState.REMOVING: "Being taken down",
    PublicationState.REMOVED: "Taken down",
    PublicationState.CANCELLED: "Off the schedule",
}
_FETCHING = "I am fetching its files and look at them; a video may take some minutes."
_LOOKING = "I am looking where its links lead; that takes a moment."
_DESCRIBE = (
    "Please choose *Alt text* and say what each picture shows. What else there is to mend, mend "
    "{}; I look at it again by myself."
)
_STUCK = (
    "Slack has not given me its files yet; I keep asking. If this lasts, please tell an "
    "operator, or take the file off {}."
)


def headline(card: DraftCard) -> str:
    """Return where the draft stands, in one to three words."""
    if card.fetching:
        return "Fetching files"
    if card.looking:
        return "Checking links"
    publication = card.publication
    if publication is None or publication.state is PublicationState.CANCELLED:
        return _DRAFT[card.state]
    if publication.state is PublicationState.FAILED and card.live:
        return "Partly published"
    return _PUBLICATION[publication.state]


def again_label(card: DraftCard) -> str:
    """Return what the button says that publishes after all."""
    failed = card.publication and card.publication.state is PublicationState.FAILED
    return "Try again" if failed else "Publish now"


def named(card: DraftCard, person: str) -> str:
    """Return a mention of somebody, and of those in whose place they decide."""
    absent = [s.reviewer for s in card.stand_ins if s.person == person][:3]
    return f"<@{person}>" + (f" for {_mentions(absent)}" if absent else "")


def _mentions(people: list[str]) -> str:
    return " and ".join(f"<@{person}>" for person in people)


def account_link(handle: str) -> str:
    """Return a link to the account's profile, in Slack's markup."""
    return f"<https://x.com/{handle}|@{handle}>"


def explanation(card: DraftCard) -> str:
    """Return what people should know of time and publication, in Slack's markup; may be empty."""
    publication = card.publication
    if publication is None or publication.state is PublicationState.CANCELLED:
        return _unscheduled(card)
    return _published(card, publication)


def _unscheduled(card: DraftCard) -> str:
    match card.state:
        case DraftState.DRAFTING:
            return _drafting(card)
        case DraftState.IN_REVIEW | DraftState.CHANGES_REQUESTED:
            return _wished(card, card.wish)
        case DraftState.APPROVED:
            return "It has no time yet, so it stays here. Say *When* it should go out."
        case DraftState.REJECTED:
            return "Nothing of it goes out. A new text is a new message."
        case DraftState.WITHDRAWN:
            return "It was taken back; nothing of it goes out."
        case DraftState.CLOSED:
            return ""
        case _:
            assert_never(card.state)


def _drafting(card: DraftCard) -> str:
    if card.fetching:
        where = "with *Edit the text*" if card.posted else "the message"
        return _STUCK.format(where) if card.fetching.stuck else _FETCHING
    if card.looking:
        return _LOOKING
    if any(picture.lacks_words for picture in card.pictures):
        return _DESCRIBE.format("with *Edit the text*" if card.posted else "in your message")
    if card.posted:
        return "Please choose *Edit the text*; I look at it again by myself."
    return "Please edit your message; I look at it again by myself."


def _wished(card: DraftCard, wish: Wish | None) -> str:
    if wish is None:
        return "No time is set. Say *When* it should go out."
    if wish.slot:
        if card.slot is None:
            return "It was to take the next slot, but none is free. Say *When* it should go out."
        return f"It takes the next free slot once it is approved; now that is {moment(card.slot)}."
    if wish.at is None:
        return "It goes out as soon as it is approved."
    return f"It goes out {moment(wish.at)} if it is approved by then."


def _published(card: DraftCard, publication: PublicationCard) -> str:
    told = _OF_PUBLICATION[publication.state]
    return told if isinstance(told, str) else told(card, publication)


def _publishing(_: DraftCard, publication: PublicationCard) -> str:
    return "I am sending it to X at this moment." + _stopping(publication)


def _held(card: DraftCard, publication: PublicationCard) -> str:
    return f"It is on hold because {why(publication)}; {_safe(card)} {_next(card, publication)}"


def _missed(card: DraftCard, publication: PublicationCard) -> str:
    due, choose = moment(publication.due_at), _choose(card)
    return f"Its due time, {due}, passed while I could not publish; {_safe(card)} {choose}"


def _scheduled(card: DraftCard, publication: PublicationCard) -> str:
    if card.live:
        return f"{_counted(card)} The rest follows by itself." + _stopping(publication)
    if publication.detail:
        return f"X could not take it yet; {_safe(card)} I try again by myself."
    return f"It goes out {moment(publication.due_at)}." + _stopping(publication)


def _stopping(publication: PublicationCard) -> str:
    return " I was asked to stop: no further part goes out." if publication.stop_asked else ""


def _in_doubt(card: DraftCard, publication: PublicationCard) -> str:
    if publication.settling:
        return "Somebody answered; I am checking it on X."
    if not publication.asks:
        return "X did not answer clearly; it may be live. I am looking on X and send nothing twice."
    which = "the next part" if card.live else "it"
    return (
        "X did not answer clearly, and looking on X did not settle it. "
        f"Please look at {account_link(card.handle)}: is {which} there?"
    )


def _failed(card: DraftCard, publication: PublicationCard) -> str:
    if not card.live:
        told = f"It is not published because {why(publication)}"
        return f"{told}; {_safe(card)} {_choose(card)}"
    if publication.stop_asked:
        return (
            f"{_counted(card)} I was asked to stop, so the rest stays unsent. "
            "Choose *Take down* if the public parts should go too."
        )
    return (
        f"{_counted(card)} The rest is not, because {why(publication)}. "
        "Choose *Try again* to send the rest, or *Take down* to remove what is public."
    )


def _next(card: DraftCard, publication: PublicationCard) -> str:
    known = next_step(publication)
    return known or _choose(card)


def _choose(card: DraftCard) -> str:
    return f"Choose *{again_label(card)}*, a new time with *When*, or take it off the schedule."


def _safe(card: DraftCard) -> str:
    return _counted(card) if card.live else "nothing went out."


def _counted(card: DraftCard) -> str:
    live = sum(1 for part in card.parts if part.tweet_id and not part.removed)
    return f"{live} of {len(card.parts)} parts {'is' if live == 1 else 'are'} public."


_OF_PUBLICATION: dict[PublicationState, str | Callable[[DraftCard, PublicationCard], str]] = {
    PublicationState.SCHEDULED: _scheduled,
    PublicationState.PUBLISHING: _publishing,
    PublicationState.IN_DOUBT: _in_doubt,
    PublicationState.HELD: _held,
    PublicationState.MISSED: _missed,
    PublicationState.FAILED: _failed,
    PublicationState.PUBLISHED: "It is public.",
    PublicationState.REMOVING: "I am deleting it on X and say here when it is gone.",
    PublicationState.REMOVED: "It was public; now it is deleted on X.",
    PublicationState.CANCELLED: "It is off the schedule.",
}
