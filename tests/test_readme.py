"""The README says what is so."""

from pathlib import Path

import pytest

from bot.domain.draft import DRAFT
from bot.domain.publication import PUBLICATION

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize(
    "drawing", [DRAFT.drawing(), PUBLICATION.drawing()], ids=["draft", "publication"]
)
def test_the_readme_draws_the_state_machine_that_the_code_follows(drawing: str) -> None:
    assert f"```mermaid\n{drawing}\n```" in README.read_text(encoding="utf-8")


def test_the_readme_names_the_commands_that_the_makefile_has() -> None:
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    for command in ("demo", "test", "demo-check", "check", "crash", "bench", "help"):
        assert f"make {command}" in README.read_text(encoding="utf-8")
        assert f"\n{command}:" in makefile
