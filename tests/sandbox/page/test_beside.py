"""What stands beside the channel: X, faults, the bot's connection; narrow screens; the keyboard."""

import re
from contextlib import closing

import requests
from playwright.sync_api import Page, expect

from tests.sandbox.page.bot import CHANNEL, DEADLINE_S, Bot, actions, button
from tests.sandbox.page.conftest import Open
from tests.sandbox.page.test_talk import act_as, composer
from tests.sandbox.x.conftest import Bot as XBot

CLINIC = "2244994945"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def tweet(address: str, text: str, **more: str) -> str:
    wanted = {"user_id": CLINIC, "text": text, **more}
    answer = requests.post(f"{address}/sandbox/x/tweets", json=wanted, timeout=DEADLINE_S)
    return str(answer.json()["id"])


def test_tweets_appear_newest_first_with_threads_joined(page: Page, address: str) -> None:
    expect(page.get_by_text("No tweets yet")).to_be_visible()
    first = tweet(address, "1/2 Wash your hands & see https://example.org/hands #clean")
    tweet(address, "Another day")
    second = tweet(address, "2/2 <img src=x>", in_reply_to=first)
    conversations = page.locator(".conversation")
    expect(conversations.first.locator(".tweet")).to_have_count(2)
    texts = conversations.locator(".tweet-text").all_inner_texts()
    assert texts[0].startswith("1/2 Wash your hands & see example.org/hands")
    assert texts[1:] == ["2/2 <img src=x>", "Another day"]
    link = page.get_by_role("link", name="example.org/hands")
    expect(link).to_have_attribute("href", "https://example.org/hands")
    expect(page.locator(f"#tweet-{second}")).to_contain_text("2/2")


def test_a_poll_shows_what_may_be_chosen_and_until_when(page: Page, address: str) -> None:
    with closing(XBot(address)) as at_x:
        poll = {"options": ["Yes", "<b>No</b>"], "duration_minutes": 1440}
        made = at_x.tweeted("Did you sleep well?", poll=poll)
    shown = page.locator(f"#tweet-{made['id']}")
    expect(shown.get_by_role("list", name="Poll").get_by_role("listitem")).to_have_text(
        ["Yes", "<b>No</b>"]
    )
    expect(shown).to_contain_text("A poll, open until tomorrow")


def test_a_follower_calls_the_account_and_is_answered(page: Page, address: str) -> None:
    page.get_by_text("Tweet by hand").click()
    page.get_by_label("Who tweets").select_option("Mara Lind, a follower")
    box = page.get_by_label("A tweet by hand")
    expect(box).to_have_value("@RiversideClinic ")
    box.press_sequentially("when do you open?")
    page.get_by_role("button", name="Tweet", exact=True).click()
    question = page.get_by_role("article", name="Tweet by Mara Lind")
    expect(question).to_contain_text("@RiversideClinic when do you open?")
    expect(box).to_have_value("@RiversideClinic ")
    asked = str(question.get_attribute("id")).removeprefix("tweet-")
    where = question.get_by_role("button", name="Copy its address")
    expect(where).to_have_attribute("title", f"https://x.com/mara_reads/status/{asked}")
    with closing(XBot(address)) as at_x:
        at_x.tweeted("At eight.", reply={"in_reply_to_tweet_id": asked})
    conversation = page.locator(".conversation").filter(has=question)
    expect(conversation.locator(".tweet-text").last).to_have_text("At eight.")


def test_what_others_say_of_others_is_not_shown(page: Page, address: str) -> None:
    tweet(address, "Nobody is called", user_id="90210")
    tweet(address, "@RiversideKids hello", user_id="90210")
    tweet(address, "@RiversideClinic hello", user_id="90210")
    expect(page.locator(".tweet")).to_have_count(1)
    page.get_by_label("Account").select_option("@RiversideKids")
    expect(page.locator(".tweet-text")).to_have_text(["@RiversideKids hello"])


