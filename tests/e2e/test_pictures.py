"""A message with pictures becomes a tweet with pictures, with the bytes and words approved."""

import json
from typing import Any

from PIL import ImageSequence

from handlers.slack.ids import part_block
from tests.crash.cards import Card
from tests.e2e.town import ANA, BEN, CHANNEL, CHEN, Town
from tests.pictures import PLACE, drawn, gif, jpeg, opened, png, saved, webp

Json = dict[str, Any]


def shared(town: Town, text: str, *pictures: bytes, who: str = ANA, name: str = "a.png") -> str:
    """Type a message with pictures; returns its ts."""
    files = [town.people.upload(who, name, picture) for picture in pictures]
    return town.write(text, who, files=files)


def describe(town: Town, ts: str, *alts: str, who: str = ANA) -> None:
    """Say what each picture shows."""
    entries = {f"alt_{place}": {f"alt_{place}": alt} for place, alt in enumerate(alts)}
    answer = town.fill_in(who, ts, "alt_text", entries)
    assert answer["acked"], answer
    assert not answer.get("errors"), answer


def on_card(town: Town, ts: str) -> str:
    """Everything that the card of a message says, as JSON."""
    card = town.wait(lambda: town.card(ts), "a card")
    messages = town.people.messages(CHANNEL, CHEN)
    return json.dumps(next(m for m in messages if m["ts"] == card.ts))


def publish(town: Town, ts: str) -> Card:
    """Have it approved, and wait until it is out."""
    town.shows(ts, "In review")
    town.say_when(ts, who=CHEN)
    town.approve(ts)
    return town.shows(ts, "Published")


def test_four_photos_of_all_kinds_go_out_with_what_they_show_and_nothing_more(
    town: Town,
) -> None:
    raw = [jpeg(6), png(), webp(), saved(drawn(), "GIF")]
    ts = shared(town, "The new ward, at example.org/ward", *raw)
    town.shows(ts, "Needs mending", "alt_text")
    alts = ("A corridor.", "A bed & a window.", "The <garden>.", "A lift.")
    describe(town, ts, *alts)
    publish(town, ts)
    (tweet,) = town.public("The new ward, at example.org/ward")
    assert [medium["alt"] for medium in tweet["media"]] == list(alts)
    for medium, sent in zip(tweet["media"], raw, strict=True):
        content = town.people.picture(medium["address"])
        assert PLACE not in content
        assert opened(content).convert("RGB").tobytes() == opened(sent).convert("RGB").tobytes()


def test_a_gif_goes_out_in_chunks_and_alone(town: Town) -> None:
    ts = shared(town, "How to wash hands", gif(3))
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "Two hands under water.")
    publish(town, ts)
    (tweet,) = town.public("How to wash hands")
    (medium,) = tweet["media"]
    assert (medium["kind"], medium["type"]) == ("animated_gif", "image/gif")
    shown = opened(town.people.picture(medium["address"]))
    assert len(list(ImageSequence.Iterator(shown))) == 3


def test_a_picture_without_words_is_a_tweet(town: Town) -> None:
    ts = shared(town, "", png(), who=BEN)
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "A poster: wear a mask.", who=BEN)
    publish(town, ts)
    shown = [tweet["media"][0]["alt"] for tweet in town.public("")]
    assert shown.count("A poster: wear a mask.") == 1


def test_the_first_part_of_a_thread_may_be_a_picture_alone(town: Town) -> None:
    ts = shared(town, "---\nOur ward has opened", png(width=13))
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "A ward with a window.")
    publish(town, ts)
    (second,) = town.public("Our ward has opened")
    firsts = [tweet for tweet in town.public("") if tweet["id"] == second["in_reply_to"]]
    assert [tweet["media"][0]["alt"] for tweet in firsts] == ["A ward with a window."]


def used(town: Town, action: str) -> Json:
    """Press a button in the composer of Ana; returns the composer as it is redrawn."""
    before = town.people.views(ANA)[-1]
    assert town.people.click_in_view(ANA, before["id"], action)["acked"]
    (redrawn,) = town.people.views(ANA)
    assert redrawn["hash"] != before["hash"]
    return redrawn


def blocks(view: Json, kind: str) -> list[str]:
    """The fields of the composer whose names begin like this."""
    return [b["block_id"] for b in view["blocks"] if b["block_id"].startswith(kind)]


