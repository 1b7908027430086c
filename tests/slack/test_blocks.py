"""Cards: what they say, and that Slack takes every one of them whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.beside import Beside
from bot.domain.card import DraftCard, Offer
from bot.domain.card_parts import Fetching, PartCard, PictureCard
from bot.domain.changes import changes
from bot.domain.content import Content, Part, split_parts
from bot.domain.draft import NEXT_SLOT, NOW, DraftState, Wish
from bot.domain.finding import Finding, Severity
from bot.domain.media import MOST, MediaFormat
from bot.domain.publication import PublicationState, Reason
from bot.domain.quorum import Progress, StandIn, Verdict, VerdictKind
from bot.guidelines.examine import PARTS, SHOWABLE, examine
from bot.guidelines.loading import standard
from handlers.slack import blocks
from handlers.slack.blocks import Drawn, draw
from handlers.slack.modals import REASON
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER
from tests.slack.cards import DUE, HANDLE, beside, card, illustrated, publication, published
from tests.slack.taken import assert_message_is_taken

STATES = list(PublicationState)


def said(drawn: Drawn) -> str:
    """Everything that the blocks of a card say, in reading order."""
    return "\n".join(_texts(drawn.blocks))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        if value.get("type") == "user":
            yield f"<@{value['user_id']}>"
        for key in ("url", "text"):
            if isinstance(value.get(key), str):
                yield value[key]
        yield from _texts([one for one in value.values() if not isinstance(one, str)])


def button_ids(drawn: Drawn) -> list[str]:
    rows = [block for block in drawn.blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row["elements"]]


def assert_slack_takes(drawn: Drawn) -> None:
    assert_message_is_taken(drawn.text, drawn.blocks)


def test_a_card_in_review_says_what_there_is_to_know() -> None:
    drawn = draw(card(wish=Wish(DUE)))
    text = said(drawn)
    assert f"*In review* · draft 12, version 2, by <@{AUTHOR}> for @{HANDLE}" in text
    assert "Flu jabs start on Monday." in text
    assert "25/280" in text
    assert f"Clinical ✓ <@{CLINICIAN}> · Compliance 0 of 1" in text
    assert (
        "It goes out <!date^1772465400^{date_short_pretty} at {time}|2026-03-02 15:30 UTC>" in text
    )
    assert button_ids(drawn) == [
        "approve", "request_changes", "reject", "when", "revoke", "withdraw", "repeat",
    ]  # fmt: skip
    assert_slack_takes(drawn)


def test_buttons_carry_what_was_seen_and_nothing_else() -> None:
    (row,) = [block for block in draw(card()).blocks if block["type"] == "actions"]
    assert {element["value"] for element in row["elements"]} == {"12:34"}


def test_the_words_for_screen_readers_hold_the_text_and_interpret_nothing() -> None:
    drawn = draw(card("Ask <!channel> & *us*", wish=NOW))
    assert drawn.text == (
        f"In review: draft 12 by <@{AUTHOR}> for @{HANDLE}. It goes out as soon as it is approved. "
        "Its text: Ask &lt;!channel&gt; &amp; *us*"
    )


def test_a_thread_is_numbered_and_what_is_live_is_linked() -> None:
    drawn = draw(
        published(card("one", "two", "three"), 2, PublicationState.FAILED, reason=Reason.REFUSED)
    )
    text = said(drawn)
    assert "Part 1 of 3" in text
    assert f"https://x.com/{HANDLE}/status/1900000000000000001" in text
    assert "*Partly published*" in text
    assert "2 of 3 parts are public. The rest is not, because X refused it." in text
    assert f"Public: https://x.com/{HANDLE}/status/1900000000000000000" in drawn.text
    assert button_ids(drawn) == ["retry", "duplicate", "take_down", "repeat"]


def test_what_was_taken_down_is_not_linked_any_more() -> None:
    drawn = published(card(), 1, PublicationState.REMOVED, detail=f"<@{COMPLIANCE}>: wrong date")
    gone = replace(drawn, parts=(replace(drawn.parts[0], removed=True),))
    text = said(draw(gone))
    assert "taken down" in text
    assert "status/" not in text
    assert f"<@{COMPLIANCE}>\n: wrong date" in text


def test_a_draft_that_waits_for_the_next_slot_says_which_it_would_be() -> None:
    waiting = card(wish=NEXT_SLOT)
    assert "now that is <!date^" in said(draw(replace(waiting, slot=DUE)))
    assert "none is free" in said(draw(waiting))


def test_findings_are_grouped_gravest_first() -> None:
    findings = (
        Finding("chat:style", Severity.WARN, "X has no bold."),
        Finding("size:length", Severity.BLOCK, "Too long by *9*."),
        Finding("chat:emoji", Severity.BLOCK, "No such emoji."),
    )
    text = said(draw(card(findings=findings)))
    order = ["To be mended", "Too long by *9*.", "No such emoji.", "To be looked at", "no bold"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_reasons_are_shown_as_they_were_typed() -> None:
    drawn = draw(card(requests=((COMPLIANCE, "Cite <!channel> the *source*"),)))
    assert f"<@{COMPLIANCE}>\n: Cite <!channel> the *source*" in said(drawn)
    assert {"type": "text", "text": ": Cite <!channel> the *source*"} in list(_elements(drawn))


def _elements(drawn: Drawn) -> Iterator[dict[str, Any]]:
    for block in drawn.blocks:
        for run in block.get("elements", []):
            yield from run.get("elements", [])
            for entry in run.get("elements", []):
                yield from entry.get("elements", [])


def test_a_tweet_that_looks_like_it_is_linked_in_the_question() -> None:
    detail = "There is a tweet that says the same (status/77). If it is this one, say *It is live*."
    asked = publication(PublicationState.IN_DOUBT, asks=True, detail=detail)
    drawn = draw(card(state=DraftState.APPROVED, publication=asked))
    assert f"https://x.com/{HANDLE}/status/77" in said(drawn)
    assert {"type": "text", "text": "It is live", "style": {"bold": True}} in list(_elements(drawn))
    assert button_ids(drawn) == ["settle_live", "settle_not_live"]


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        (PublicationState.SCHEDULED, {}, "It goes out <!date^1772465400"),
        (PublicationState.SCHEDULED, {"detail": "429"}, "I try again by myself"),
        (PublicationState.SCHEDULED, {"stop_asked": True}, "I was asked to stop"),
        (PublicationState.PUBLISHING, {}, "I am sending it to X"),
        (PublicationState.IN_DOUBT, {}, "it may be live. I am looking"),
        (PublicationState.IN_DOUBT, {"asks": True}, f"look at <https://x.com/{HANDLE}|@{HANDLE}>"),
        (PublicationState.IN_DOUBT, {"asks": True, "settling": True}, "Somebody answered"),
        (PublicationState.HELD, {"reason": Reason.PAUSED}, "types `/tweet resume`"),
        (PublicationState.HELD, {"reason": Reason.UNREADABLE}, "could not read its message"),
        (PublicationState.HELD, {"reason": Reason.CREDITS}, "no credits left"),
        (PublicationState.MISSED, {}, "passed while I could not publish; nothing went out."),
        (PublicationState.FAILED, {"reason": Reason.DUPLICATE}, "the account says this already"),
        (PublicationState.FAILED, {"reason": Reason.SETTLED}, "Choose *Try again*"),
        (PublicationState.PUBLISHED, {}, "It is public."),
        (PublicationState.REMOVING, {}, "I am deleting it on X"),
        (PublicationState.REMOVED, {}, "now it is deleted on X"),
        (PublicationState.CANCELLED, {}, "Say *When* it should go out"),
    ],
)
def test_every_state_is_told_in_words(
    state: PublicationState, changes: dict[str, Any], words: str
) -> None:
    shown = publication(state, **changes)
    drawn = draw(card(state=DraftState.APPROVED, publication=shown))
    assert words in said(drawn)
    assert_slack_takes(drawn)


@pytest.mark.parametrize("live", [0, 1, 2])
@pytest.mark.parametrize("state", STATES)
def test_no_reason_leaves_people_without_words(state: PublicationState, live: int) -> None:
    for reason in (None, *Reason):
        for flags in ({}, {"asks": True}, {"stop_asked": True}):
            drawn = draw(published(card("a", "b"), live, state, reason=reason, **flags))
            assert "None" not in said(drawn)
            assert_slack_takes(drawn)


@pytest.mark.parametrize("state", list(DraftState))
def test_every_state_of_a_draft_has_its_card(state: DraftState) -> None:
    for wish in (None, NOW, Wish(DUE)):
        assert_slack_takes(draw(card(state=state, wish=wish)))


def extreme(*texts: str, **changes: Any) -> DraftCard:
    """Everything that can be long is as long as it gets."""
    people = tuple(f"U0CROWD{n:02}" for n in range(40))
    stages = tuple(Progress(f"Stage {n} " * 30, 40, people) for n in range(6))
    return card(
        *texts,
        verdict=Verdict(VerdictKind.CHANGES, stages),
        requests=tuple((person, "why " * (REASON // 4)) for person in people),
        wish=Wish(DUE + timedelta(days=1)),
        **changes,
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("x" * SHOWABLE,),
        ("&" * SHOWABLE,),
        tuple("ñ" * (SHOWABLE // PARTS) for _ in range(PARTS)),
        tuple("🎉" * (SHOWABLE // PARTS) for _ in range(PARTS)),
    ],
)
def test_the_longest_draft_that_may_be_approved_is_shown_whole(texts: tuple[str, ...]) -> None:
    warnings = tuple(Finding(f"w:{n}", Severity.WARN, "look " * 50) for n in range(60))
    drawn = draw(extreme(*texts, findings=warnings))
    shown = [element["text"] for element in _elements(drawn) if element["type"] == "text"]
    assert_slack_takes(drawn)
    assert all(text in shown for text in texts)
    assert "approve" in button_ids(drawn)
    live = published(extreme(*texts), len(texts), PublicationState.PUBLISHED)
    assert_slack_takes(draw(live))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 40_000,
        "a\n---\n" * 8_000,
        "\u200b\u200c" * 20_000,
        "&<>" * 13_000,
        "\ud800" * 9_000,
        ("y" * 400 + "\n---\n") * 90,
        ("\u200b" * 3 + "z\n---\n") * 25,
    ],
    ids=["long", "parts", "unseen", "markup", "surrogates", "both", "marks"],
)
def test_what_is_too_long_is_cut_and_cannot_be_approved(text: str) -> None:
    content = Content("clinic", split_parts(text))
    findings = examine(content, standard())
    texts = tuple(part.text for part in content.parts)
    drawn = draw(extreme(*texts, findings=findings))
    assert_slack_takes(drawn)
    drawn.text.encode()
    cut = blocks._UNSHOWN in said(drawn)
    assert cut == ("approve" not in button_ids(drawn))


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=3_000), st.integers(0, 40))
def test_slack_takes_the_card_of_any_text(text: str, repeated: int) -> None:
    content = Content("clinic", split_parts(text + f"\n---\n{text}" * repeated))
    changed = {"findings": examine(content, standard()), "state": DraftState.DRAFTING}
    assert_slack_takes(draw(card(*(part.text for part in content.parts), **changed)))


def test_a_draft_that_is_whole_on_its_card_is_exactly_what_the_checks_let_pass() -> None:
    """The card's own room is never smaller than what the checks let through."""
    assert blocks.SHOWN_PARTS >= PARTS
    assert blocks.SHOWN >= SHOWABLE
    assert Offer.APPROVE in card("x", content=Content("clinic", (Part("x"),))).offers


