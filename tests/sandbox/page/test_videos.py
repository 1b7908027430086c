"""Videos on the page: shared in a message, linked from a block, played on the timeline."""

from playwright.sync_api import FilePayload, Page, expect

from bot.ports import Outgoing, Uploaded
from bot.sandbox.world import CLINIC, X_CONSUMER_KEY, X_CONSUMER_SECRET
from bot.x.keys import Keys
from bot.x.publisher import XPublisher
from tests.pictures import given
from tests.sandbox.page.bot import Bot
from tests.sandbox.page.test_access import assert_nothing_grave
from tests.videos import CLIP, film

FILES: list[FilePayload] = [{"name": "hands.mp4", "mimeType": "video/mp4", "buffer": CLIP}]
HAS_METADATA, HAS_THIS_PICTURE = 1, 2


def plays(page: Page, label: str) -> None:
    """Hold that the browser itself can decode a video, and plays it with pictures that move."""
    video = page.get_by_label(label).last
    expect(video).to_have_attribute("controls", "")
    video.scroll_into_view_if_needed()
    film = video.element_handle()
    page.wait_for_function(f"film => film.readyState >= {HAS_METADATA}", arg=film)
    size = video.evaluate("film => [film.videoWidth, film.videoHeight, film.duration, film.error]")
    assert (size[0], size[1], size[3]) == (48, 32, None)
    assert 0.9 < size[2] < 1.1
    first, last = (_shade(page, label, at) for at in (0.0, 0.85))
    assert first < last  # each picture of the film is lighter than the one before


def _shade(page: Page, label: str, at: float) -> int:
    """Return how light the picture at a moment is, as the browser draws it."""
    shade: int = page.get_by_label(label).last.evaluate(
        """async (film, at) => {
            const there = new Promise((done) => film.addEventListener("seeked", done));
            film.currentTime = at;
            await there;
            const canvas = document.createElement("canvas");
            canvas.width = film.videoWidth;
            canvas.height = film.videoHeight;
            const pen = canvas.getContext("2d");
            pen.drawImage(film, 0, 0);
            return pen.getImageData(20, 10, 1, 1).data[1];
        }""",
        at,
    )
    return shade


def test_a_video_is_shared_and_can_be_played_and_a_card_leads_to_it(page: Page, bot: Bot) -> None:
    page.get_by_label("Attach files").first.set_input_files(FILES)
    page.get_by_role("button", name="Send").first.click()
    plays(page, "hands.mp4")
    address = page.get_by_label("hands.mp4").last.get_attribute("src") or ""
    file = address.rpartition("/")[2]
    told = bot.web.files_info(file=file)["file"]["permalink"]
    link = {"type": "link", "url": told, "text": "Watch it in Slack"}
    line = {"type": "rich_text_section", "elements": [link]}
    bot.say(text="x", blocks=[{"type": "rich_text", "elements": [line]}])
    shown = page.get_by_role("link", name="Watch it in Slack").last
    expect(shown).to_have_attribute("href", f"/sandbox/slack/files/{file}")
    assert_nothing_grave(page)


def test_a_tweet_plays_the_video_that_was_cleaned(page: Page) -> None:
    keys = Keys(X_CONSUMER_KEY, X_CONSUMER_SECRET, CLINIC.access_token, CLINIC.access_secret)
    x = XPublisher(keys, base_url=f"{page.url}x")
    for brand in (b"isom", b"qt  "):
        taken = x.upload(given(film(brand=brand), piece=9_000))
        assert isinstance(taken, Uploaded)
        x.post(Outgoing(f"Look {brand.decode()}", None, (taken.media_id,)), lambda _: None)
        expect(page.locator(".tweet-text").first).to_have_text(f"Look {brand.decode().strip()}")
        plays(page, "Video of the tweet")
    expect(page.locator(".tweet .alt")).to_have_count(0)
    assert_nothing_grave(page)
