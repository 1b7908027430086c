"""An export: whole or not at all, true to the rows, and verifiable without them."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.domain.audit import Actor, AuditAction, Role
from bot.domain.beside import Beside
from bot.domain.content import Poll
from bot.domain.destination import Condition, Destination
from bot.domain.quorum import Decision
from bot.domain.selection import Selection
from bot.errors import DatabaseError, RefusedError
from bot.record import exporting
from bot.record.exporting import Export, count_drafts, export
from bot.record.manifest import Inspected, inspect
from bot.record.signing import Signer, make_signer
from bot.workflow.review import review
from storage import blobs
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, START
from tests.fakes.links import DEAD, FakeWeb
from tests.office import Office
from tests.slack.stations import composed_and_illustrated
from tests.videos import CLIP

SHELL = Actor("shell:dana", Role.OPERATOR)
FILES = {"entries.jsonl", "entries.csv", "drafts.jsonl", "drafts.csv", "decisions.csv",
         "links.csv", "index.html", "manifest.json", "manifest.sig"}  # fmt: skip


EVERYTHING = Selection()


def write(
    office: Office, signer: Signer, folder: Path, selection: Selection = EVERYTHING
) -> Export:
    return export(office.desk, signer, SHELL, selection, folder)


def found(folder: Path, signer: Signer) -> Inspected:
    return inspect(folder, frozenset({signer.key}))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def folder(full: Office, signer: Signer, tmp_path: Path) -> Path:
    """The export of everything."""
    return write(full, signer, tmp_path / "export").folder


def test_everything_is_written_in_every_form(folder: Path, full: Office) -> None:
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == FILES | {"drafts/1.html", "drafts/2.html"}
    entries = lines(folder / "entries.jsonl")
    assert [entry["action"] for entry in entries] == full.record()[:-1]
    first, second = lines(folder / "drafts.jsonl")
    assert first["publications"][0]["parts"][0]["address"].startswith(  # type: ignore[index]
        "https://x.com/RiversideClinic/status/"
    )
    assert [version["parts"] for version in second["versions"]] == [  # type: ignore[attr-defined]
        ["Sleep eight hours."],
        ["Sleep seven to nine hours."],
    ]
    with (folder / "decisions.csv").open(encoding="utf-8", newline="") as file:
        decisions = list(csv.DictReader(file))
    said = [(row["draft"], row["version"], row["reviewer"], row["decision"]) for row in decisions]
    assert said == [
        ("1", "1", CLINICIAN, "approve"),
        ("1", "1", COMPLIANCE, "approve"),
        ("2", "2", CLINICIAN, "approve"),
        ("2", "2", COMPLIANCE, "reject"),
    ]


def test_an_export_is_an_entry_of_the_record(folder: Path, full: Office) -> None:
    assert full.record()[-1] is AuditAction.RECORD_EXPORT
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["record"]["entry"] == len(full.record()) - 1


def test_a_draft_an_account_and_a_period_can_be_asked_for(
    full: Office, signer: Signer, tmp_path: Path
) -> None:
    full.clock.forward(days=2)
    full.draft("Of another day.")
    for name, selection, ids in (
        ("draft", Selection(draft_id=2), [2]),
        ("account", Selection(account="clinic"), [1, 2, 3]),
        ("early", Selection(until=START + timedelta(days=1)), [1, 2]),
        ("late", Selection(since=START + timedelta(days=1)), [3]),
        ("both", Selection(since=START + timedelta(days=1), draft_id=3), [3]),
    ):
        done = write(full, signer, tmp_path / name, selection)
        assert [life["id"] for life in lines(done.folder / "drafts.jsonl")] == ids
        entries = lines(done.folder / "entries.jsonl")
        assert len(entries) == done.entries
        assert {entry["draft_id"] for entry in entries} <= {*ids, None}
        assert found(done.folder, signer).faults == ()


@pytest.mark.parametrize(
    "selection",
    [
        Selection(draft_id=77),
        Selection(account="other"),
        Selection(since=START + timedelta(days=9)),
    ],
)
def test_where_nothing_is_found_it_is_said(full: Office, selection: Selection) -> None:
    with pytest.raises(RefusedError, match="Nothing in the record"):
        count_drafts(full.desk, selection)


def test_what_is_there_is_never_overwritten(
    folder: Path, full: Office, signer: Signer, tmp_path: Path
) -> None:
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(RefusedError, match="is there already"):
        write(full, signer, folder)
    assert (folder / "manifest.json").read_bytes() == before
    (tmp_path / "empty").mkdir()
    with pytest.raises(RefusedError, match="is there already"):
        write(full, signer, tmp_path / "empty")


def test_an_export_that_fails_leaves_nothing(
    full: Office, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "draft_page", fail)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RefusedError, match="No space left"):
        write(full, signer, tmp_path / "export")
    assert sorted(tmp_path.iterdir()) == before
    assert AuditAction.RECORD_EXPORT not in full.record()


def test_an_export_that_nobody_touched_is_as_it_was_written(
    folder: Path, signer: Signer, full: Office
) -> None:
    inspected = found(folder, signer)
    assert inspected == Inspected(len(FILES), len(full.record()) - 1, ())


def faults(folder: Path, signer: Signer) -> list[str]:
    return [fault.words for fault in found(folder, signer).faults]


@pytest.mark.parametrize("name", ["drafts/1.html", "entries.jsonl", "decisions.csv"])
def test_a_file_that_was_changed_is_named(folder: Path, signer: Signer, name: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(" ")
    assert f"{name} was changed: its hash does not belong to what it says." in faults(
        folder, signer
    )


def test_a_file_that_is_missing_or_was_added_is_named(folder: Path, signer: Signer) -> None:
    (folder / "drafts/1.html").rename(folder / "drafts/3.html")
    assert faults(folder, signer) == [
        "drafts/1.html is missing.",
        "drafts/3.html was added: the manifest does not know it.",
    ]


def test_whoever_also_mends_the_manifest_lacks_its_signature(folder: Path, signer: Signer) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"drafts": 2', '"drafts": 1'))
    assert faults(folder, signer) == [
        "The manifest is not signed by its key: somebody wrote or changed it by hand."
    ]


def test_an_export_of_another_key_is_believed_only_when_it_is_named(
    folder: Path, signer: Signer, tmp_path: Path
) -> None:
    other = make_signer(tmp_path / "other.audit-key")
    assert "key that is not known here" in faults(folder, other)[0]
    assert inspect(folder, frozenset({other.key, signer.key})).faults == ()
    with pytest.raises(DatabaseError, match=re.escape(signer.key)):
        inspect(folder, frozenset())


def test_an_entry_that_was_forged_by_the_keys_owner_still_has_its_old_hash(
    full: Office, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = exporting._json
    monkeypatch.setattr(exporting, "_json", lambda row: honest(row).replace(CLINICIAN, "U0NOBODY1"))
    folder = write(full, signer, tmp_path / "forged").folder
    assert any("entries.jsonl (line 2)" in words for words in faults(folder, signer))


@pytest.mark.parametrize("spoil", ["{}", "[]", "words", '{"files": []}', '{"files": {"../x": ""}}'])
def test_a_folder_without_a_proper_manifest_is_no_export(
    folder: Path, signer: Signer, spoil: str
) -> None:
    (folder / "manifest.json").write_text(spoil, encoding="utf-8")
    if "../x" in spoil:
        assert "../x is missing." in faults(folder, signer)
        return
    with pytest.raises(DatabaseError, match="is no export"):
        found(folder, signer)


def test_a_cell_that_a_spreadsheet_would_calculate_is_only_text(
    office: Office, signer: Signer, tmp_path: Path
) -> None:
    office.draft('=HYPERLINK("http://evil.example")')
    folder = write(office, signer, tmp_path / "export").folder
    with (folder / "drafts.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["newest text"] == '\'=HYPERLINK("http://evil.example")'
    assert lines(folder / "drafts.jsonl")[0]["versions"][0]["parts"] == [  # type: ignore[index]
        '=HYPERLINK("http://evil.example")'
    ]


class Tags(HTMLParser):
    """Which tags and attributes a page has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(folder: Path) -> Iterator[Tags]:
    for path in sorted(folder.rglob("*.html")):
        yield Tags(path.read_text("utf-8"))


