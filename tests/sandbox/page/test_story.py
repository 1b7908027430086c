"""The whole story in a browser, the real bot behind the page: what a team does with a tweet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.sandbox.bot_process import demo_policy
from bot.sandbox.client import SandboxClient
from tests.sandbox.page.conftest import Open
from tests.sandbox.page.test_talk import act_as, composer, say

ANA, CHEN, DANA, EVE = "Ana Ruiz", "Dr Chen Wei", "Dana Levi", "Eve Stone"
POLICY = demo_policy().replace("lookups = [1, 2, 4]", "lookups = [1]")


@pytest.fixture
def page(open_page: Open, clinic: str) -> Page:
    return open_page(clinic, permissions=["clipboard-read", "clipboard-write"])


@pytest.fixture(autouse=True)
def _mended(clinic: str) -> Iterator[None]:
    """Whatever a story broke is whole before the next."""
    yield
    with SandboxClient(clinic) as people:
        for side, knobs in people.faults().items():
            people.set_faults(**{side: {name: knob["default"] for name, knob in knobs.items()}})
        people.command("U0COMPLY1", "C0DRAFTS", "/tweet", "resume")


def thread(page: Page, text: str) -> Locator:
    return page.locator(".thread").filter(has_text=text)


def press(within: Locator | Page, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).click()


def send(page: Page, name: str, **fields: str) -> None:
    """Fill in the modal that opens, and send it."""
    dialog = page.get_by_role("dialog", name=name)
    for label, value in fields.items():
        dialog.get_by_label(label).fill(value)
    dialog.locator("[type=submit]").click()
    expect(dialog).to_have_count(0)


def write(page: Page, text: str) -> Locator:
    """Be Ana, write a draft, and let it go out as soon as it is approved."""
    act_as(page, ANA)
    say(page, text)
    card = thread(page, text)
    press(card, "When")
    send(page, "When")
    expect(card).to_contain_text("It goes out as soon as it is approved.")
    return card


def approve(page: Page, card: Locator) -> None:
    act_as(page, CHEN)
    press(card, "Approve")
    expect(card).to_contain_text("Clinical ✓")
    act_as(page, DANA)
    press(card, "Approve")
    expect(card.get_by_role("button", name="Approve")).to_have_count(0)


def made(address: str, text: str) -> int:
    """How many tweets ever took effect at X with that text."""
    with SandboxClient(address) as people:
        return sum(tweet["shown_text"] == text for tweet in people.ledger()["tweets"])


def switch(page: Page, *names: str, on: bool = True) -> None:
    unfold = page.locator(".wrong").get_by_role("button", name="Show", exact=True)
    if unfold.count():
        unfold.click()
    for name in names:
        page.get_by_role("switch", name=name).set_checked(on)


def test_the_tour_leads_from_a_draft_to_a_tweet(page: Page, clinic: str) -> None:
    tour = page.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("1 of 5")
    press(tour, "Fill in an example")
    expect(composer(page)).to_be_focused()
    page.keyboard.press("Enter")

    expect(tour).to_contain_text("2 of 5")
    card = thread(page, "Flu jabs start on Monday")
    expect(card).to_contain_text("In review")
    press(tour, f"Be {CHEN}")
    expect(card.get_by_role("button", name="Request changes")).to_be_focused()
    page.keyboard.press("Enter")
    send(page, "Request changes", **{"What should be different?": "Which card?"})

    expect(tour).to_contain_text("3 of 5")
    expect(card).to_contain_text("Changes requested")
    press(tour, f"Be {ANA}")
    expect(card).to_contain_text("asks for changes")  # between her and Countersign
    expect(card.get_by_role("button", name="Edit")).to_be_focused()
    page.keyboard.press("Enter")
    text = "Flu jabs start on Monday. Bring your insurance card."
    page.get_by_label("Edit the message").fill(text)
    page.keyboard.press("Enter")

    expect(tour).to_contain_text("4 of 5")
    expect(card).to_contain_text("version 2")
    press(card, "Approve")
    expect(card).to_contain_text("You wrote this, so somebody else has to decide on it.")
    press(tour, f"Be {CHEN}")
    expect(card.get_by_role("button", name="Approve")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card).to_contain_text("Clinical ✓")
    press(tour, f"Be {DANA}")
    press(card, "Approve")

    expect(tour).to_contain_text("5 of 5")
    expect(card).to_contain_text("It has no time yet")
    press(tour, f"Be {ANA}")
    expect(card.get_by_role("button", name="When")).to_be_focused()
    page.keyboard.press("Enter")
    send(page, "When")
    expect(card).to_contain_text("It is public.")
    expect(page.locator(".tweet").filter(has_text=text)).to_be_visible()
    expect(tour).to_contain_text("That was a tweet's whole way")
    assert made(clinic, text) == 1


def test_a_pause_holds_what_is_approved_until_an_operator_resumes(page: Page, clinic: str) -> None:
    text = "Sleep matters."
    card = write(page, text)
    act_as(page, CHEN)
    composer(page).press_sequentially("/tweet p")
    page.keyboard.press("Tab")  # completed: "/tweet pause "
    composer(page).press_sequentially("a complaint")
    page.keyboard.press("Enter")
    expect(page.locator("#channel").get_by_text("Paused: nothing more goes out")).to_be_visible()
    approve(page, card)
    expect(card).to_contain_text("publishing is paused")
    assert made(clinic, text) == 0
    act_as(page, ANA)
    composer(page).fill("/tweet resume")
    composer(page).press("Enter")
    expect(page.locator("#channel").get_by_text("Only operators can resume.")).to_be_visible()
    act_as(page, DANA)
    composer(page).fill("/tweet resume")
    composer(page).press("Enter")
    expect(page.locator("#channel").get_by_text("One held tweet is on its way.")).to_be_visible()
    expect(card).to_contain_text("It is public.")
    assert made(clinic, text) == 1


def test_a_lost_answer_is_asked_about_and_answered_with_an_address(page: Page, clinic: str) -> None:
    text = "Wash your hands."
    card = write(page, text)
    switch(page, "Lose X's next answer", "X's timeline lags")
    approve(page, card)
    expect(card).to_contain_text("is it there?")
    tweet = page.locator(".tweet").filter(has_text=text)
    press(tweet, "Copy its address")
    expect(tweet.get_by_role("button", name="Copied")).to_be_visible()
    press(card, "It is live")
    address = page.get_by_label("Address of the tweet")
    expect(address).to_be_focused()
    page.keyboard.press("Control+V")
    send(page, "It is live")
    expect(card).to_contain_text("It is public.")
    switch(page, "X's timeline lags", on=False)
    assert made(clinic, text) == 1


def test_what_is_not_there_is_sent_again_when_people_say_so(page: Page, clinic: str) -> None:
    text = "Drink water."
    card = write(page, text)
    switch(page, "X is down")
    approve(page, card)
    expect(card).to_contain_text("is it there?")
    switch(page, "X is down", on=False)
    act_as(page, EVE)
    press(card, "It is not there")
    press(page.get_by_role("dialog"), "It is not there")
    expect(card).to_contain_text("Only its author, a reviewer or an operator")
    act_as(page, DANA)
    press(card, "It is not there")
    press(page.get_by_role("dialog"), "It is not there")
    expect(card).to_contain_text("it is settled that X did not take it")
    press(card, "Try again")
    press(page.get_by_role("dialog"), "Publish")
    expect(card).to_contain_text("It is public.")
    assert made(clinic, text) == 1


def test_a_tweet_is_taken_down_with_a_reason(page: Page, clinic: str) -> None:
    text = "This has a mistake in it."
    card = write(page, text)
    approve(page, card)
    expect(card).to_contain_text("It is public.")
    tweet = page.locator(".tweet").filter(has_text=text)
    expect(tweet).to_be_visible()
    act_as(page, CHEN)
    press(card, "Take down")
    send(page, "Take down", **{"Why is it taken down?": "The dose is wrong."})
    expect(card).to_contain_text("now it is deleted on X")
    expect(tweet).to_have_count(0)
    assert made(clinic, text) == 1
