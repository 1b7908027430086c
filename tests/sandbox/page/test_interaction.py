"""Blocks and modals of the bot: they render, and what a person does reaches the socket."""

import requests
from playwright.sync_api import Page, expect
from slack_sdk.socket_mode.request import SocketModeRequest

from tests.sandbox.page.bot import (
    CHANNEL,
    DEADLINE_S,
    HASTY,
    Bot,
    Json,
    Reply,
    actions,
    asked,
    button,
    options,
    plain,
    section,
)
from tests.sandbox.page.test_talk import act_as

DUE = 1_790_000_000  # 2026-09-21 14:13:20 UTC, 16:13 in Madrid

VIEW: Json = {
    "type": "modal",
    "title": plain("Request changes"),
    "submit": plain("Send"),
    "blocks": [
        section("*Draft 7*"),
        asked("why", "Reason", {"type": "plain_text_input", "action_id": "r", "multiline": True}),
        asked("due", "When", {"type": "datetimepicker", "action_id": "w"}),
        asked(
            "how", "How", {"type": "radio_buttons", "action_id": "h", "options": options("a", "b")}
        ),
        asked(
            "who",
            "Checked",
            {"type": "checkboxes", "action_id": "c", "options": options("x", "y")},
            optional=True,
        ),
        asked("day", "Day", {"type": "datepicker", "action_id": "d"}, optional=True),
        asked(
            "acc",
            "Account",
            {"type": "static_select", "action_id": "s", "options": options("main", "kids")},
        ),
    ],
}


def card(*elements: Json) -> list[Json]:
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "As it *will* be"}]}
    return [
        {"type": "header", "text": plain("Draft 7")},
        section(f"Waits for <@U0CLINIC1>, due <!date^{DUE}^{{date_num}} {{time}}|soon>"),
        {"type": "rich_text", "elements": [quote]},
        {"type": "section", "fields": [plain("Clinical"), plain("Compliance")]},
        {"type": "divider"},
        actions(*elements),
        {"type": "context", "elements": [plain("Revision 1")]},
    ]


def test_a_card_shows_its_blocks_in_the_zone_of_whoever_looks(page: Page, bot: Bot) -> None:
    parent = bot.say(text="a draft")
    bot.say(card(button("Approve", "approve", style="primary")), thread=parent, text="card")
    row = page.get_by_role("article").filter(has_text="Draft 7")
    expect(row.get_by_role("heading", name="Draft 7")).to_be_visible()
    expect(row).to_contain_text("APP")
    expect(row).to_contain_text("Waits for @Dr Chen Wei, due 2026-09-21 16:13")
    expect(row.locator("blockquote")).to_have_text("As it *will* be")
    expect(row.locator(".unknown")).to_have_count(0)
    act_as(page, "Dr Chen Wei")
    expect(row).to_contain_text("due 2026-09-21 10:13")


def test_a_button_asks_where_slack_would_and_then_reaches_the_socket(page: Page, bot: Bot) -> None:
    confirm = {"title": plain("Reject?"), "text": plain("For good."), "confirm": plain("Reject it")}
    confirm |= {"deny": plain("Keep it")}
    ts = bot.say(card(button("Reject", "reject", value="7:1", confirm=confirm)), text="card")
    act_as(page, "Dana Levi")
    page.get_by_role("button", name="Reject", exact=True).click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Reject", exact=True).click()
    page.get_by_role("button", name="Reject it").click()
    payload = bot.next("block_actions")
    assert payload["user"]["id"] == "U0COMPLY1"
    assert payload["container"]["message_ts"] == ts
    assert [(a["action_id"], a["value"]) for a in payload["actions"]] == [("reject", "7:1")]


def test_chosen_values_reach_the_socket(page: Page, bot: Bot) -> None:
    choice = {"type": "static_select", "action_id": "acc", "options": options("main", "kids")}
    more = {"type": "overflow", "action_id": "more", "options": options("history", "withdraw")}
    when = {"type": "datetimepicker", "action_id": "when"}
    bot.say(card(choice | {"placeholder": plain("Account")}, when, more), text="card")
    page.locator(".message").get_by_label("Account").select_option("kids")
    assert bot.next("block_actions")["actions"][0]["selected_option"]["value"] == "kids"
    page.locator("[type=datetime-local]").fill("2026-09-21T16:13")
    page.get_by_role("button", name="Set").click()
    assert bot.next("block_actions")["actions"][0]["selected_date_time"] == DUE - 20
    page.get_by_label("More actions").click()
    page.get_by_role("button", name="Withdraw").click()
    assert bot.next("block_actions")["actions"][0]["selected_option"]["value"] == "withdraw"


def test_a_click_that_is_not_acknowledged_says_so(page: Page, bot: Bot) -> None:
    bot.say(card(button("Approve", "approve")), text="card")
    bot.silent = True
    hurry(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".block .trouble")).to_be_visible()


