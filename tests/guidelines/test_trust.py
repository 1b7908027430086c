"""Who stands behind a site: told by dotted suffix, the team's own word first."""

import pytest

from bot.domain.destination import Trust
from bot.guidelines.judging import Choices
from bot.guidelines.loading import load, standard
from bot.guidelines.trust import trust_of
from bot.guidelines.tweet import Allowed, Tweet


@pytest.mark.parametrize(
    ("host", "trust"),
    [
        ("www.cdc.gov", Trust.GOVERNMENT),
        ("health.gov.au", Trust.GOVERNMENT),
        ("gov.uk", Trust.GOVERNMENT),
        ("med.stanford.edu", Trust.EDUCATION),
        ("www.ox.ac.uk", Trust.EDUCATION),
        ("www.nhs.uk", Trust.HEALTH),
        ("nhs.uk", Trust.HEALTH),
        ("www.who.int", Trust.HEALTH),
        ("www.bmj.com", Trust.LISTED),
        ("nih.gov.evil.com", Trust.UNKNOWN),
        ("notnhs.uk", Trust.UNKNOWN),
        ("who.int.example", Trust.UNKNOWN),
        ("fakegov", Trust.UNKNOWN),
        ("", Trust.UNKNOWN),
    ],
)
def test_a_host_is_told_by_its_dotted_suffix(host: str, trust: Trust) -> None:
    assert trust_of(host, standard()) is trust


def test_the_teams_own_word_comes_first() -> None:
    allowed = Allowed(domains=frozenset({"clinic.example"}))
    choices = Choices(allowed=allowed, trusted=frozenset({"kingsfund.org.uk", "cdc.gov"}))
    guidelines = load(choices, None, [], [])
    for host in ("www.clinic.example", "kingsfund.org.uk", "www.cdc.gov"):
        assert trust_of(host, guidelines) is Trust.OWN
    assert trust_of("nokingsfund.org.uk", guidelines) is Trust.UNKNOWN
    found = [f.rule for f in guidelines.judge(Tweet("Read https://www.kingsfund.org.uk/a"))]
    assert "LNK-04" not in found
    assert guidelines.version != standard().version