def test_the_price_of_posting_is_told_and_what_makes_it_dear() -> None:
    plain = said(draw(card("One.", "Two.")))
    assert "Posting costs about $0.03" in plain
    assert "13 times" not in plain
    assert "Posting costs about $0.20 (a link makes a tweet 13 times as dear)" in said(
        draw(card("See nhs.uk."))
    )
    assert "about $0.015" in said(draw(card("One.")))
    out = published(card("Out."), 1, PublicationState.PUBLISHED)
    assert "Posting costs" not in said(draw(out))


def test_what_was_said_in_the_thread_is_counted() -> None:
    assert "1 reply in its thread" in said(draw(card(replies=1)))
    assert "2 replies in its thread" in said(draw(card(replies=2)))


def test_what_changed_since_reviewers_looked_is_struck_out_and_bold() -> None:
    before, after = "Flu jabs start on Monday.", "Flu jabs start on Tuesday."
    drawn = draw(card(after, changes=changes(before, after), reviewed_revision=1))
    assert_slack_takes(drawn)
    [line] = [
        run["elements"]
        for block in drawn.blocks
        if block["type"] == "rich_text"
        for run in block["elements"]
        if "Changed since version 1" in str(run)
    ]
    styled = {element["text"]: element.get("style") for element in line[1:]}
    assert styled["Monday"] == {"strike": True}
    assert styled["Tuesday"] == {"bold": True}
    assert "changed since version 1" in drawn.text