def test_each_part_of_a_thread_from_the_composer_has_its_pictures_an_edit_keeps_them(
    town: Town,
) -> None:
    before = set(town.cards())
    town.people.command(ANA, CHANNEL, "/tweet", "new")
    town.wait(lambda: town.people.views(ANA), "the composer")
    used(town, "more_parts")
    view = used(town, "add_pictures")
    raw = [jpeg(6), png(), png(width=9)]
    picked = [town.people.upload(ANA, "a.jpg", one) for one in raw]
    texts = [{"text": text} for text in ("The ward before.", "The ward after.")]
    first, second = blocks(view, "pick:")
    values: Json = dict(zip(blocks(view, "text:"), texts, strict=True))
    values |= {first: {first: picked[:1]}, second: {second: picked[1:]}}
    assert town.people.submit(ANA, view["id"], values) == {"acked": True}
    (ts,) = town.wait(lambda: set(town.cards()) - before, "the card")
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "Grey walls.", "Green walls.", "A window.")
    town.shows(ts, "In review", "edit")
    town.press(ANA, ts, "edit")
    view = town.wait(lambda: town.people.views(ANA), "the composer")[-1]
    (_, kept) = blocks(view, "keep:")
    changed: Json = {blocks(view, "text:")[1]: {"text": "The ward now."}, kept: {kept: picked[2:]}}
    assert town.people.submit(ANA, view["id"], changed) == {"acked": True}
    town.wait(lambda: "The ward now." in on_card(town, ts), "the new version")
    publish(town, ts)
    for text, alt, sent in (
        ("The ward before.", "Grey walls.", raw[0]),
        ("The ward now.", "A window.", raw[2]),
    ):
        ((medium,),) = (tweet["media"] for tweet in town.public(text))
        content = town.people.picture(medium["address"])
        assert medium["alt"] == alt
        assert PLACE not in content
        assert opened(content).convert("RGB").tobytes() == opened(sent).convert("RGB").tobytes()


def test_a_copy_of_a_draft_goes_out_with_its_pictures_though_their_files_are_gone(
    town: Town,
) -> None:
    file = town.people.upload(ANA, "a.png", png(width=11))
    ts = town.write("Our lift is new", files=[file])
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "A lift.")
    publish(town, ts)
    town.people.delete_file(ANA, file)
    before = set(town.cards())
    text = {part_block(0, 0): {"text": "Our lift is open"}}
    assert town.fill_in(ANA, ts, "duplicate", text) == {"acked": True}
    (copy,) = town.wait(lambda: set(town.cards()) - before, "the card of the copy")
    town.shows(copy, "In review", "approve")
    publish(town, copy)
    (tweet,) = town.public("Our lift is open")
    assert [medium["alt"] for medium in tweet["media"]] == ["A lift."]


def test_what_cannot_go_out_is_said_and_taking_it_off_helps(town: Town) -> None:
    bad, good = (town.people.upload(ANA, "x.png", one) for one in (b"%PDF-1.7", png()))
    ts = town.write("Two files", files=[bad, good])
    town.shows(ts, "Needs mending", "alt_text")
    assert "File 1 cannot go out: it is nothing" in on_card(town, ts)
    town.people.edit(ANA, CHANNEL, ts, "Two files", files=[good])
    town.wait(lambda: "cannot go out" not in on_card(town, ts), "the new version")
    describe(town, ts, "A leaflet.")
    town.shows(ts, "In review", "approve")


def test_a_picture_taken_off_after_approval_takes_the_approval_along(town: Town) -> None:
    first, second = (town.people.upload(ANA, "x.png", png(width=w)) for w in (8, 9))
    ts = town.write("Before and after", files=[first, second])
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "Before.", "After.")
    town.shows(ts, "In review", "approve")
    town.approve(ts)
    town.shows(ts, "Approved")
    town.people.delete_file(ANA, second)
    town.shows(ts, "In review", "approve")
    publish(town, ts)
    (tweet,) = town.public("Before and after")
    assert [medium["alt"] for medium in tweet["media"]] == ["Before."]


def test_new_words_for_a_picture_take_the_approval_along(town: Town) -> None:
    ts = shared(town, "Our garden", png())
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "A tree.")
    town.shows(ts, "In review", "approve")
    town.press(CHEN, ts, "approve")
    describe(town, ts, "An apple tree.")
    town.wait(lambda: "An apple tree." in on_card(town, ts), "the new words")
    town.shows(ts, "In review", "approve")
    publish(town, ts)
    assert town.public("Our garden")[0]["media"][0]["alt"] == "An apple tree."


def test_an_upload_that_is_lost_is_made_again_and_one_tweet_comes_of_it(town: Town) -> None:
    ts = shared(town, "Lost on the way", png())
    town.shows(ts, "Needs mending", "alt_text")
    describe(town, ts, "A letter.")
    town.shows(ts, "In review", "approve")
    town.approve(ts)
    town.people.set_faults(x={"next": ["reset_after"]})
    town.say_when(ts)
    town.shows(ts, "Published")
    assert len(town.tweets("Lost on the way")) == 1
