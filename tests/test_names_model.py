"""The second look for names: spaCy itself, with a model of a few rules."""

import json
import logging
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import NoReturn

import pytest
import spacy
from typer.testing import CliRunner

from bot import __main__ as command_line
from bot.app import Bot
from bot.doctor import _names
from bot.errors import NamesError, SettingsError
from bot.guidelines.judging import UNSEARCHED
from bot.guidelines.loading import standard
from bot.guidelines.tweet import Tweet
from bot.names_model import NamesModel, load, with_names, with_names_late
from bot.sandbox.bot_process import demo_policy
from bot.settings import load as load_settings
from bot.settings import load_guidelines
from tests.names_models import NAME, tiny
from tests.test_settings import SECRETS

TOLD = f"It was {NAME} whom we operated on last night."


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def model(saved: Path) -> NamesModel:
    return load(str(saved))


def policy(folder: Path, model: str) -> dict[str, str]:
    """A policy file that names a model."""
    rules = demo_policy().replace("[guidelines]", f'[guidelines]\nnames_model = "{model}"')
    (folder / "countersign.toml").write_text(rules, encoding="utf-8")
    return SECRETS | {"COUNTERSIGN_CONFIG": str(folder / "countersign.toml")}


def test_it_finds_people_where_they_stand(model: NamesModel) -> None:
    text = f"Yesterday:\n{NAME} rang the bell.\r\nAnd {NAME}!"
    assert [text[start:end] for start, end in model.find(text)] == [NAME, NAME]


@pytest.mark.parametrize(("label", "count"), [("PERSON", 1), ("PER", 1)])
def test_people_are_people_in_either_scheme(tmp_path: Path, label: str, count: int) -> None:
    assert len(load(str(tiny(tmp_path / "m", label=label))).find(TOLD)) == count


def test_what_it_finds_is_refused_as_what_we_find_is(model: NamesModel) -> None:
    guidelines = standard().with_people(model.find, model.mark)
    assert standard().exposures(Tweet(TOLD)) == ()
    (found,) = guidelines.exposures(Tweet(TOLD))
    assert TOLD[found.start : found.end] == NAME
    assert guidelines.exposures(Tweet(f"Dr {NAME} talks about diabetes.")) == ()


def test_an_auditor_sees_which_model_judged(model: NamesModel, tmp_path: Path) -> None:
    version = f"on spaCy {spacy.__version__}"  # type: ignore[attr-defined]
    assert model.mark.startswith("en_tiny 0.0.0+")
    assert model.mark.endswith(version)
    guidelines = standard().with_people(model.find, model.mark)
    assert guidelines.version == f"{standard().version}; names by {model.mark}"
    packs = {one.rule: one.pack for one in guidelines.judge(Tweet(f"{TOLD} Cure guaranteed."))}
    assert packs["PHI-09"].endswith(f"; names by {model.mark}")
    assert "names by" not in packs["ADV-02"]
    other = load(str(tiny(tmp_path / "other", "Somebody Else")))
    assert other.mark != model.mark


def test_no_text_stays_behind(model: NamesModel) -> None:
    model.find("Xylographia Brontë called")
    assert "Xylographia" not in model.language.vocab.strings
    assert "Xylographia" not in repr(model._known)


def test_a_text_that_takes_too_long_is_not_searched(
    model: NamesModel, caplog: pytest.LogCaptureFixture
) -> None:
    model.patience = 0.0
    with caplog.at_level(logging.DEBUG), pytest.raises(NamesError, match="too long"):
        model.find(TOLD)
    assert NAME not in caplog.text


def test_a_model_that_is_busy_for_too_long_is_not_waited_for(model: NamesModel) -> None:
    model.patience = 0.01
    with model._lock, pytest.raises(NamesError, match="busy"):
        model.find(TOLD)


def test_a_model_that_fails_says_nothing_of_the_text(
    model: NamesModel, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object, text: str) -> NoReturn:
        raise ValueError(text)

    monkeypatch.setattr(type(model.language), "__call__", fail)
    with caplog.at_level(logging.DEBUG), pytest.raises(NamesError) as told:
        model.find(TOLD)
    assert NAME not in f"{caplog.text} {told.value!r} {told.value.__cause__!r}"
    assert "ValueError" in caplog.text


@pytest.mark.parametrize(
    "piece", ["a", "A ", "a\n", "\r", f"{NAME} ", "\u200b", "\ud800", "1.", " "]
)
def test_long_and_hostile_texts_end(model: NamesModel, piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    try:
        found = model.find(text)
    except NamesError as refused:
        assert "too long" in str(refused)  # noqa: PT017 - either answer is one
    else:
        assert {text[start:end] for start, end in found} <= {NAME}


def test_what_was_looked_at_lately_is_known(model: NamesModel) -> None:
    first = model.find(TOLD)
    model.language.remove_pipe("entity_ruler")
    assert model.find(TOLD) == first
    assert model.find(f"{TOLD} Again.") == ()


def test_many_threads_may_ask_at_once(model: NamesModel) -> None:
    texts = [f"{number}: {TOLD}" for number in range(64)]
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(model.find, texts))
    assert [text[a:b] for text, ((a, b),) in zip(texts, found, strict=True)] == [NAME] * 64
    assert threading.active_count() < 64