@given(st.text(max_size=4_000), st.text(max_size=4_000), st.integers(1, 25))
def test_whatever_changed_slack_takes_the_card(before: str, after: str, parts: int) -> None:
    runs = changes(before, after)
    assert_slack_takes(draw(card(*["x" * 280] * parts, changes=runs, reviewed_revision=1)))


def test_a_stand_in_is_named_with_the_absent() -> None:
    stand_ins = (StandIn(CLINICIAN, OUTSIDER, DUE), StandIn(COMPLIANCE, AUTHOR, DUE))
    verdict = Verdict(
        VerdictKind.WAITING,
        (Progress("Clinical", 1, (OUTSIDER,)), Progress("Compliance", 1, ())),
    )
    words = said(draw(card(stand_ins=stand_ins, verdict=verdict, missing=(AUTHOR,))))
    assert f"Clinical ✓ <@{OUTSIDER}> for <@{CLINICIAN}>" in words
    assert f"waits for <@{AUTHOR}> for <@{COMPLIANCE}>" in words


def test_what_pictures_show_is_in_the_price_of_what_is_not_out_yet() -> None:
    assert illustrated("A bed.", "").price == 20
    assert published(illustrated("A bed."), 1, PublicationState.PUBLISHED).price == 0


def test_who_has_pictures_to_describe_is_told_how() -> None:
    drafting = illustrated("", state=DraftState.DRAFTING)
    assert "choose *Alt text*" in said(draw(drafting))
    assert "choose *Alt text*" not in said(draw(illustrated("A bed.", state=DraftState.DRAFTING)))


