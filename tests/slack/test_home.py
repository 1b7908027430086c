"""The Home tab in Slack: what it shows, that Slack takes it, and what its buttons do."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.homes import HomeDrawer
from bot.domain.card import DraftCard, Offer
from bot.domain.draft import DraftState, Wish
from bot.domain.finding import Finding, Severity
from bot.domain.home import Day, FreeSlot, Home, Listed, PauseCard
from bot.domain.publication import PublicationState
from bot.sandbox.client import SandboxClient
from handlers.slack.chat import SlackChat
from handlers.slack.client import web_client
from handlers.slack.home_view import NOTHING_COMES, ON_CARD, SHOWN_FREE, STRANGER, home_view
from handlers.slack.lines import WHOLE
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER, HandClock
from tests.slack import bodies
from tests.slack.cards import DUE, card, publication, published
from tests.slack.dispatching import Slack
from tests.slack.taken import assert_view_is_taken

LONDON = ZoneInfo("Europe/London")
EMPTY = Home(CLINICIAN, LONDON, True, (), Listed(), Listed(), (), ())
STATES = [(state, live) for state in PublicationState for live in (0, 1)]


def shown(home: Home) -> dict[str, Any]:
    """The view of a Home tab, which Slack takes."""
    view = home_view(home, bodies.CHANNEL)
    assert_view_is_taken(view)
    return view


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[key] for key in ("text", "url") if isinstance(value.get(key), str))
        yield from texts([one for one in value.values() if not isinstance(one, str)])
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def said(view: dict[str, Any]) -> str:
    return "\n".join(texts(view["blocks"]))


def buttons(view: dict[str, Any], place: str) -> list[str]:
    """The action ids of the buttons in one part of the view."""
    rows = [b for b in view["blocks"] if b["type"] == "actions"]
    found = [row for row in rows if row["block_id"].startswith(place)]
    return [element["action_id"] for row in found for element in row["elements"]]


def test_an_empty_tab_says_what_to_do() -> None:
    words = said(shown(EMPTY))
    assert "Nothing waits for you." in words
    assert f"Write a message in <#{bodies.CHANNEL}>" in words
    assert "Nothing is scheduled" in words


def test_a_short_text_can_be_decided_on_where_it_is_seen_whole() -> None:
    waiting = Listed((card("First part.", "Second *part* <!here>."),))
    view = shown(replace(EMPTY, waiting=waiting))
    assert "First part." in said(view)
    assert "Second *part* <!here>." in said(view)
    assert buttons(view, "waiting") == ["approve", "request_changes", "reject"]


@pytest.mark.parametrize(
    "changes",
    [
        {"findings": (Finding("x", Severity.WARN, "Look at the dose."),)},
        {"requests": ((COMPLIANCE, "Cite the source."),)},
    ],
)
def test_where_there_is_more_to_be_seen_the_card_is_the_place_to_decide(
    changes: dict[str, Any],
) -> None:
    view = shown(replace(EMPTY, waiting=Listed((card(link="https://card.example", **changes),))))
    assert buttons(view, "waiting") == []
    assert ON_CARD in said(view)
    assert "https://card.example" in said(view)


def test_a_long_text_is_decided_on_its_card() -> None:
    texts = [f"{n} " + "x" * 270 for n in range(WHOLE // 270 + 1)]
    view = shown(replace(EMPTY, waiting=Listed((card(*texts),))))
    assert buttons(view, "waiting") == []
    assert ON_CARD in said(view)


@pytest.mark.parametrize("state", list(DraftState))
def test_a_draft_of_mine_has_what_its_author_may_do(state: DraftState) -> None:
    draft = card(state=state, missing=())
    view = shown(replace(EMPTY, mine=Listed((draft,))))
    assert set(buttons(view, "mine")) <= {offer.value for offer in draft.offers}
    assert Offer.APPROVE not in buttons(view, "mine")


@pytest.mark.parametrize(("state", "live"), STATES)
def test_whatever_became_of_a_draft_slack_takes_every_line(
    state: PublicationState, live: int
) -> None:
    draft = published(card("One.", "Two."), live, state)
    out = published(card("Out."), 1, PublicationState.PUBLISHED)
    shown(
        replace(
            EMPTY,
            waiting=Listed((draft,), more=3),
            mine=Listed((draft,)),
            days=(Day(date(2026, 3, 2), (draft,)),),
            published=(out,),
        )
    )


def test_the_days_are_spelled_and_times_are_the_readers_own() -> None:
    due = publication(PublicationState.SCHEDULED)
    drafts = (card(publication=due, state=DraftState.APPROVED, missing=()),)
    view = shown(replace(EMPTY, days=(Day(date(2026, 3, 2), drafts),)))
    assert "*Monday 2 March 2026*" in said(view)
    assert f'"timestamp": {int(DUE.timestamp())}' in json.dumps(view)
    assert buttons(view, "next") == ["when", "cancel"]
    assert "Europe/London" in said(view)


def test_a_day_names_the_slots_that_are_free_by_account() -> None:
    slots = [FreeSlot("RiversideClinic", DUE + timedelta(hours=n)) for n in range(SHOWN_FREE)]
    slots.insert(1, FreeSlot("Pharmacy", DUE))
    view = shown(replace(EMPTY, days=(Day(date(2026, 3, 2), (), tuple(slots)),)))
    words = said(view)
    assert NOTHING_COMES in words
    assert "*Monday 2 March 2026* · free: @RiversideClinic <!date^" in words
    assert "; @Pharmacy <!date^" in words
    assert f"<!date^{int(DUE.timestamp())}^{{time}}|" in words
    assert "and 1 more" in words


def test_what_waits_may_be_put_into_the_next_slot() -> None:
    due = publication(PublicationState.SCHEDULED)
    draft = card(publication=due, state=DraftState.APPROVED, missing=())
    view = shown(replace(EMPTY, mine=Listed((replace(draft, slot=DUE - timedelta(hours=1)),))))
    assert buttons(view, "mine") == ["when", "next_slot", "cancel", "withdraw"]


def test_what_is_public_has_its_address_and_can_be_taken_down() -> None:
    out = published(card("Out."), 1, PublicationState.PUBLISHED)
    view = shown(replace(EMPTY, published=(out,)))
    assert "https://x.com/RiversideClinic/status/1900000000000000000" in said(view)
    assert buttons(view, "published") == ["take_down"]
    assert buttons(shown(replace(EMPTY, published=(out,), concerned=False)), "") == []


def test_a_pause_stands_above_everything() -> None:
    pauses = (
        PauseCard(None, CLINICIAN, "a <wrong> dose", DUE),
        PauseCard("clinic", "shell", "", DUE),
    )
    view = shown(replace(EMPTY, pauses=pauses))
    first, second = view["blocks"][:2]
    assert "for all accounts, by <@U0CLINIC1>: a &lt;wrong&gt; dose" in first["text"]["text"]
    assert "for clinic, by the shell." in second["text"]["text"]
    assert "`/tweet resume`" in first["text"]["text"]
    assert "`/tweet resume clinic`" in second["text"]["text"]


def test_a_stranger_reads_why_there_is_so_little() -> None:
    words = said(shown(replace(EMPTY, concerned=False)))
    assert STRANGER in words
    assert "Waiting for you" not in words


CARDS = st.builds(
    lambda text, parts, wish: card(*[text] * parts, wish=Wish(DUE) if wish else None),
    st.text(min_size=1, max_size=300),
    st.integers(1, 25),
    st.booleans(),
)


@given(st.lists(CARDS, max_size=8), st.lists(CARDS, max_size=15))
def test_whatever_is_drafted_slack_takes_the_tab(
    some: list[DraftCard], coming: list[DraftCard]
) -> None:
    numbered = [replace(one, id=n) for n, one in enumerate(some)]
    due = publication(PublicationState.SCHEDULED)
    later = tuple(
        replace(one, id=n, publication=due, state=DraftState.APPROVED)
        for n, one in enumerate(coming)
    )
    home = replace(
        EMPTY,
        waiting=Listed(tuple(numbered), more=1),
        mine=Listed(tuple(numbered)),
        days=tuple(Day(date(2026, 3, 2), (one,)) for one in later),
    )
    shown(home)


# -- through Bolt --


def opened(user: str = CLINICIAN, tab: str = "home") -> bodies.Body:
    inner = {"type": "app_home_opened", "user": user, "channel": "D0CLINIC1", "tab": tab}
    return bodies.event(inner | {"event_ts": "1790000000.000100"})


def click_on_home(card: DraftCard, action: str, user: str) -> bodies.Body:
    body = bodies.click(action, f"{card.id}:{card.revision_id}", user)
    for key in ("channel", "message", "response_url"):
        del body[key]
    return body | {"container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1"}}


def test_opening_the_tab_has_it_drawn_in_the_readers_zone(
    slack: Slack, clock: HandClock, people: SandboxClient, address: str
) -> None:
    slack.take(bodies.written())
    slack.take(opened())
    slack.take(opened(AUTHOR, tab="messages"))
    chat = SlackChat(web_client("xoxb-sandbox", f"{address}/slack/api/"), bodies.CHANNEL)
    loop = HomeDrawer(slack.desk.database, slack.desk.policy, clock, chat)
    assert loop.step()
    assert not loop.step()
    view = people.home(CLINICIAN)
    assert view is not None
    assert "Flu jabs start on Monday." in said(view)
    assert "America/New_York" in said(view)
    assert people.home(AUTHOR) is None


@pytest.mark.parametrize("user", [{}, {"user": 7}, {"user": "?"}])
def test_a_malformed_opening_is_acknowledged_and_left_alone(
    slack: Slack, user: bodies.Body
) -> None:
    slack.take(bodies.event({"type": "app_home_opened", "tab": "home"} | user))


def test_a_button_on_the_tab_acts_as_on_the_card(slack: Slack) -> None:
    slack.take(bodies.written())
    for person in (CLINICIAN, COMPLIANCE):
        slack.take(click_on_home(slack.draft(), "approve", person))
    assert slack.draft().state is DraftState.APPROVED
    slack.take(click_on_home(slack.draft(), "when", AUTHOR))
    assert len(slack.opened()) == 1


def test_a_refusal_on_the_tab_reaches_the_person_directly(slack: Slack) -> None:
    slack.take(bodies.written())
    slack.take(click_on_home(slack.draft(), "approve", OUTSIDER))
    [notice] = slack.notices()
    assert (notice.person, notice.channel) == (OUTSIDER, "")
