"""People talk in the channel: typing, editing, deleting, switching, and what a redraw must keep."""

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from bot.sandbox import world
from tests.sandbox.page.bot import CHANNEL, DEADLINE_S, HASTY, Bot
from tests.sandbox.page.conftest import Open

HOSTILE = (
    '<img src=x onerror="alert(1)"> <script>alert(2)</script> &lt;b&gt; javascript:alert(3)',
    "<https://example.org/|<b>x</b>> <javascript:alert(4)|press> \u202egnp.exe \u200b &amp;amp;",
)


def composer(page: Page) -> Locator:
    return page.get_by_label("Write a message, or /tweet")


def act_as(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).check(force=True)


def say(page: Page, text: str) -> Locator:
    composer(page).fill(text)
    composer(page).press("Enter")
    row = page.get_by_role("article").filter(has_text=text.splitlines()[-1]).last
    expect(row).to_be_visible()
    return row


def test_a_typed_message_appears_and_reaches_the_bot(page: Page, bot: Bot) -> None:
    composer(page).press_sequentially("Flu clinic on Saturday")
    composer(page).press("Shift+Enter")
    composer(page).press_sequentially("Bring a friend")
    composer(page).press("Enter")
    expect(page.get_by_role("article")).to_contain_text("Flu clinic on Saturday\nBring a friend")
    expect(composer(page)).to_have_value("")
    event = bot.next("message")["event"]
    assert event["user"] == "U0AUTHOR1"
    assert event["text"] == "Flu clinic on Saturday\nBring a friend"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(page: Page, bot: Bot, text: str) -> None:
    say(page, text)
    bot.say(text=text)
    rows = page.locator(".message .content")
    expect(rows).to_have_count(2)
    assert page.locator(".message :is(img, script, b:not(.name))").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator(".message").first.inner_text().find("alert(1)") >= 0 or "gnp" in text


def test_the_author_edits_and_deletes_a_message_and_nobody_else_can(page: Page) -> None:
    row = say(page, "Frist draft")
    row.hover()
    row.get_by_role("button", name="Edit").click()
    box = page.get_by_label("Edit the message")
    expect(box).to_have_value("Frist draft")
    box.fill("First draft")
    box.press("Enter")
    row = page.get_by_role("article").filter(has_text="First draft")
    expect(row.get_by_text("(edited)")).to_be_visible()
    act_as(page, "Ben Okafor")
    row.hover()
    expect(row.get_by_role("button", name="Reply")).to_be_visible()
    expect(row.get_by_role("button", name="Delete")).to_have_count(0)
    act_as(page, "Ana Ruiz")
    row.hover()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


def test_a_deleted_message_with_replies_leaves_a_tombstone(page: Page) -> None:
    row = say(page, "To be gone")
    row.hover()
    row.get_by_role("button", name="Reply").click()
    reply = page.get_by_label("Reply in this thread")
    reply.fill("A reply")
    reply.press("Enter")
    expect(page.get_by_text("A reply", exact=True)).to_be_visible()
    row.hover()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("This message was deleted.")).to_be_visible()
    expect(page.get_by_text("A reply", exact=True)).to_be_visible()


def test_a_redraw_keeps_typed_text_focus_and_caret(page: Page, bot: Bot) -> None:
    parent = bot.say(text="A parent")
    page.get_by_role("article").filter(has_text="A parent").hover()
    page.get_by_role("button", name="Reply").click()
    reply = page.get_by_label("Reply in this thread")
    reply.press_sequentially("half a thought")
    reply.press("ArrowLeft")
    for text in ("one", "two", "three"):
        bot.say(text=text, thread=parent)
    bot.web.chat_update(channel=CHANNEL, ts=parent, text="A parent, redrawn")
    expect(page.get_by_text("A parent, redrawn")).to_be_visible()
    expect(page.get_by_text("three", exact=True)).to_be_visible()
    expect(reply).to_be_focused()
    reply.press_sequentially("s")
    expect(reply).to_have_value("half a thoughst")


def test_an_ephemeral_is_shown_to_one_person_and_says_so(page: Page, bot: Bot) -> None:
    bot.web.chat_postEphemeral(channel=CHANNEL, user="U0AUTHOR1", text="Between us")
    row = page.get_by_role("article").filter(has_text="Between us")
    expect(row).to_contain_text("Only visible to you")
    act_as(page, "Eve Stone")
    expect(row).to_have_count(0)


def test_the_bots_direct_message_is_marked_and_only_its_person_reads_it(
    page: Page, bot: Bot
) -> None:
    bot.web.chat_postMessage(channel="U0AUTHOR1", text="For Ana alone")
    page.get_by_role("button", name="Messages new").click()
    expect(page.get_by_text("For Ana alone")).to_be_visible()
    act_as(page, "Ben Okafor")
    expect(page.get_by_text("For Ana alone")).to_have_count(0)


def test_a_slash_command_reaches_the_bot_and_is_no_message(page: Page, bot: Bot) -> None:
    composer(page).fill("/tweet pause heavy news")
    composer(page).press("Enter")
    command = bot.next("slash_commands")
    assert (command["command"], command["text"]) == ("/tweet", "pause heavy news")
    expect(page.get_by_role("article")).to_have_count(0)


def test_a_bot_that_is_away_is_said_to_be(open_page: Open, lonely: str) -> None:
    requests.put(f"{lonely}/sandbox/faults", json=HASTY, timeout=DEADLINE_S).raise_for_status()
    page = open_page(lonely)
    expect(page.get_by_text("The bot is not connected")).to_be_visible()
    composer(page).fill("/tweet pause")
    composer(page).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="/tweet failed")).to_be_visible()
    expect(composer(page)).to_have_value("/tweet pause")


def test_the_audit_channel_is_listed_and_marked_when_the_bot_posts_there(
    page: Page, bot: Bot
) -> None:
    channels = page.get_by_role("navigation", name="Channels")
    expect(channels.get_by_role("button", name="#audit", exact=True)).to_be_visible()
    bot.web.chat_postMessage(channel=world.AUDIT.id, text="Checkpoint of the record: entry 1.")
    channels.get_by_role("button", name="#audit new").click()
    expect(page.get_by_role("heading", name="#audit")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("Checkpoint of the record: entry 1.")
    expect(channels.get_by_role("button", name="#audit", exact=True)).to_be_visible()