def hurry(page: Page) -> None:
    """Nobody needs to wait three seconds to see that there is no ack."""
    requests.put(f"{page.url}sandbox/faults", json=HASTY, timeout=DEADLINE_S).raise_for_status()


def opens(bot: Bot, view: Json, refusals: dict[str, str] | None = None) -> Reply:
    """Opens the view at a click, and refuses the first submission with words at the fields."""
    left: list[Json] = [{"response_action": "errors", "errors": refusals}] if refusals else []

    def reply(request: SocketModeRequest) -> Json | None:
        payload = request.payload
        if payload["type"] == "block_actions":
            bot.web.views_open(trigger_id=payload["trigger_id"], view=view)
        return left.pop() if payload["type"] == "view_submission" and left else None

    return reply


def test_a_modal_takes_values_shows_errors_at_the_field_and_gives_the_focus_back(
    page: Page, bot: Bot
) -> None:
    bot.reply = opens(bot, VIEW, {"why": "Say what should change."})
    bot.say(card(button("Request changes", "changes")), text="card")
    page.get_by_role("button", name="Request changes").click()
    dialog = page.get_by_role("dialog", name="Request changes")
    reason = dialog.get_by_label("Reason")
    expect(reason).to_be_focused()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Please fill this in.")).to_have_count(4)
    reason.fill("no")
    dialog.get_by_label("When").fill("2026-09-21T16:13")
    dialog.get_by_role("radio", name="B").check()
    dialog.get_by_role("checkbox", name="Y").check()
    dialog.get_by_label("Account").select_option("main")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Say what should change.")).to_be_visible()
    expect(reason).to_be_focused()
    expect(reason).to_have_attribute("aria-invalid", "true")
    bot.next("view_submission")
    reason.fill("The dose is wrong")
    reason.press("Control+Enter")
    values = bot.next("view_submission")["view"]["state"]["values"]
    assert values["why"]["r"]["value"] == "The dose is wrong"
    assert values["due"]["w"]["selected_date_time"] == DUE - 20
    assert values["how"]["h"]["selected_option"]["value"] == "b"
    assert [one["value"] for one in values["who"]["c"]["selected_options"]] == ["y"]
    assert values["day"]["d"]["selected_date"] is None
    assert values["acc"]["s"]["selected_option"]["value"] == "main"
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Request changes")).to_be_focused()


def test_a_submission_without_an_answer_keeps_what_was_typed(page: Page, bot: Bot) -> None:
    bot.reply = opens(bot, VIEW | {"blocks": VIEW["blocks"][:2]})
    bot.say(card(button("Request changes", "changes")), text="card")
    page.get_by_role("button", name="Request changes").click()
    reason = page.get_by_label("Reason")
    reason.fill("Keep me")
    bot.silent = True
    hurry(page)
    page.get_by_role("button", name="Send").last.click()
    expect(page.get_by_text("We had trouble connecting. Try again?")).to_be_visible()
    expect(reason).to_have_value("Keep me")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_home_tab_is_drawn_when_opened_and_its_buttons_work(page: Page, bot: Bot) -> None:
    def reply(request: SocketModeRequest) -> None:
        if request.payload.get("event", {}).get("type") == "app_home_opened":
            view = {"type": "home", "blocks": [section("Yours"), actions(button("New", "new"))]}
            bot.web.views_publish(user_id="U0AUTHOR1", view=view)

    bot.reply = reply
    page.get_by_role("button", name="Home").click()
    expect(page.get_by_text("Yours")).to_be_visible()
    page.get_by_role("button", name="New").click()
    assert bot.next("block_actions")["container"]["type"] == "view"
    page.get_by_role("button", name="#tweets").click()
    expect(page.get_by_text("Yours")).to_be_hidden()


def test_a_modal_of_the_home_tab_gives_the_focus_back_to_its_button(page: Page, bot: Bot) -> None:
    view = {"type": "home", "blocks": [section("Yours"), actions(button("New", "new"))]}
    bot.web.views_publish(user_id="U0AUTHOR1", view=view)
    bot.reply = opens(bot, VIEW)
    page.get_by_role("button", name="Home", exact=True).click()
    page.get_by_role("button", name="New").click()
    expect(page.get_by_role("dialog", name="Request changes")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="New")).to_be_focused()


def test_a_redrawn_card_keeps_the_focus_on_the_same_button(page: Page, bot: Bot) -> None:
    approve = button("Approve", "approve")
    ts = bot.say(card(approve), text="card")
    page.get_by_role("button", name="Approve").focus()
    redrawn = card(approve, button("Withdraw", "withdraw"))
    bot.web.chat_update(channel=CHANNEL, ts=ts, text="card", blocks=redrawn)
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
