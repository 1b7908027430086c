"""A message with a video becomes a tweet with it, whatever is lost or dies on the way."""

from tests.e2e.test_pictures import on_card, publish, shared
from tests.e2e.town import ANA, CHANNEL, Town
from tests.videos import CLIP, PLACE, Film, film


def test_a_video_goes_out_with_every_picture_and_nothing_that_tells_of_its_making(
    town: Town,
) -> None:
    ts = shared(town, "How we wash our hands", CLIP, name="hands.mp4")
    town.shows(ts, "In review", "approve")
    assert "Video 1: " in on_card(town, ts)
    assert "MP4, 1 second, 0.1 MB" in on_card(town, ts)
    assert "Watch it in Slack" in on_card(town, ts)
    publish(town, ts)
    (tweet,) = town.public("How we wash our hands")
    (medium,) = tweet["media"]
    assert (medium["kind"], medium["type"], medium["alt"]) == ("video", "video/mp4", "")
    content = town.people.picture(medium["address"])
    assert PLACE in CLIP
    assert PLACE not in content
    assert all(Film().frame(number) in content for number in range(Film().frames))


def test_what_x_does_not_take_is_said_and_another_one_helps(town: Town) -> None:
    bad = town.people.upload(ANA, "a.mov", film(codec=b"hvc1", brand=b"qt  "))
    ts = town.write("A tour of the ward", files=[bad])
    town.shows(ts, "Needs mending", "withdraw")
    assert "File 1 cannot go out: it is encoded as H.265" in on_card(town, ts)
    good = town.people.upload(ANA, "b.mov", film(brand=b"qt  "))
    town.people.edit(ANA, CHANNEL, ts, "A tour of the ward", files=[good])
    publish(town, ts)
    assert town.public("A tour of the ward")[0]["media"][0]["type"] == "video/quicktime"


def test_a_piece_that_x_loses_is_given_again_and_one_tweet_comes_of_it(town: Town) -> None:
    ts = shared(town, "Lost on the way", film(shade=7), name="a.mp4")
    town.shows(ts, "In review", "approve")
    town.approve(ts)
    town.people.set_faults(x={"media_lose_chunk": 1})
    town.say_when(ts)
    town.shows(ts, "Published")
    assert len(town.tweets("Lost on the way")) == 1


def test_a_bot_that_dies_while_x_processes_a_video_tweets_it_once(town: Town) -> None:
    ts = shared(town, "Killed on the way", film(shade=9), name="a.mp4")
    town.shows(ts, "In review", "approve")
    town.approve(ts)
    town.people.set_faults(x={"media_processing_s": 600})
    town.say_when(ts)
    town.wait(lambda: _asked(town), "a look at the video")
    town.bot.kill()
    town.people.set_faults(x={"media_processing_s": 0})
    town.open()
    town.shows(ts, "Published")
    assert len(town.tweets("Killed on the way")) == 1


def _asked(town: Town) -> bool:
    calls = town.people.ledger()["calls"]
    return any(c["method"] == "GET" and c["path"].endswith("/media/upload") for c in calls)