def test_a_page_runs_no_script_and_loads_nothing(folder: Path) -> None:
    for page in pages(folder):
        assert not {"script", "img", "iframe", "link", "object", "form"} & set(page.tags)
        assert not {name for name in page.attributes if name.startswith("on")}
        assert "src" not in page.attributes


def test_what_people_wrote_is_shown_and_not_obeyed(folder: Path) -> None:
    page = Tags((folder / "drafts/2.html").read_text("utf-8"))
    assert "No source <script>alert(1)</script>" in page.text
    assert page.tags.count("script") == 0


def test_a_page_tells_the_whole_life(folder: Path) -> None:
    page = (folder / "drafts/2.html").read_text("utf-8")
    assert "Sleep <del>eight</del><ins>seven to nine</ins> hours." in page
    text = Tags(page).text
    for words in (AUTHOR, CLINICIAN, "approved", "rejected", "made a new version", "version 2"):
        assert words in text
    public = Tags((folder / "drafts/1.html").read_text("utf-8")).text
    assert "https://x.com/RiversideClinic/status/" in public
    assert "public since 2026-03-02 09:00:00 UTC" in public


def test_a_page_tells_what_the_pictures_show(
    office: Office, signer: Signer, tmp_path: Path
) -> None:
    draft = office.illustrated("Our ward.\n---\nCome in.", ("A <b>bed</b>.", "Two beds."))
    folder = write(office, signer, tmp_path / "export").folder
    text = Tags((folder / f"drafts/{draft}.html").read_text("utf-8")).text
    media = office.card(draft).content.parts[0].media
    for one in media:
        assert f"Part 1: {one.alt}{one.file_name}" in text
        assert sha256((folder / "pictures" / one.file_name).read_bytes()).hexdigest() == one.sha256
    assert found(folder, signer).faults == ()