def test_the_address_of_a_tweet_is_copied_to_answer_a_card(open_page: Open, address: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    made = tweet(address, "Is it there?")
    page.get_by_role("button", name="Copy its address").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"https://x.com/RiversideClinic/status/{made}"


def test_a_tweets_time_is_that_of_whoever_looks(page: Page, address: str) -> None:
    tweet(address, "What time is it?")
    time = page.locator(".tweet time")
    expect(time).not_to_be_empty()
    in_madrid = time.inner_text()
    act_as(page, "Dr Chen Wei")
    expect(time).not_to_have_text(in_madrid)


def test_the_link_of_a_card_leads_to_the_tweet_of_the_sandbox(page: Page, bot: Bot) -> None:
    address = page.url
    made = tweet(address.rstrip("/"), "Here it is")
    bot.say(text=f"Published: <https://x.com/RiversideClinic/status/{made}|the tweet>")
    page.get_by_role("link", name="the tweet").click()
    expect(page.locator(f"#tweet-{made}")).to_be_focused()


def test_the_address_of_a_message_leads_to_it_from_the_home_tab(page: Page, bot: Bot) -> None:
    card = bot.say(text="The card")
    bot.say(text="Something newer")
    address = bot.web.chat_getPermalink(channel=CHANNEL, message_ts=card)["permalink"]
    line = {"type": "section", "text": {"type": "mrkdwn", "text": f"<{address}|draft 12>"}}
    bot.web.views_publish(user_id="U0AUTHOR1", view={"type": "home", "blocks": [line]})
    page.get_by_role("button", name="Home", exact=True).click()
    page.get_by_role("link", name="draft 12").click()
    expect(page.get_by_role("heading", name="#tweets")).to_be_visible()
    expect(page.locator(f'[data-ts="{card}"]')).to_be_focused()


def test_a_fault_switch_turns_the_knob_and_shows_it(page: Page, address: str) -> None:
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("switch", name="Lose X's next answer").check()
    page.get_by_role("switch", name="Slack is unreachable").check()
    expect(page.get_by_text("2 on")).to_be_visible()
    knobs = requests.get(f"{address}/sandbox/faults", timeout=DEADLINE_S).json()
    assert knobs["x"]["next"]["value"] == ["reset_after"]
    assert knobs["slack"]["api_down"]["value"] is True
    page.get_by_role("switch", name="Slack is unreachable").uncheck()
    expect(page.get_by_text("1 on")).to_be_visible()


def test_every_switch_turns_its_knob_away_from_its_default_and_back(
    page: Page, address: str
) -> None:
    page.get_by_role("button", name="Show", exact=True).click()
    switches = page.get_by_role("switch")
    expect(switches).to_have_count(11)
    for switch in switches.all():
        switch.check()
        expect(page.locator(".armed")).to_have_text("1 on")
        assert len(turned(address)) == 1
        expect(switch).to_have_accessible_description(re.compile(r"\w.+\."))
        switch.uncheck()
        expect(page.locator(".armed")).to_have_text("")
        assert turned(address) == []


def turned(address: str) -> list[str]:
    """The knobs that are not at their default."""
    knobs = requests.get(f"{address}/sandbox/faults", timeout=DEADLINE_S).json()
    rows = [(name, knob) for side in knobs.values() for name, knob in side.items()]
    return [name for name, knob in rows if knob["value"] != knob["default"]]


def test_the_strip_says_whether_the_bot_is_connected(
    open_page: Open, lonely: str, bot: Bot
) -> None:
    page = open_page(lonely)
    expect(page.get_by_text("The bot is not connected")).to_be_visible()
    bot = Bot(lonely)
    bot.start()
    expect(page.get_by_text("The bot is connected")).to_be_visible()
    bot.stop()
    expect(page.get_by_text("The bot is not connected")).to_be_visible()


def test_on_a_phone_one_part_is_shown_and_nothing_is_cut_off(open_page: Open, address: str) -> None:
    page = open_page(**PHONE)
    tabs = page.get_by_role("navigation", name="Parts of the page")
    expect(page.get_by_label("Write a message, or /tweet")).to_be_visible()
    expect(page.get_by_text("No tweets yet")).to_be_hidden()
    tweet(address, "Seen on the phone")
    tabs.get_by_role("button", name="X 1 new").click()
    expect(page.get_by_text("Seen on the phone", exact=True)).to_be_in_viewport()
    tabs.get_by_role("button", name="What could go wrong").click()
    expect(page.get_by_role("switch", name="X is down")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_alone_is_enough(page: Page, bot: Bot) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Skip to writing"
    expect(composer(page)).to_be_focused()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    parent = bot.next("message")["event"]["ts"]
    bot.say([actions(button("Approve", "approve"))], thread=parent, text="card")
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    go_to(page, "Act as")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Dr Chen Wei")).to_be_checked()
    go_to(page, "Approve")
    page.keyboard.press("Enter")
    assert bot.next("block_actions")["user"]["id"] == "U0CLINIC1"


def go_to(page: Page, name: str) -> None:
    """Presses Tab until what is focused, or the group around it, has that name."""
    named = """() => {
        const at = document.activeElement;
        return [at.textContent, at.closest("fieldset")?.querySelector("legend").textContent];
    }"""
    for _ in range(60):
        if name in page.evaluate(named):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {name}")