def test_pictures_are_shown_with_what_they_show() -> None:
    drawn = draw(illustrated("A bed.", ""))
    assert_slack_takes(drawn)
    images = [block for block in drawn.blocks if block["type"] == "image"]
    assert [image["slack_file"]["id"] for image in images] == ["F0", "F1"]
    assert [image["title"]["text"] for image in images] == [
        "Picture 1: A bed.", "Picture 2: no alt text yet",
    ]  # fmt: skip
    assert "Picture 1: A bed." in drawn.text
    assert "alt_text" in button_ids(drawn)


def test_what_slack_cannot_show_is_said_in_words() -> None:
    shown = illustrated("A <bed> *and* @here.")
    webp = replace(shown.pictures[0], format=MediaFormat.WEBP)
    for card_, thumbnails in ((shown, False), (_with(shown, webp), True)):
        drawn = draw(card_, thumbnails=thumbnails)
        assert_slack_takes(drawn)
        assert not [block for block in drawn.blocks if block["type"] == "image"]
        assert "A <bed> *and* @here." in said(drawn)


def _with(shown: DraftCard, picture: PictureCard) -> DraftCard:
    return replace(shown, parts=(replace(shown.parts[0], pictures=(picture,)),))


def test_pictures_without_words_are_no_empty_tweet() -> None:
    shown = illustrated("A poster.")
    wordless = replace(shown, parts=(replace(shown.parts[0], text="", length=0),))
    drawn = draw(wordless)
    assert_slack_takes(drawn)
    assert "pictures without words" in said(drawn)
    assert "(nothing)" not in said(drawn)


