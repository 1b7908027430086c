"""Pictures through the composer: picked for a part, kept by edits, carried over by copies."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.checks import Checker
from bot.domain.card import DraftCard, Offer
from bot.domain.card_parts import Fetching
from bot.domain.draft import DraftState, FileRef
from bot.domain.media import MOST
from bot.domain.policy import Template
from bot.timewords import LONGEST
from bot.workflow import intake
from handlers.slack import form
from handlers.slack.blocks import draw as draw_card
from handlers.slack.compose import TOO_MANY
from handlers.slack.composer import Meaning, draw
from handlers.slack.elements import option
from handlers.slack.form import MOST_PARTS, Form, Long
from handlers.slack.ids import Shape
from handlers.slack.mistakes import NOTHING, TOO_LARGE
from handlers.slack.modals import TYPED
from handlers.slack.posting import WORDLESS as UNSAID
from tests.conftest import AUTHOR, CLINICIAN
from tests.fakes.chat import FakeChat
from tests.pictures import png
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.taken import assert_view_is_taken
from tests.slack.test_blocks import said
from tests.slack.windows import Window, composer

COPY_TS = "1790000500.000100"
WARD, GARDEN, DOOR = "F0WARD", "F0GARDEN", "F0DOOR"


@pytest.fixture(autouse=True)
def _posting(slack: Slack) -> None:
    slack.client.answers["chat.postMessage"] = {"ts": COPY_TS}


@pytest.fixture
def chat() -> FakeChat:
    """Slack, as far as files are fetched from it."""
    chat = FakeChat()
    chat.files = {file: png(width=3 + n) for n, file in enumerate((WARD, GARDEN, DOOR))}
    return chat


def check(slack: Slack, chat: FakeChat) -> None:
    checker = Checker(slack.desk, chat)
    while checker.step():
        pass


def describe(slack: Slack, card: DraftCard, *alts: str) -> None:
    """Say what each picture shows, by the button of the card."""
    slack.click("alt_text", card, card.author)
    asked = [b["block_id"] for b in slack.opened()[-1]["blocks"] if b["type"] == "input"]
    assert len(asked) == len(alts)
    typed = dict(zip(asked, map(bodies.typed, alts), strict=True))
    assert not slack.submit("alt_text", card, card.author, **typed)


def thread(slack: Slack, chat: FakeChat) -> DraftCard:
    """A described thread: one picture in its first part, two in its second."""
    window = composer(slack, AUTHOR).write("One.").use("more_parts").write("Two.", 1)
    window.use("add_pictures").pick(WARD).pick(GARDEN, DOOR, part=1)
    assert not window.submit()
    check(slack, chat)
    describe(slack, slack.drafts()[-1], "A ward.", "A garden.", "A door.")
    return slack.drafts()[-1]


def alts(card: DraftCard) -> list[list[str]]:
    """What the pictures of each part show."""
    return [[picture.alt for picture in part.pictures] for part in card.parts]


def refs(card: DraftCard) -> list[tuple[str, int]]:
    return [(file.ref, file.part) for file in card.files]


def test_each_part_has_its_own_pictures(slack: Slack, chat: FakeChat) -> None:
    card = thread(slack, chat)
    assert alts(card) == [["A ward."], ["A garden.", "A door."]]
    assert card.state is DraftState.IN_REVIEW
    assert card.files == (FileRef(WARD, 0), FileRef(GARDEN, 1), FileRef(DOOR, 1))


def test_until_they_are_here_nobody_can_decide_and_the_message_shows_the_text_alone(
    slack: Slack,
) -> None:
    window = composer(slack, AUTHOR).write("Our ward").use("add_pictures").pick(WARD)
    assert not window.submit()
    card = slack.draft()
    assert card.fetching == Fetching(1, stuck=False)
    assert card.offers == (Offer.WITHDRAW, Offer.EDIT)
    (posted,) = [args for method, args in slack.client.calls if method == "chat.postMessage"]
    assert posted["text"] == "Our ward"
    assert WARD not in repr(posted)


def test_the_alt_texts_are_asked_for_by_part(slack: Slack, chat: FakeChat) -> None:
    slack.click("alt_text", thread(slack, chat), AUTHOR)
    asked = [b for b in slack.opened()[-1]["blocks"] if b["type"] == "input"]
    assert [block["label"]["text"].partition(":")[0] for block in asked] == [
        "Picture 1 of part 1", "Picture 1 of part 2", "Picture 2 of part 2",
    ]  # fmt: skip
    shown = [b["slack_file"]["id"] for b in slack.opened()[-1]["blocks"] if b["type"] == "image"]
    assert shown == [WARD, GARDEN, DOOR]


def test_what_was_picked_stays_when_the_window_is_redrawn(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("One.").use("add_pictures").pick(WARD, GARDEN)
    window.use("more_parts")
    assert window.kept() == [["Keep file 1 of part 1", "Keep file 2 of part 1"]]
    window.keep(GARDEN).write("Two.", 1).pick(DOOR, part=1).use("add_sources")
    assert not window.submit()
    assert refs(slack.draft()) == [(GARDEN, 0), (DOOR, 1)]


def test_a_part_that_goes_takes_its_pictures_along(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("One.").use("more_parts").write("Two.", 1)
    window.use("add_pictures").pick(WARD).pick(GARDEN, part=1).use("fewer_parts")
    assert not window.submit()
    assert refs(slack.draft()) == [(WARD, 0)]


def test_a_time_that_is_asked_back_loses_no_picture(slack: Slack) -> None:
    slack.client.answers["users.info"] = {"user": {"tz": "America/New_York"}}
    window = composer(slack, AUTHOR).write("One.").use("add_pictures").pick(WARD)
    window.fill(words="tomorrow 9am").submit()
    assert slack.drafts() == []
    assert not window.submit()
    assert refs(slack.draft()) == [(WARD, 0)]


@pytest.mark.parametrize(
    ("long", "first", "second"), [("say", 0, 2), ("plain", 0, 3), ("numbered", 0, 3)]
)
def test_pictures_go_with_the_first_piece_of_the_text_they_were_added_to(
    slack: Slack, long: str, first: int, second: int
) -> None:
    text = "A sentence of a text that is rather long and needs some room. " * 5
    typed = "Short.\n---\nAlso." if long == "say" else f"Short.\n---\n{text}"
    window = composer(slack, AUTHOR).write(typed).use("more_parts").write("End.", 1)
    window.use("add_pictures").pick(WARD).pick(GARDEN, part=1).fill(long=long)
    assert not window.submit()
    assert refs(slack.draft()) == [(WARD, first), (GARDEN, second)]


def test_pictures_without_words_are_a_draft(slack: Slack, chat: FakeChat) -> None:
    window = composer(slack, AUTHOR)
    assert window.required() == ["text:0:0"]
    assert window.use("add_pictures").required() == []
    assert window.submit() == {"text:0:0": NOTHING}
    assert not window.pick(WARD).submit()
    check(slack, chat)
    card = slack.draft()
    assert [(part.text, len(part.pictures)) for part in card.parts] == [("", 1)]
    assert not any(finding.rule == "size:empty" for finding in card.findings)
    (posted,) = [args for method, args in slack.client.calls if method == "chat.postMessage"]
    assert posted["text"] == UNSAID


@pytest.mark.parametrize(
    ("texts", "pictured", "parts"),
    [
        (["", "Two.", ""], [0], [("", 1), ("Two.", 0)]),
        (["One.", "", "Three."], [1], [("One.", 0), ("", 1), ("Three.", 0)]),
        (["One.", "", ""], [2], [("One.", 0), ("", 1)]),
        (["", "", ""], [0, 2], [("", 1), ("", 1)]),
        (["", "---\nTwo.", ""], [1], [("", 1), ("Two.", 0)]),
    ],
)
def test_a_part_of_a_thread_may_be_pictures_alone(
    slack: Slack,
    chat: FakeChat,
    texts: list[str],
    pictured: list[int],
    parts: list[tuple[str, int]],
) -> None:
    window = composer(slack, AUTHOR).use("more_parts").use("more_parts").use("add_pictures")
    for place, text in enumerate(texts):
        window.write(text, place)
    for place, file in zip(pictured, (WARD, GARDEN), strict=False):
        window.pick(file, part=place)
    assert not window.submit()
    card = slack.draft()
    assert said(draw_card(card)).count("pictures without words") == len(pictured)
    assert "(nothing)" not in said(draw_card(card))
    check(slack, chat)
    describe(slack, slack.draft(), *("A ward.", "A garden.")[: len(pictured)])
    card = slack.draft()
    assert [(part.text, len(part.pictures)) for part in card.parts] == parts
    assert card.state is DraftState.IN_REVIEW
    (posted,) = [args for method, args in slack.client.calls if method == "chat.postMessage"]
    assert posted["text"] == "\n---\n".join(text or UNSAID for text, _ in parts)
    slack.click("edit", card, AUTHOR)
    window = Window(slack, AUTHOR)
    assert window.texts() == [text for text, _ in parts]
    assert not window.submit()
    assert slack.draft().revision == card.revision


def test_hashtags_go_behind_the_last_words_and_no_number_stands_alone() -> None:
    text = "A sentence of a text that is rather long and needs some room. " * 5
    held = Form((text, "", "End."), hashtags=("#FluJab",), long=Long.NUMBERED)
    texts = [text for _, text in replace(held, pictures=((), (WARD,), (GARDEN,))).pieces]
    assert texts[2:] == ["", "End. #FluJab 4/4"]
    alone = Form(("One.", ""), hashtags=("#FluJab",), pictures=((), (WARD,)))
    assert alone.pieces == ((0, "One. #FluJab"), (1, ""))


def test_a_message_whose_first_part_is_pictures_alone(slack: Slack, chat: FakeChat) -> None:
    files = [{"id": WARD, "mode": "hosted"}]
    slack.take(bodies.written("---\nOur new ward.", subtype="file_share", files=files))
    assert [part.text for part in slack.draft().parts] == ["", "Our new ward."]
    check(slack, chat)
    describe(slack, slack.draft(), "A ward.")
    assert slack.draft().state is DraftState.IN_REVIEW
    assert alts(slack.draft()) == [["A ward."], []]


def test_a_part_whose_only_picture_goes_is_no_part_any_more(slack: Slack, chat: FakeChat) -> None:
    files = [{"id": WARD, "mode": "hosted"}]
    slack.take(bodies.written("---\nOur new ward.", subtype="file_share", files=files))
    check(slack, chat)
    slack.take(bodies.changed("---\nOur new ward."))
    assert [(part.text, part.pictures) for part in slack.draft().parts] == [("Our new ward.", ())]


# What X or a window does not take


def test_a_file_too_large_is_refused_with_where_to_send_it(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "LARGEST", 999)  # Slack itself may be more patient than it says
    window = composer(slack, AUTHOR).write("Our film").use("add_pictures").pick(WARD)
    errors = window.submit()
    assert errors == {window.blocks("pick:")[0]["block_id"]: TOO_LARGE}
    assert "with a message instead" in TOO_LARGE
    window.use("more_parts")
    assert slack.told(AUTHOR) == [TOO_LARGE]
    assert len(window.texts()) == 1
    assert slack.drafts() == []


def picked(window: Window, *rounds: Sequence[str], part: int = 0) -> Window:
    """Pick files time after time, with a redraw in between."""
    for files in rounds[:-1]:
        window.pick(*files, part=part).use("add_sources")
    return window.pick(*rounds[-1], part=part)


def test_more_than_four_in_a_part_are_said_at_their_field(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Many").use("add_pictures")
    errors = picked(window, ["F1", "F2", "F3"], ["F4", "F5"]).submit()
    assert list(errors) == [window.blocks("pick:")[0]["block_id"]]
    assert "up to 4 photos" in errors[window.blocks("pick:")[0]["block_id"]]
    assert not window.keep("F1", "F2").submit()
    assert refs(slack.draft()) == [("F1", 0), ("F2", 0), ("F4", 0), ("F5", 0)]


def test_a_part_has_room_for_no_more_boxes_than_slack_takes(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Many").use("add_pictures")
    files = [f"F{n}" for n in range(12)]
    picked(window, files[:4], files[4:8], files[8:]).use("more_parts")
    assert slack.told(AUTHOR) == [TOO_MANY]
    assert len(window.kept()[0]) == 8


def test_a_draft_has_no_more_pictures_than_its_card_can_show(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Part 0.").use("add_pictures")
    for part in range(3):
        window.pick(*(f"F{part}{n}" for n in range(4)), part=part)
        window.use("more_parts").write(f"Part {part + 1}.", part + 1)
    window.pick("F30", part=3)
    errors = window.submit()
    assert str(MOST) in errors[window.blocks("pick:")[3]["block_id"]]
    window.use("more_parts")
    assert slack.told(AUTHOR) == [TOO_MANY]
    assert not window.keep("F20", "F21", "F22", block=2).submit()
    assert len(slack.draft().files) == MOST


def test_the_fullest_window_is_one_that_slack_takes(slack: Slack) -> None:
    policy = slack.desk.policy
    account = replace(policy.accounts[0], hashtags=("#FluJab",))
    accounts = (account, replace(account, name="press", handle="RiversidePress"))
    policy = replace(policy, accounts=accounts, templates=(Template("Hours", "Open at 8."),))
    full = Form(
        texts=("x" * TYPED,) * MOST_PARTS,
        pictures=((),) * (MOST_PARTS - MOST) + (("F0123456789",),) * MOST,
        extras=frozenset({Shape.PICTURES, Shape.POLL, Shape.REPLY, Shape.SOURCES}),
        understood="\N{SYRINGE}" * LONGEST,
    )
    shown = draw(full, policy, Meaning((option("Tomorrow", "1"),), "In the zone of London."))
    assert_view_is_taken(shown)
    assert len(shown["blocks"]) >= 2 * MOST_PARTS + MOST + 13


def test_a_poll_and_pictures_are_not_for_one_part(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Which?").use("add_poll").use("add_pictures").pick(WARD)
    assert "poll or pictures" in window.fill(poll="This\nThat").submit()["poll"]
    window.use("more_parts").write("Please choose.", 1)
    assert not window.submit()
    assert refs(slack.draft()) == [(WARD, 0)]


# Edits and copies


def test_an_edit_keeps_the_pictures_with_their_words_and_fetches_none_again(
    slack: Slack, chat: FakeChat
) -> None:
    card = thread(slack, chat)
    chat.files.clear()
    slack.click("edit", card, AUTHOR)
    window = Window(slack, AUTHOR)
    assert window.kept() == [
        ["Keep file 1 of part 1"],
        ["Keep file 1 of part 2", "Keep file 2 of part 2"],
    ]
    assert not window.write("One more time.").keep(DOOR, block=1).submit()
    edited = slack.draft()
    assert (edited.fetching, edited.state) == (None, DraftState.IN_REVIEW)
    assert alts(edited) == [["A ward."], ["A door."]]


def test_an_edit_may_add_a_picture_and_then_nobody_decides_before_it_is_here(
    slack: Slack, chat: FakeChat
) -> None:
    card = thread(slack, chat)
    chat.files["F0NEW"] = png(width=20)
    slack.click("edit", card, AUTHOR)
    assert not Window(slack, AUTHOR).pick("F0NEW").submit()
    assert slack.draft().fetching == Fetching(1, stuck=False)
    check(slack, chat)
    assert alts(slack.draft()) == [["A ward.", ""], ["A garden.", "A door."]]


def test_an_edit_while_they_are_fetched_keeps_them_too(slack: Slack, chat: FakeChat) -> None:
    composer(slack, AUTHOR).write("One.").use("add_pictures").pick(WARD, GARDEN).submit()
    slack.click("edit", slack.draft(), AUTHOR)
    window = Window(slack, AUTHOR).write("Two.")
    assert window.kept() == [["Keep file 1", "Keep file 2"]]
    assert not window.keep(GARDEN).submit()
    check(slack, chat)
    card = slack.draft()
    assert refs(card) == [(GARDEN, 0)]
    assert len(card.pictures) == 1


def test_a_file_that_cannot_go_out_is_taken_away_by_an_edit(slack: Slack, chat: FakeChat) -> None:
    chat.files[GARDEN] = b"%PDF-1.7"
    window = composer(slack, AUTHOR).write("One.").use("more_parts").write("Two.", 1)
    window.use("add_pictures").pick(WARD).pick(GARDEN, part=1).submit()
    check(slack, chat)
    card = slack.draft()
    (refused,) = [f for f in card.findings if f.rule == "media:unusable"]
    assert refused.message.startswith("File 1 of part 2 cannot go out")
    assert refused.part == 1
    slack.click("edit", card, AUTHOR)
    assert not Window(slack, AUTHOR).keep(block=1).submit()
    assert not any(f.rule == "media:unusable" for f in slack.draft().findings)
    assert refs(slack.draft()) == [(WARD, 0)]


def test_pictures_alone_are_an_edit(slack: Slack, chat: FakeChat) -> None:
    card = thread(slack, chat)
    slack.click("edit", card, AUTHOR)
    assert not Window(slack, AUTHOR).keep().submit()
    assert slack.draft().revision == card.revision + 1
    slack.click("edit", slack.draft(), AUTHOR, stamp="2.1")
    assert not Window(slack, AUTHOR).submit()
    assert slack.draft().revision == card.revision + 1


def test_a_copy_has_the_stored_pictures_at_once_though_slack_has_them_no_more(
    slack: Slack, chat: FakeChat
) -> None:
    card = thread(slack, chat)
    chat.files.clear()
    slack.client.answers["chat.postMessage"] = {"ts": "1790000600.000100"}
    slack.click("duplicate", card, CLINICIAN)
    assert not Window(slack, CLINICIAN).write("Another one.").submit()
    copied = slack.drafts()[-1]
    assert (copied.author, copied.fetching) == (CLINICIAN, None)
    assert alts(copied) == alts(card)
    assert [p.media for p in copied.content.parts] == [p.media for p in card.content.parts]
    assert copied.state is DraftState.IN_REVIEW


def test_a_copy_of_a_message_has_its_pictures(slack: Slack, chat: FakeChat) -> None:
    files = [{"id": WARD}, {"id": GARDEN}]
    slack.take(bodies.written("By message", subtype="file_share", files=files))
    check(slack, chat)
    describe(slack, slack.draft(), "A ward.", "A garden.")
    slack.click("duplicate", slack.draft(), AUTHOR)
    window = Window(slack, AUTHOR)
    assert window.kept() == [["Keep file 1", "Keep file 2"]]
    assert not window.keep(WARD).submit()
    assert alts(slack.drafts()[-1]) == [["A ward."]]


def test_words_of_a_picture_that_are_patient_data_beside_the_new_text_are_not_carried_over(
    slack: Slack, chat: FakeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def together(_: object, text: str, *, authorized: bool) -> tuple[str, ...]:
        assert not authorized
        return ("both",) if "Kevin" in text and "knee" in text else ()

    monkeypatch.setattr(intake, "exposed", together)
    composer(slack, AUTHOR).write("Our team").use("add_pictures").pick(WARD).submit()
    check(slack, chat)
    describe(slack, slack.draft(), "Kevin Marsh at the door.")
    slack.client.answers["chat.postMessage"] = {"ts": "1790000600.000100"}
    slack.click("duplicate", slack.draft(), AUTHOR)
    window = Window(slack, AUTHOR).write("He had his knee surgery here")
    assert not window.submit()
    copied = slack.drafts()[-1]
    assert alts(copied) == [[""]]
    assert copied.state is DraftState.DRAFTING
