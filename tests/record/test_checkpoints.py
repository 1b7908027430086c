"""Checkpoints are written daily and at the end, and reach the chat however long it is away."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError

from bot.domain.checkpoint import Checkpoint, checkpoints_in
from bot.errors import SettingsError
from bot.record.checkpoints import Notary
from bot.record.signing import (
    Signer,
    find_signer,
    is_signed,
    key_file,
    make_signer,
    signer_for,
    signer_of,
)
from storage import audit, checkpoints
from tests.office import Office
from tests.record.conftest import AUDIT


def written(office: Office) -> list[Checkpoint]:
    with office.desk.database.read() as session:
        return list(checkpoints.every(session))


def posted(office: Office) -> list[Checkpoint]:
    assert {channel for channel, _ in office.chat.announced} <= {AUDIT}
    return [found for _, text in office.chat.announced for found in checkpoints_in(text)]


def test_a_checkpoint_signs_the_newest_entry(office: Office, notary: Notary) -> None:
    office.draft()
    notary.write()
    [checkpoint] = written(office)
    with office.desk.database.read() as session:
        assert (checkpoint.head.sequence, checkpoint.head.hash) == audit.head(session)
    assert is_signed(checkpoint.statement, checkpoint.key, checkpoint.signature)


def test_one_is_written_a_day_and_only_where_the_record_has_grown(
    office: Office, notary: Notary
) -> None:
    notary.write()
    assert written(office) == []
    office.draft()
    for hours, count in ((0, 1), (23, 1), (1, 1)):
        office.clock.forward(hours=hours)
        notary.write()
        assert len(written(office)) == count
    office.draft()
    notary.write()
    assert len(written(office)) == 2
    office.draft()
    office.clock.forward(hours=23)
    notary.write()
    assert len(written(office)) == 2


def test_one_is_written_and_posted_at_the_end(office: Office, notary: Notary) -> None:
    office.draft()
    notary.write()
    office.draft()
    notary.write_last()
    assert [c.head.sequence for c in written(office)] == [1, 2]
    assert posted(office) == written(office)


def test_while_the_chat_is_away_none_is_lost(office: Office, notary: Notary) -> None:
    office.chat.fail("announce", times=9)
    for _ in range(3):
        office.draft()
        notary.write()
        assert not notary.step()
        office.clock.forward(days=1)
    for _ in range(60):
        office.clock.forward(minutes=6)
        while notary.step():
            pass
    assert posted(office) == written(office)
    assert len(posted(office)) == 3


def test_the_end_is_not_kept_waiting_by_a_chat_that_is_away(office: Office, notary: Notary) -> None:
    office.draft()
    office.chat.fail("announce", times=1)
    notary.write_last()
    assert posted(office) == []
    office.clock.forward(seconds=2)
    assert notary.step()
    assert posted(office) == written(office)


def test_without_a_channel_nothing_is_owed(office: Office, signer: Signer) -> None:
    silent = Notary(office.desk, lambda: signer, office.chat, None)
    office.draft()
    silent.write_last()
    assert len(written(office)) == 1
    loud = Notary(office.desk, lambda: signer, office.chat, AUDIT)
    assert not loud.step()


@pytest.mark.parametrize(
    "change", ["UPDATE checkpoint SET channel = NULL", "DELETE FROM checkpoint",
               "UPDATE checkpoint SET hash = ''"]
)  # fmt: skip
def test_a_checkpoint_stays_as_it_was(office: Office, notary: Notary, change: str) -> None:
    office.draft()
    notary.write()
    with (
        pytest.raises(IntegrityError, match="immutable"),
        office.desk.database.write() as session,
    ):
        session.connection().exec_driver_sql(change)


# -- the key --


def test_another_key_than_before_is_told_to_operators(
    office: Office, notary: Notary, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    office.draft()
    notary.write_last()
    assert caplog.records == []
    office.draft()
    other = make_signer(tmp_path / "other")
    Notary(office.desk, lambda: other, office.chat, None).write_last()
    assert f"--trust {written(office)[0].key}" in caplog.text


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = key_file(f"sqlite:///{tmp_path / 'countersign.db'}")
    assert path == tmp_path / "countersign.audit-key"
    assert find_signer(None, path) is None
    first, second = signer_for(None, path), signer_for(None, path)
    assert first.key == second.key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["countersign.audit-key"]


def test_the_key_of_the_settings_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "countersign.audit-key"
    beside = make_signer(path)
    other = make_signer(tmp_path / "other")
    secret = SecretStr((tmp_path / "other").read_text("ascii").strip())
    found = signer_for(secret, path)
    assert found.key == other.key
    assert found.key != beside.key


@pytest.mark.parametrize("secret", ["", "words", "AAAA", "é", "A" * 43])
def test_what_is_no_key_is_said_to_be_none(secret: str) -> None:
    with pytest.raises(SettingsError, match="openssl rand -base64 32"):
        signer_of(secret)


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://db/countersign"])
def test_beside_what_is_no_file_none_is_kept(url: str) -> None:
    with pytest.raises(SettingsError, match="COUNTERSIGN_AUDIT_KEY is missing"):
        signer_for(None, key_file(url))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Set COUNTERSIGN_AUDIT_KEY instead"):
        make_signer(tmp_path / "missing" / "key")


@pytest.mark.parametrize(
    ("text", "key", "signature"),
    [("other", None, None), (None, "A" * 43, None), (None, None, "A" * 86), (None, "x", "y")],
)
def test_only_the_true_signature_holds(
    signer: Signer, text: str | None, key: str | None, signature: str | None
) -> None:
    true = signer.sign("words")
    assert is_signed("words", signer.key, true)
    assert not is_signed(text or "words", key or signer.key, signature or true)