def test_a_page_names_a_video_and_its_file_is_there(
    office: Office, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "PIECE", 9_000)
    draft = office.draft("A clip", pictures=[CLIP])
    office.check()
    folder = write(office, signer, tmp_path / "export").folder
    text = Tags((folder / f"drafts/{draft}.html").read_text("utf-8")).text
    (media,) = office.card(draft).content.parts[0].media
    assert f"a video{media.sha256}.mp4" in text
    assert sha256((folder / "pictures" / media.file_name).read_bytes()).hexdigest() == media.sha256
    assert found(folder, signer).faults == ()


def test_a_page_tells_which_part_has_which_picture(
    office: Office, signer: Signer, tmp_path: Path
) -> None:
    draft = composed_and_illustrated(office)
    folder = write(office, signer, tmp_path / "export").folder
    text = Tags((folder / f"drafts/{draft}.html").read_text("utf-8")).text
    for number, part in enumerate(office.card(draft).content.parts, 1):
        (media,) = part.media
        assert f"Part {number}: {media.alt}{media.file_name}" in text
        assert (folder / "pictures" / media.file_name).exists()
    assert found(folder, signer).faults == ()


def test_a_page_tells_what_is_asked_answered_and_supported(
    office: Office, signer: Signer, tmp_path: Path
) -> None:
    poll, links = Poll(("Every <night>", "Never"), 60), ("https://who.int/a?b=<c>",)
    given = Beside(poll, "12", links, "Binder <3>")
    draft = office.draft("Do you sleep well?", beside=given)
    folder = write(office, signer, tmp_path / "export").folder
    text = Tags((folder / f"drafts/{draft}.html").read_text("utf-8")).text
    assert "In answer tohttps://x.com/i/status/12" in text
    assert "Poll of 60 minutesEvery <night>Never" in text
    assert "Sources given to reviewershttps://who.int/a?b=<c>" in text
    assert "Signed authorization, as its author statesBinder <3>" in text
    version = json.loads((folder / "drafts.jsonl").read_text("utf-8"))["versions"][0]
    assert version["polls"] == [{"options": ["Every <night>", "Never"], "minutes": 60}]
    assert (version["answers"], version["sources"]) == (
        "https://x.com/i/status/12", ["https://who.int/a?b=<c>"],
    )  # fmt: skip
    assert version["authorization"] == "Binder <3>"
    assert "Binder" not in (folder / "entries.jsonl").read_text("utf-8")
    assert found(folder, signer).faults == ()