def test_the_longest_draft_with_pictures_is_shown_whole() -> None:
    alts = ["x" * 1_000] * 4
    shown = illustrated(*alts)
    first = replace(shown.parts[0], text="y" * 280)
    others = [PartCard("z" * 196, 196, None, removed=False)] * (PARTS - 1)
    shown = replace(shown, parts=(first, *others))
    drawn = draw(shown)
    assert_slack_takes(drawn)
    assert "approve" in button_ids(drawn)
    assert said(drawn).count("x" * 1_000) == 4


def test_the_longest_thread_has_room_for_every_picture_that_a_draft_may_have() -> None:
    picture = illustrated("A bed.").pictures[0]
    parts = [PartCard("z" * 196, 196, None, removed=False)] * PARTS
    for n in range(MOST):
        parts[n % 3] = replace(parts[n % 3], pictures=(*parts[n % 3].pictures, picture))
    given = Beside(reply_to="1234567890", sources=("https://who.int",))
    laden = replace(
        beside(given),
        parts=tuple(parts),
        findings=(Finding("x:y", Severity.WARN, "Please look."),),
        requests=((COMPLIANCE, "why"),),
        changes=changes("old words", "new words"),
        reviewed_revision=1,
        publication=publication(PublicationState.HELD, reason=Reason.PAUSED, detail="A complaint."),
        replies=2,
        wish=NOW,
    )
    drawn = draw(laden)
    assert_slack_takes(drawn)
    assert len(drawn.blocks) >= PARTS + MOST + 9
    assert [block["type"] for block in drawn.blocks].count("image") == MOST


def test_in_words_a_picture_stands_with_its_part() -> None:
    shown = illustrated("A bed.", "A door.")
    second = PartCard("Two.", 4, None, removed=False, pictures=shown.pictures[:1])
    words = draw(replace(shown, parts=(shown.parts[0], second))).text
    assert "Picture 2 of part 1: A door." in words
    assert "Picture 1 of part 2: A bed." in words


@pytest.mark.parametrize("stuck", [True, False])
def test_who_wrote_in_the_composer_is_sent_to_it(stuck: bool) -> None:
    waiting = Fetching(2, stuck=stuck)
    shown = replace(illustrated(""), state=DraftState.DRAFTING, posted=True)
    for asked in (replace(shown, fetching=waiting) if stuck else shown,):
        text = said(draw(asked))
        assert "with *Edit the text*" in text
        assert "your message" not in text
        assert "the message" not in text


def test_what_cannot_be_shown_whole_cannot_be_approved() -> None:
    shown = illustrated(*["a\u200b" * 500] * 4)
    drawn = draw(shown)
    assert_slack_takes(drawn)
    assert "approve" not in button_ids(drawn)


@pytest.mark.parametrize(("stuck", "words"), [(False, "I am fetching"), (True, "I keep asking")])
def test_a_card_says_that_files_are_on_their_way(stuck: bool, words: str) -> None:
    drawn = draw(card(state=DraftState.DRAFTING, fetching=Fetching(2, stuck=stuck)))
    assert_slack_takes(drawn)
    assert "*Fetching files*" in said(drawn)
    assert words in said(drawn)
    assert "edit your message" not in said(drawn)
