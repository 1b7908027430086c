"""Calling the bot by name: commands completed while typed, shortcuts, and the tour's own memory."""

import requests
from playwright.sync_api import Page, expect

from bot.sandbox.client import SandboxClient
from tests.sandbox.page.bot import DEADLINE_S, HASTY, Bot
from tests.sandbox.page.conftest import Open
from tests.sandbox.page.test_talk import act_as, composer, say

SHORTCUTS = [
    {"name": "New tweet", "type": "global", "callback_id": "compose", "description": "Write one"},
    {"name": "Draft this tweet", "type": "message", "callback_id": "draft_this"},
]


def install(address: str) -> None:
    with SandboxClient(address) as people:
        people.install(shortcuts=SHORTCUTS)


def test_a_command_is_completed_by_arrows_and_tab(page: Page, bot: Bot) -> None:
    box = composer(page)
    choices = page.get_by_role("listbox", name="Commands")
    box.press_sequentially("/")
    expect(choices.get_by_role("option").first).to_have_text("/tweet new [text]")
    box.press("ArrowUp")
    expect(choices.get_by_role("option", name="/tweet help")).to_have_attribute(
        "aria-selected", "true"
    )
    chosen = choices.get_by_role("option", selected=True)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    box.press_sequentially("tweet p")
    expect(choices.get_by_role("option")).to_have_text(["/tweet pause [account] [reason]"])
    box.press("Tab")
    expect(box).to_have_value("/tweet pause ")
    expect(choices).to_be_hidden()
    box.press_sequentially("heavy news")
    box.press("Enter")
    assert bot.next("slash_commands")["text"] == "pause heavy news"


def test_escape_leaves_the_list_and_enter_sends_what_is_typed(page: Page, bot: Bot) -> None:
    box = composer(page)
    box.press_sequentially("/tweet he")
    choices = page.get_by_role("listbox", name="Commands")
    expect(choices.get_by_role("option")).to_have_text(["/tweet help"])
    box.press("Escape")
    expect(choices).to_be_hidden()
    expect(box).to_have_value("/tweet he")
    box.press_sequentially("l")
    box.press("Enter")
    assert bot.next("slash_commands")["text"] == "hel"


def test_a_choice_is_clicked(page: Page) -> None:
    composer(page).press_sequentially("/tw")
    page.get_by_role("option", name="/tweet back").click()
    expect(composer(page)).to_have_value("/tweet back")
    expect(composer(page)).to_be_focused()


def test_what_is_no_command_of_the_app_is_said(open_page: Open) -> None:
    page = open_page(forgiven="400 (Bad Request)")
    composer(page).fill("/remind me")
    composer(page).press("Enter")
    expect(page.get_by_text("/remind is not a valid command")).to_be_visible()
    expect(composer(page)).to_have_value("/remind me")


def test_shortcuts_are_there_once_the_app_has_them(page: Page, bot: Bot, address: str) -> None:
    with SandboxClient(address) as people:
        people.install(shortcuts=[])
    row = say(page, "Flu jabs start on Monday")
    expect(page.get_by_role("group", name="Shortcuts")).to_have_count(0)
    install(address)
    page.get_by_role("button", name="New tweet").click()
    assert bot.next("shortcut")["callback_id"] == "compose"
    act_as(page, "Ben Okafor")
    row.hover()
    row.get_by_role("button", name="Draft this tweet").click()
    used = bot.next("message_action")
    assert used["callback_id"] == "draft_this"
    assert used["user"]["id"] == "U0AUTHOR2"
    assert used["message"]["text"] == "Flu jabs start on Monday"


def test_a_shortcut_that_is_not_answered_says_so(page: Page, bot: Bot, address: str) -> None:
    install(address)
    bot.silent = True
    requests.put(f"{address}/sandbox/faults", json=HASTY, timeout=DEADLINE_S).raise_for_status()
    page.get_by_role("button", name="New tweet").click()
    expect(page.get_by_role("alert").filter(has_text="did not answer in time")).to_be_visible()


def test_the_tour_is_where_it_was_after_a_reload_and_may_be_folded_away(page: Page) -> None:
    tour = page.get_by_role("region", name="Tour")
    expect(tour.get_by_text("Be Ana, and type a tweet")).to_be_visible()
    say(page, "A draft")
    expect(tour).to_contain_text("2 of 5")
    tour.get_by_role("button", name="Hide").click()
    expect(tour.get_by_role("listitem")).to_have_count(0)
    expect(tour.get_by_role("button", name="Show")).to_be_focused()
    page.reload()
    expect(tour).to_contain_text("2 of 5")
    expect(tour.get_by_role("listitem")).to_have_count(0)
    tour.get_by_role("button", name="Show").click()
    expect(tour.get_by_role("listitem").first).to_have_text("Write a draft (done)")


def test_in_another_sandbox_the_tour_starts_again(page: Page, address: str) -> None:
    say(page, "A draft")
    tour = page.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("2 of 5")
    with SandboxClient(address) as people:
        people.reset()
    page.reload()
    expect(tour).to_contain_text("1 of 5")


def test_starting_again_starts_the_tour_again(page: Page) -> None:
    say(page, "A draft")
    tour = page.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("2 of 5")
    page.locator(".wrong").get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("dialog").get_by_role("button", name="Start again").click()
    expect(tour).to_contain_text("1 of 5")
    expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()


def test_talk_in_another_channel_is_no_step_of_the_tour(page: Page) -> None:
    page.get_by_role("button", name="#general").click()
    expect(page.get_by_text("Just talk")).to_be_visible()
    say(page, "Lunch?")
    expect(page.get_by_role("region", name="Tour")).to_contain_text("1 of 5")


def test_a_page_without_a_sandbox_says_so_and_comes_back(open_page: Open, lonely: str) -> None:
    page = open_page(lonely, forgiven="net::ERR_FAILED")
    page.route("**/sandbox/**", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("The sandbox does not answer")).to_be_visible()
    page.unroute("**/sandbox/**")
    expect(page.get_by_text("The bot is not connected")).to_be_visible()
    expect(composer(page)).to_be_visible()
