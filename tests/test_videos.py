"""A video of a draft: fetched, cleaned, stored in pieces, and nobody is asked for an alt text."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest

from bot.cards.reading import STUCK
from bot.checks import Checker
from bot.domain.card import DraftCard, Offer
from bot.domain.card_parts import Fetching
from bot.domain.draft import DraftState
from bot.domain.finding import Severity
from bot.domain.media import MediaFormat, MediaKind
from bot.errors import RefusedError
from bot.workflow.describing import describe
from bot.workflow.intake import revise
from storage import blobs, files, purges
from storage.database import Database
from tests.conftest import AUTHOR, CLINICIAN
from tests.office import Office, office
from tests.pictures import png
from tests.videos import CLIP, PLACE, film

__all__ = ["office"]


def found(card: DraftCard, severity: Severity) -> list[str]:
    return [finding.rule for finding in card.findings if finding.severity is severity]


def test_it_is_reviewed_as_soon_as_it_is_here_and_nobody_is_asked_for_an_alt_text(
    office: Office,
) -> None:
    draft = office.draft("How we wash our hands", pictures=[CLIP])
    office.check()
    card = office.card(draft)
    assert card.state is DraftState.IN_REVIEW
    (video,) = card.pictures
    assert (video.kind, video.format, video.alt) == (MediaKind.VIDEO, MediaFormat.MP4, "")
    assert (video.size, video.seconds) == (len(CLIP), 1.0)
    assert Offer.ALT_TEXT not in card.offers
    assert card.price == 15
    with pytest.raises(RefusedError, match="no pictures that X takes words for"):
        describe(office.desk, draft, card.revision_id, AUTHOR, ["Two hands."])


def test_whoever_approves_answers_for_captions_and_for_the_people_in_it(office: Office) -> None:
    draft = office.draft("How we wash our hands", pictures=[CLIP])
    office.check()
    assert {"ACC-08", "PHI-16"} <= set(found(office.card(draft), Severity.ATTEST))
    with pytest.raises(RefusedError):
        office.decide(draft, CLINICIAN)
    office.confirm(draft, CLINICIAN)
    assert office.card(draft).verdict.stages[0].complete


def test_what_is_stored_is_clean_and_in_pieces(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "PIECE", 10_000)
    draft = office.draft("A clip", pictures=[CLIP])
    office.check()
    (media,) = office.card(draft).content.parts[0].media
    with office.desk.database.read() as session:
        pieces = list(blobs.read(session, media.sha256))
    assert [len(piece) for piece in pieces] == [10_000, 10_000, len(CLIP) - 20_000]
    content = b"".join(pieces)
    assert sha256(content).hexdigest() == media.sha256
    assert PLACE in CLIP
    assert PLACE not in content


def test_a_video_is_alone_in_its_part(office: Office) -> None:
    draft = office.draft("Two", pictures=[CLIP, png()])
    office.check()
    card = office.card(draft)
    assert found(card, Severity.BLOCK) == ["media:together", "ACC-01"]
    revise(
        office.desk,
        office.chat.edit(office.sources[draft].ref, "Two", [office.sources[draft].files[0].ref]),
    )
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_beside_a_video_of_another_part_pictures_keep_their_words(office: Office) -> None:
    draft = office.draft("One\n---\nTwo", pictures=[png(), CLIP])
    office.check()
    card = office.card(draft)
    describe(office.desk, draft, card.revision_id, AUTHOR, ["A bed."])
    assert [one.alt for one in office.card(draft).pictures] == ["A bed.", ""]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"codec": b"hvc1"}, "File 1 cannot go out: it is encoded as H.265"),
        ({"frames": 10, "each": 9_000}, "File 1 cannot go out: it lasts 150 seconds"),
    ],
)
def test_what_x_does_not_take_is_said_on_the_card(
    office: Office, how: dict[str, object], words: str
) -> None:
    draft = office.draft("A clip", pictures=[film(**how)])
    office.check()
    card = office.card(draft)
    assert card.findings[0].message.startswith(words)
    assert card.state is DraftState.DRAFTING


def test_a_team_may_take_smaller_ones_only(office: Office) -> None:
    office.desk.policy = replace(office.desk.policy, largest_video=len(CLIP) - 1)
    draft = office.draft("A clip", pictures=[CLIP])
    office.check()
    assert "your team lets videos have" in office.card(draft).findings[0].message


def test_what_a_process_left_half_stored_is_completed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "PIECE", 5_000)
    whole = blobs.store

    def dies(
        database: Database, sha: str, size: int, pieces: Iterator[bytes], *more: float
    ) -> None:
        def two() -> Iterator[bytes]:
            yield next(pieces)
            yield b"something else"
            raise KeyboardInterrupt

        whole(database, sha, size, two(), *more)

    draft = office.draft("A clip", pictures=[CLIP])
    with monkeypatch.context() as patch:
        patch.setattr(blobs, "store", dies)
        with pytest.raises(KeyboardInterrupt):
            office.check()
    assert office.card(draft).fetching == Fetching(1, stuck=False)
    office.check()
    (media,) = office.card(draft).content.parts[0].media
    with office.desk.database.read() as session:
        assert blobs.verify(session, media.sha256)


def test_what_somebody_removes_before_a_draft_names_it_is_fetched_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = blobs.store

    def removed(database: Database, *more: object) -> None:
        whole(database, *more)  # type: ignore[arg-type]  # what it was given
        purges.remove_unneeded(database)

    draft = office.draft("A clip", pictures=[CLIP])
    with monkeypatch.context() as patch:
        patch.setattr(blobs, "store", removed)
        for _ in range(STUCK):
            office.check()
            office.clock.forward(minutes=5)
    assert office.card(draft).fetching == Fetching(1, stuck=True)
    office.check()
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_a_new_text_keeps_its_video(office: Office) -> None:
    draft = office.draft("A clip", pictures=[CLIP])
    office.check()
    office.chat.files.clear()
    office.edit(draft, "A better clip")
    card = office.card(draft)
    assert (card.state, card.pictures[0].kind) == (DraftState.IN_REVIEW, MediaKind.VIDEO)


def test_a_video_that_takes_long_does_not_keep_other_files_back(office: Office) -> None:
    slow, quick = office.draft("Slow", pictures=[CLIP]), office.draft("Quick", pictures=[png()])
    first, second = (Checker(office.desk, office.chat, shard, 2) for shard in (0, 1))
    busy = second if _shard(office, slow) else first
    other = first if busy is second else second
    assert other.step()
    assert (office.card(slow).fetching, office.card(quick).fetching) == (
        Fetching(1, stuck=False), None,
    )  # fmt: skip
    assert not other.step()
    assert busy.step()
    assert office.card(slow).fetching is None


def _shard(office: Office, draft: int) -> int:
    with office.desk.database.read() as session:
        (row,) = files.current(session, draft)
        return (row.id or 0) % 2
