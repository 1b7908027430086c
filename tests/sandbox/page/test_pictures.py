"""Pictures on the page: picked, sent, seen in messages, in blocks and on the timeline."""

from playwright.sync_api import FilePayload, Page, expect

from bot.domain.media import Media, MediaFormat, MediaKind
from bot.ports import Outgoing, Uploaded
from bot.sandbox.world import CLINIC, X_CONSUMER_KEY, X_CONSUMER_SECRET
from bot.x.keys import Keys
from bot.x.publisher import XPublisher
from tests.pictures import DOT, as_upload
from tests.sandbox.page.bot import Bot, Json, actions, asked, button, plain
from tests.sandbox.page.test_interaction import opens

FILES: list[FilePayload] = [
    {"name": "ward.png", "mimeType": "image/png", "buffer": DOT},
    {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
]


def is_drawn(page: Page, name: str) -> None:
    image = page.get_by_role("img", name=name).last
    expect(image).to_be_visible()
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())


def test_files_are_picked_taken_off_and_sent_with_or_without_words(page: Page) -> None:
    page.get_by_label("Attach files").first.set_input_files(FILES)
    expect(page.get_by_role("list", name="Attached files")).to_contain_text("ward.png")
    page.get_by_role("button", name="Take off plan.pdf").click()
    page.get_by_role("button", name="Send").first.click()
    is_drawn(page, "ward.png")
    expect(page.get_by_role("list", name="Attached files")).to_be_hidden()
    page.get_by_label("Attach files").first.set_input_files(FILES[1:])
    page.get_by_role("button", name="Send").first.click()
    expect(page.locator(".message .file")).to_have_text("📎 plan.pdf")


ASKS: Json = {
    "type": "modal",
    "title": plain("New draft"),
    "submit": plain("Send"),
    "blocks": [
        asked(
            "pick",
            "New pictures",
            {"type": "file_input", "action_id": "f", "max_files": 2, "filetypes": ["png"]},
        ),
        actions(button("Look", "look")),
    ],
}


def test_a_window_takes_files_by_the_keyboard_shows_their_names_and_lets_them_go(
    page: Page, bot: Bot
) -> None:
    bot.reply = opens(bot, ASKS, {"pick": "Please choose another one."})
    bot.say([actions(button("Write", "write"))], text="x")
    page.get_by_role("button", name="Write", exact=True).click()
    dialog = page.get_by_role("dialog", name="New draft")
    chooser = dialog.get_by_label("New pictures")
    expect(chooser).to_be_focused()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Please fill this in.")).to_be_visible()
    with page.expect_file_chooser() as choosing:
        chooser.press("Enter")
    choosing.value.set_files(FILES[:1])
    names = dialog.get_by_role("list", name="Chosen files")
    expect(names.get_by_role("listitem")).to_have_text(["📎 ward.png ✕"])
    chooser.set_input_files([FILES[0] | {"name": "bed.png"}])
    expect(names.get_by_role("listitem")).to_have_count(2)
    dialog.get_by_role("button", name="Take off ward.png").press("Enter")
    expect(chooser).to_be_focused()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Please choose another one.")).to_be_visible()
    (file,) = bot.next("view_submission")["view"]["state"]["values"]["pick"]["f"]["files"]
    assert (file["name"], file["size"]) == ("bed.png", len(DOT))
    expect(names).to_contain_text("bed.png")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_have_count(0)


def test_what_slack_takes_no_file_for_is_said_at_the_field(page: Page, bot: Bot) -> None:
    bot.reply = opens(bot, ASKS)
    bot.say([actions(button("Write", "write"))], text="x")
    page.get_by_role("button", name="Write", exact=True).click()
    dialog = page.get_by_role("dialog", name="New draft")
    chooser = dialog.get_by_label("New pictures")
    said = dialog.get_by_role("alert").last
    heavy: FilePayload = FILES[0] | {"buffer": bytes(10_000_001)}
    for files, words in (
        (FILES[1:], "plan.pdf is no png file."),
        ([heavy], "more than 10 MB"),
        (FILES[:1] * 3, "at most 2 files"),
    ):
        chooser.set_input_files(files)
        expect(said).to_contain_text(words)
    expect(dialog.get_by_role("list", name="Chosen files")).to_be_hidden()


def test_a_block_shows_a_file_of_the_workspace(page: Page, bot: Bot) -> None:
    page.get_by_label("Attach files").first.set_input_files(FILES[:1])
    page.get_by_role("button", name="Send").first.click()
    is_drawn(page, "ward.png")
    address = page.get_by_role("img", name="ward.png").get_attribute("src") or ""
    file = address.rpartition("/")[2]
    bot.say(
        text="x", blocks=[{"type": "image", "slack_file": {"id": file}, "alt_text": "Picture 1"}]
    )
    is_drawn(page, "Picture 1")


def test_a_tweet_shows_its_pictures_and_what_they_show(page: Page) -> None:
    keys = Keys(X_CONSUMER_KEY, X_CONSUMER_SECRET, CLINIC.access_token, CLINIC.access_secret)
    x = XPublisher(keys, base_url=f"{page.url}x")
    media = Media("", MediaKind.PHOTO, MediaFormat.PNG, "A dot & nothing else.")
    taken = x.upload(as_upload(media, DOT))
    assert isinstance(taken, Uploaded)
    x.post(Outgoing("Look", None, (taken.media_id,)), lambda _: None)
    is_drawn(page, "A dot & nothing else.")
    expect(page.locator(".tweet .alt")).to_have_text("ALT A dot & nothing else.")
    expect(page.locator(".tweet-text")).to_have_text("Look")
