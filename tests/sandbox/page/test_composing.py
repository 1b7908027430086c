"""A thread from the window of `/tweet` to X, and a tweet made of somebody's message."""

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.pictures import png
from tests.sandbox.page.conftest import Open
from tests.sandbox.page.test_story import ANA, CHEN, DANA, press, thread
from tests.sandbox.page.test_talk import act_as, composer, say

FIRST, SECOND = "Our new ward is open.", "Ask us anything about it."


@pytest.fixture
def page(open_page: Open, clinic: str) -> Page:
    return open_page(clinic)


def window(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name)


def agree(page: Page, card: Locator) -> None:
    """Approve as both stages, and confirm what is asked."""
    for who, stage in ((CHEN, "Clinical ✓"), (DANA, "It goes out")):
        act_as(page, who)
        press(card, "Approve")
        asked = window(page, "Approve")
        expect(asked).to_be_visible()
        for box in asked.get_by_role("checkbox").all():
            box.check()
        press(asked, "Approve")
        expect(asked).to_have_count(0)
        expect(card).to_contain_text(stage)


def test_a_thread_with_a_picture_and_a_time_in_words_goes_from_the_window_to_x(page: Page) -> None:
    act_as(page, ANA)
    composer(page).fill("/tweet")
    composer(page).press("Enter")
    draft = window(page, "New draft")
    draft.get_by_label("What should it say?").fill(FIRST)
    press(draft, "Add a part")
    draft.get_by_role("textbox", name="Part 2").fill(f":wave: {SECOND}")
    press(draft, "Add pictures or video")
    ward: FilePayload = {"name": "ward.png", "mimeType": "image/png", "buffer": png(width=40)}
    draft.get_by_label("New pictures or video of part 1").set_input_files(ward)
    expect(draft.get_by_role("list", name="Chosen files")).to_contain_text("ward.png")
    draft.get_by_label("Or your time, in words").fill("in an hour")
    press(draft, "Make the draft")
    settled = window(page, "Is this right?")
    expect(settled.get_by_role("textbox", name="Part 2")).to_have_value(f":wave: {SECOND}")
    expect(settled.get_by_role("checkbox", name="Keep file 1 of part 1")).to_be_checked()
    press(settled, "Make the draft")
    expect(settled).to_have_count(0)

    card = thread(page, FIRST)
    expect(card).to_contain_text("Needs mending")
    press(card, "Alt text")
    shown = window(page, "Alt text")
    shown.get_by_label("Picture 1 of part 1: what does it show?").fill("A bed at a window.")
    press(shown, "Save")
    expect(card).to_contain_text("In review")
    agree(page, card)

    page.locator(".clock summary").click()
    press(page, "+1 h")
    expect(card).to_contain_text("It is public.")
    conversation = page.locator(".conversation").filter(has_text=FIRST)
    expect(conversation.locator(".tweet-text")).to_have_text([FIRST, f"👋 {SECOND}"])
    expect(conversation.get_by_role("img", name="A bed at a window.")).to_have_count(1)


def test_a_tweet_is_made_of_a_message_that_somebody_wrote_elsewhere(page: Page) -> None:
    act_as(page, ANA)
    page.get_by_role("button", name="#general").click()
    message = say(page, "The flu clinic is open on Sunday.")
    message.hover()
    press(message, "Draft this tweet")
    draft = window(page, "New draft")
    expect(draft.get_by_label("What should it say?")).to_have_value(
        "The flu clinic is open on Sunday."
    )
    press(draft, "Make the draft")
    expect(draft).to_have_count(0)
    page.get_by_role("button", name="#tweets").click()
    card = thread(page, "The flu clinic is open on Sunday.")
    expect(card).to_contain_text("In review")
    expect(card.get_by_role("button", name="Edit the text")).to_be_visible()
