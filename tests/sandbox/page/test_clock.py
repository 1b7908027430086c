"""The clock of the page: moved ahead it takes Slack, X and the bot along, and says so."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.sandbox.client import SandboxClient
from tests.sandbox.page.conftest import Open
from tests.sandbox.page.test_story import ANA, approve, press, send, thread
from tests.sandbox.page.test_talk import act_as, say

TEXT = "The flu clinic is open."


@pytest.fixture
def page(open_page: Open, clinic: str) -> Page:
    return open_page(clinic)


def shown(page: Page) -> Locator:
    return page.locator(".clock summary")


def test_a_tweet_of_tomorrow_is_seen_today_and_the_page_says_what_time_it_is(
    page: Page, clinic: str
) -> None:
    act_as(page, ANA)
    say(page, TEXT)
    card = thread(page, TEXT)
    press(card, "When")
    send(page, "When", **{"Your time, in words": "tomorrow 9am"})
    press(page.get_by_role("dialog", name="Is this right?"), "Set it")
    expect(card).to_contain_text("tomorrow at 09:00 if it is approved by then")
    approve(page, card)
    act_as(page, ANA)
    expect(card).to_contain_text("It goes out tomorrow at 09:00")
    expect(shown(page)).not_to_contain_text("ahead")
    shown(page).press("Enter")
    press(page, "To tomorrow 09:00, which a card names")
    expect(card).to_contain_text("It is public.")
    expect(page.locator(".tweet").filter(has_text=TEXT)).to_contain_text("09:00")
    expect(shown(page)).to_have_text(re.compile(r"\w{3} 09:\d\d · .* ahead"))
    expect(card.locator(".head time").first).to_have_text(re.compile("yesterday"))
    page.keyboard.press("Escape")
    expect(shown(page)).to_be_focused()
    expect(page.locator(".clock-menu")).to_be_hidden()
    shown(page).press("Enter")
    press(page, "+1 h")
    expect(shown(page)).to_have_text(re.compile(r"\w{3} 10:\d\d · "))
    press(page, "Back to real time")
    expect(shown(page)).not_to_contain_text("ahead")
    expect(page.get_by_role("button", name="Back to real time")).to_have_count(0)
    with SandboxClient(clinic) as people:
        assert people.clock()["ahead_s"] == 0


def test_where_the_bot_does_not_follow_the_clock_cannot_be_moved(
    open_page: Open, lonely: str
) -> None:
    page = open_page(lonely)
    shown(page).click()
    expect(page.get_by_text("Here it cannot be moved")).to_be_visible()
    expect(page.locator(".clock-menu button")).to_have_count(0)