# -- what does not work --


def test_a_model_that_there_is_not_is_said(tmp_path: Path) -> None:
    for name in ("en_no_such_model", str(tmp_path / "nowhere")):
        with pytest.raises(SettingsError, match="there is no model") as told:
            load(name)
        assert name in str(told.value)


def test_a_model_that_is_broken_or_of_no_use_is_said(saved: Path, tmp_path: Path) -> None:
    folder = Path(copytree(saved, tmp_path / "tiny"))
    (folder / "config.cfg").write_text("[nlp\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be used"):
        load(str(folder))
    with pytest.raises(SettingsError, match="no label PERSON"):
        load(str(tiny(tmp_path / "places", label="GPE")))


def test_without_spacy_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(SettingsError, match=r"countersign\[ner\]"):
        load("en_core_web_sm")


def test_nothing_of_spacy_is_loaded_where_no_model_is_named() -> None:
    code = (
        "import sys, bot.app, bot.doctor, bot.__main__\n"
        "from bot.guidelines.loading import standard\n"
        "from bot.names_model import with_names\n"
        "with_names(standard(), '')\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'spacy', 'thinc', 'numpy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_bot_does_not_start_with_a_model_that_does_not_work(
    tmp_path: Path, migrated: Path
) -> None:
    (tmp_path / "countersign.db").write_bytes(migrated.read_bytes())
    environment = policy(tmp_path, "./nowhere")
    environment["COUNTERSIGN_DATABASE"] = f"sqlite:///{tmp_path / 'countersign.db'}"
    with pytest.raises(SettingsError, match="names_model: there is no model"):
        Bot(load_settings(environment))


# -- the operator --


def test_a_folder_stands_beside_the_policy_file_and_a_package_anywhere(tmp_path: Path) -> None:
    assert load_guidelines(policy(tmp_path, "./tiny"))[1] == str(tmp_path / "tiny")
    assert load_guidelines(policy(tmp_path, "en_core_web_sm"))[1] == "en_core_web_sm"
    absolute = tmp_path / "elsewhere" / "tiny"
    assert load_settings(policy(tmp_path, str(absolute))).names_model == str(absolute)


def test_the_doctor_tells_which_model_looks_or_what_to_do(tmp_path: Path, saved: Path) -> None:
    works = _names(load_settings(policy(tmp_path, str(saved))))
    assert works.works
    assert "en_tiny 0.0.0+" in works.words
    missing = _names(load_settings(policy(tmp_path, "./nowhere")))
    assert not missing.works
    assert "Install its package" in missing.words
    none = _names(load_settings(policy(tmp_path, "")))
    assert none.works
    assert "names_model in [guidelines]" in none.words


def test_the_doctor_tells_that_a_model_is_too_slow(
    tmp_path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.names_model.NamesModel.find", _too_slow)
    slow = _names(load_settings(policy(tmp_path, str(saved))))
    assert not slow.works
    assert "name a smaller model" in slow.words


def _too_slow(*_: object) -> NoReturn:
    raise NamesError("The text takes too long.")


def test_a_text_is_checked_at_the_shell_with_the_model(
    tmp_path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERSIGN_CONFIG", policy(tmp_path, str(saved))["COUNTERSIGN_CONFIG"])
    done = CliRunner().invoke(command_line.app, ["check", "-", "--json"], input=TOLD)
    told = json.loads(done.stdout)
    assert done.exit_code == 2
    assert [one["text"] for one in told["findings"] if one["rule"] == "PHI-09"] == [NAME]
    assert "names by en_tiny" in told["judged_by"]
    policy(tmp_path, "./nowhere")
    done = CliRunner().invoke(command_line.app, ["check", "-"], input=TOLD)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "there is no model" in done.stderr


def test_what_cannot_be_searched_is_not_let_by(tmp_path: Path) -> None:
    late = with_names_late(standard(), str(tmp_path / "nowhere"))
    (found,) = late.exposures(Tweet("Flu jabs start on Monday."))
    assert (found.rule, found.may_be_authorized) == (UNSEARCHED, False)
    assert UNSEARCHED in [one.rule for one in late.judge(Tweet("Flu jabs start on Monday."))]
    both = late.exposures(Tweet("Kevin Marsh had his surgery here, MRN 4471902"))
    assert {one.rule for one in both} == {UNSEARCHED, "PHI-04", "PHI-09"}
    assert late.exposures(Tweet("")) == ()


def test_a_model_is_loaded_late_and_once(saved: Path, tmp_path: Path) -> None:
    folder = Path(copytree(saved, tmp_path / "tiny"))
    late = with_names_late(standard(), str(folder))
    assert [one.rule for one in late.exposures(Tweet(TOLD))] == ["PHI-09"]
    folder.rename(tmp_path / "moved")
    assert [one.rule for one in late.exposures(Tweet(TOLD))] == ["PHI-09"]
    assert with_names(standard(), "") is standard()
