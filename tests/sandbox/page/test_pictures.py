"""Pictures on the page: picked, sent, seen in messages, in blocks and on the timeline."""

from playwright.sync_api import FilePayload, Page, expect

from bot.domain.media import Media, MediaFormat, MediaKind
from bot.ports import Outgoing, Upload, Uploaded
from bot.sandbox.world import CLINIC, X_CONSUMER_KEY, X_CONSUMER_SECRET
from bot.x.keys import Keys
from bot.x.publisher import XPublisher
from tests.pictures import DOT
from tests.sandbox.page.bot import Bot

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
    taken = x.upload(Upload(media, DOT))
    assert isinstance(taken, Uploaded)
    x.post(Outgoing("Look", None, (taken.media_id,)), lambda _: None)
    is_drawn(page, "A dot & nothing else.")
    expect(page.locator(".tweet .alt")).to_have_text("ALT A dot & nothing else.")
    expect(page.locator(".tweet-text")).to_have_text("Look")
