"""What axe-core finds: nothing serious, in light and dark, on every screen, modals open or not."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import THOROUGH
from tests.sandbox.page.bot import CHANNEL, Bot, actions, asked, button, options, plain, section
from tests.sandbox.page.conftest import Open
from tests.sandbox.page.test_beside import PHONE, tweet
from tests.sandbox.page.test_interaction import VIEW, card, opens
from tests.sandbox.page.test_talk import composer, say

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
GRAVE = ("serious", "critical")
LOOKS = pytest.mark.parametrize(
    "look",
    [
        screen | {"color_scheme": scheme}
        for screen in (DESKTOP, PHONE)
        for scheme in ("light", "dark")
        if THOROUGH or (screen is PHONE) == (scheme == "dark")
    ],
    ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}",
)

KINDS: dict[str, dict[str, Any]] = {
    "plain_text_input": {},
    "number_input": {"is_decimal_allowed": False},
    "url_text_input": {},
    "email_text_input": {},
    "timepicker": {},
    "users_select": {},
    "conversations_select": {},
    "multi_static_select": {"options": options("flu", "sleep")},
    "multi_users_select": {},
    "file_input": {},
}
EVERYTHING = VIEW | {
    "blocks": VIEW["blocks"]
    + [
        asked(kind, f"A {kind}", {"type": kind, "action_id": kind} | more, hint=plain("A hint."))
        for kind, more in KINDS.items()
    ]
}


def assert_nothing_grave(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    grave = [
        (one["id"], one["impact"], [node["target"] for node in one["nodes"]])
        for one in found
        if one["impact"] in GRAVE
    ]
    assert grave == []


def test_axe_sees_what_is_wrong(page: Page) -> None:
    assert_nothing_grave(page)
    page.evaluate("document.getElementById('composer').removeAttribute('aria-label')")
    page.evaluate("document.getElementById('composer').removeAttribute('placeholder')")
    with pytest.raises(AssertionError, match="label"):
        assert_nothing_grave(page)


@LOOKS
def test_a_page_at_work(open_page: Open, bot: Bot, address: str, look: dict[str, Any]) -> None:
    page = open_page(**look)
    assert_nothing_grave(page)
    first = tweet(address, "1/2 Wash your hands: https://example.org/hands #clean")
    tweet(address, "2/2 And again", in_reply_to=first)
    say(page, "Flu jabs start on Monday")
    more = {"type": "overflow", "action_id": "more", "options": options("history", "withdraw")}
    approve = button("Approve", "approve", style="primary")
    ts = bot.say(card(approve, button("Reject", "reject", style="danger"), more), text="card")
    bot.say([section("*Done* :tada: `code` <https://example.org|a link>")], thread=ts, text="x")
    bot.web.chat_postEphemeral(channel=CHANNEL, user="U0AUTHOR1", text="Between us: `/tweet help`")
    expect(page.get_by_text("Only visible to you")).to_be_visible()
    composer(page).press_sequentially("/tw")
    expect(page.get_by_role("listbox", name="Commands")).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert_nothing_grave(page)
    for tab in ("X", "What could go wrong"):
        if look["viewport"]["width"] < 761:
            page.locator("#tabs").get_by_role("button", name=tab).click()
        elif tab != "X":
            page.locator(".wrong").get_by_role("button", name="Show").click()
        assert_nothing_grave(page)


@LOOKS
def test_a_modal_with_every_input_and_its_errors(
    open_page: Open, bot: Bot, look: dict[str, Any]
) -> None:
    page = open_page(**look)
    bot.reply = opens(bot, EVERYTHING)
    bot.say(card(button("Request changes", "changes")), text="card")
    page.get_by_role("button", name="Request changes").click()
    dialog = page.get_by_role("dialog", name="Request changes")
    expect(dialog.get_by_label("A users_select")).to_be_visible()
    expect(dialog.locator(".unknown")).to_have_count(0)
    assert_nothing_grave(page)
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Please fill this in.").first).to_be_visible()
    assert_nothing_grave(page)


@LOOKS
def test_a_question_a_home_tab_and_a_bot_that_is_away(
    open_page: Open, bot: Bot, lonely: str, look: dict[str, Any]
) -> None:
    page = open_page(**look)
    view = {"type": "home", "blocks": [section("*Waiting for you*"), actions(button("New", "new"))]}
    bot.web.views_publish(user_id="U0AUTHOR1", view=view)
    page.get_by_role("button", name="Home", exact=True).click()
    expect(page.get_by_text("Waiting for you")).to_be_visible()
    assert_nothing_grave(page)
    confirm = {"title": plain("Reject?"), "text": plain("For good."), "confirm": plain("Reject it")}
    confirm |= {"deny": plain("Keep it")}
    page.get_by_role("button", name="#tweets").click()
    bot.say(card(button("Reject", "reject", confirm=confirm)), text="card")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("button", name="Keep it")).to_be_visible()
    assert_nothing_grave(page)
    away = open_page(lonely, **look)
    expect(away.get_by_text("The bot is not connected")).to_be_visible()
    assert_nothing_grave(away)
