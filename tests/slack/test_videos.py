"""A video on a card: what it is and where people watch it, for no card can show it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.card import DraftCard
from bot.domain.card_parts import PartCard, PictureCard
from bot.domain.draft import DraftState
from bot.domain.media import MOST, MediaFormat, MediaKind
from bot.sandbox.client import SandboxClient
from handlers.slack import modals
from handlers.slack.arrivals import Subject
from handlers.slack.blocks import draw
from handlers.slack.chat import SlackChat
from handlers.slack.lines import excerpt, whole
from tests.conftest import AUTHOR
from tests.slack.cards import card, illustrated
from tests.slack.test_blocks import assert_slack_takes, button_ids, said
from tests.slack.test_chat import chat, draft, thread
from tests.videos import CLIP

__all__ = ["chat", "draft"]

ADDRESS = "https://riverside.slack.com/files/U0AUTHOR1/F9/hands.mp4"
VIDEO = PictureCard(MediaKind.VIDEO, MediaFormat.MP4, "", "F9", 3_400_000, 12.0)


def with_video(video: PictureCard = VIDEO, **changes: Any) -> DraftCard:
    shown = card(**changes)
    return replace(shown, parts=(replace(shown.parts[0], pictures=(video,)),))


def test_a_card_says_what_a_video_is_and_leads_to_it() -> None:
    drawn = draw(with_video(), {"F9": ADDRESS})
    assert_slack_takes(drawn)
    assert "Video 1: \nMP4, 12 seconds, 3.4 MB · " in said(drawn)
    assert {"type": "link", "url": ADDRESS, "text": "Watch it in Slack"} in links(drawn.blocks)
    assert "Video 1: MP4, 12 seconds, 3.4 MB." in drawn.text
    assert "alt text" not in said(drawn).lower() + drawn.text.lower()
    assert "approve" in button_ids(drawn)


def links(node: Any) -> list[Any]:
    """Return every link in blocks."""
    if isinstance(node, list):
        return [found for one in node for found in links(one)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "link" else []
    return own + [found for one in node.values() for found in links(one)]


def test_where_slack_says_no_address_people_are_told_where_it_was_shared() -> None:
    drawn = draw(with_video())
    assert_slack_takes(drawn)
    assert "watch it where it was shared" in said(drawn)


@pytest.mark.parametrize(
    ("seconds", "size", "words"),
    [
        (0.5, 900, "MP4, 0.5 seconds, 0.1 MB"),
        (1.0, 900, "MP4, 1 second, 0.1 MB"),
        (59.96, 512_000_000, "MP4, 60 seconds, 512.0 MB"),
        (61.4, 20_000_000, "MP4, 1:01 minutes, 20.0 MB"),
        (140.0, 1_000_000, "MP4, 2:20 minutes, 1.0 MB"),
        (None, None, "MP4"),
    ],
)
def test_length_and_size_are_said_as_people_say_them(
    seconds: float | None, size: int | None, words: str
) -> None:
    drawn = draw(with_video(replace(VIDEO, seconds=seconds, size=size)))
    assert f"\n{words} · " in said(drawn)


def test_a_video_without_words_is_no_empty_tweet() -> None:
    shown = with_video()
    wordless = replace(shown, parts=(replace(shown.parts[0], text="", length=0),))
    assert "a video without words" in said(draw(wordless))


def test_who_has_only_a_video_is_not_told_to_describe_it() -> None:
    assert "Alt text" not in said(draw(with_video(state=DraftState.DRAFTING)))


def test_a_form_asks_for_the_alt_texts_of_pictures_alone() -> None:
    shown = illustrated("A bed.", "")
    first, second = shown.parts[0].pictures
    mixed = (first, VIDEO, replace(second, kind=MediaKind.GIF))
    shown = replace(shown, parts=(replace(shown.parts[0], pictures=mixed),))
    view = modals.alt_texts(Subject(1, 2), shown)
    asked = [block for block in view["blocks"] if block["type"] == "input"]
    assert [block["block_id"] for block in asked] == ["alt_0", "alt_1"]
    assert asked[1]["label"]["text"] == "GIF 3: what does it show?"


def test_a_list_names_a_video_and_never_shows_such_a_draft_as_whole() -> None:
    shown = with_video()
    wordless = replace(shown, parts=(replace(shown.parts[0], text=""),))
    assert "Video 1: MP4, 12 seconds" in str(excerpt(wordless))
    assert whole(shown) is None


def test_the_longest_thread_has_room_for_every_video_that_a_draft_may_have() -> None:
    parts = [PartCard("z" * 280, 280, None, removed=False)] * 25
    for n in range(MOST):
        video = replace(VIDEO, file=f"F{n}")
        parts[n] = replace(parts[n], pictures=(video,))
    shown = replace(card(), parts=tuple(parts))
    longest = {f"F{n}": f"https://x.slack.com/{'y' * 230}" for n in range(MOST)}
    drawn = draw(shown, longest)
    assert_slack_takes(drawn)
    assert len(links(drawn.blocks)) == MOST


def test_the_address_is_asked_of_slack_whenever_a_card_is_drawn(
    chat: SlackChat, people: SandboxClient, draft: DraftCard
) -> None:
    file = people.upload(AUTHOR, "hands.mp4", CLIP)
    shown = replace(draft, parts=with_video(replace(VIDEO, file=file)).parts)
    ref = chat.draw(shown)
    assert f"/files/{AUTHOR}/{file}/hands.mp4" in str(thread(people, draft))
    people.delete_file(AUTHOR, file)
    assert chat.draw(replace(shown, card=ref)) == ref
    assert "watch it where it was shared" in str(thread(people, draft))