def test_an_export_tells_where_the_links_of_each_version_led(
    office: Office, signer: Signer, tmp_path: Path
) -> None:
    short, gone = "https://bit.ly/3abc", "https://gone.org/a"
    unknown = Destination(
        Condition.ANSWERS,
        "sleep.example.net",
        "=Sleep <b>well</b>",
        address="https://sleep.example.net/a",
    )
    office.desk.follow = FakeWeb({short: unknown, gone: DEAD})
    draft = office.draft(f"See {short} and https://www.nhs.uk/sleep")
    office.check()
    office.edit(draft, f"See {short} or {gone}")
    office.check()
    office.scheduled(draft=draft)
    office.clock.forward(minutes=1)
    office.work()
    folder = write(office, signer, tmp_path / "export").folder
    versions = json.loads((folder / "drafts.jsonl").read_text("utf-8"))["versions"]
    led = [[(look["url"], look["host"], look["condition"], look["trust"], look["rules"])
            for look in version["looks"]] for version in versions]  # fmt: skip
    stray = (short, "sleep.example.net", "answers", "unknown", ["LNK-04"])
    none: list[str] = []
    nhs = ("https://www.nhs.uk/sleep", "www.nhs.uk", "answers", "health", none)
    dead = (gone, "gone.org", "dead", "unknown", none)
    assert led == [[], [stray, nhs], [], [stray, dead, stray, dead]]
    before, again = versions[3]["looks"][0]["at"], versions[3]["looks"][2]["at"]
    assert (before, again) == ("2026-03-02T09:00:00+00:00", "2026-03-02T09:01:00+00:00")
    with (folder / "links.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["version"], row["host"], row["rules"]) for row in rows][:2] == [
        ("2", "sleep.example.net", "LNK-04"),
        ("2", "www.nhs.uk", ""),
    ]
    assert rows[0]["title"] == "'=Sleep <b>well</b>"
    page = Tags((folder / "drafts" / f"{draft}.html").read_text("utf-8"))
    assert "Where its links led" in page.text
    said = ("sleep.example.net", "=Sleep <b>well</b>", "objected to by LNK-04", "dead",
            "answers with an error (404)", "a public health body", "09:01:00 UTC")  # fmt: skip
    assert [words for words in said if words not in page.text] == []
    assert found(folder, signer).faults == ()
    with (folder / "links.csv").open("a", encoding="utf-8") as file:
        file.write(" ")
    assert faults(folder, signer) == [
        "links.csv was changed: its hash does not belong to what it says."
    ]


def test_what_nobody_can_see_is_spelled_out(office: Office, signer: Signer, tmp_path: Path) -> None:
    office.draft("Pay\u200bday, lone \ud800 one")
    folder = write(office, signer, tmp_path / "export").folder
    page = (folder / "drafts/1.html").read_text("utf-8")
    assert "Pay⟦U+200B ZERO WIDTH SPACE⟧day" in page
    assert "⟦U+D800 LONE SURROGATE⟧" in page
    assert found(folder, signer).faults == ()


def test_what_was_found_and_what_reviewers_answered_is_exported(
    office: Office, signer: Signer, tmp_path: Path
) -> None:
    draft = office.draft("9 in 10 patients sleep better.")
    seen = office.card(draft).revision_id
    note = "Our own audit"
    review(office.desk, draft, seen, CLINICIAN, Decision.APPROVE, note, ["EVD-01"])
    folder = write(office, signer, tmp_path / "export").folder
    page = (folder / "drafts" / f"{draft}.html").read_text("utf-8")
    assert "Number about health with no source link." in page
    assert "judged by evidence 1.0+" in page
    assert "approved, " in page
    assert "; acknowledged EVD-01<blockquote" in page
    with (folder / "decisions.csv").open(encoding="utf-8", newline="") as file:
        (said,) = csv.DictReader(file)
    assert (said["acknowledged"], said["attested"], said["reason"]) == ("EVD-01", "", note)
    assert found(folder, signer).faults == ()
