"""Rules that judge addresses judge those as well to which a link leads."""

import pytest

from bot.domain.content import Content, Part
from bot.domain.destination import Led
from bot.domain.finding import Severity
from bot.guidelines.loading import standard
from bot.guidelines.tweets import judged_links

SHORT = "https://bit.ly/3abc"


@pytest.mark.parametrize(
    ("address", "rules"),
    [
        ("https://www.cdc.gov/flu", ()),
        ("https://sleep.example.net/a", ("LNK-04",)),
        ("http://www.cdc.gov/flu", ("LNK-02",)),
        ("https://www.naturalnews.com/x.html", ("LNK-03", "LNK-04")),
        ("https://xn--cd-ewa.gov.example/flu", ("LNK-04", "LNK-05")),
        ("http://192.168.0.1/a", ("LNK-02", "LNK-04", "LNK-05")),
        ("https://www.nhs.uk/results?patient_id=88213", ("PHI-15",)),
        ("https://www.medrxiv.org/content/1", ("EVD-05", "LNK-04")),
        ("https://tinyurl.com/a", ("LNK-01", "LNK-04")),  # another one behind it
        ("https://bit.ly/other", ()),  # as the link itself: said already
    ],
)
def test_what_an_address_breaks_to_which_a_link_leads(address: str, rules: tuple[str, ...]) -> None:
    assert standard().broken_by(SHORT, address) == rules


def test_what_the_link_breaks_itself_is_not_said_twice() -> None:
    rules = standard()
    assert rules.broken_by("https://a.example/1", "https://a.example/2") == ()
    assert rules.broken_by("sleepclinic.org", "https://www.sleepclinic.org/") == ()
    assert rules.broken_by("sleepclinic.org:8443", "http://sleepclinic.org:8443") == ()
    assert rules.broken_by("https://a.example/1", "https://b.example/2") == ("LNK-04",)


def test_words_of_a_slug_are_nobodys_words() -> None:
    address = "https://www.cdc.gov/guaranteed-cure-kevin-marsh-had-his-surgery"
    assert standard().broken_by(SHORT, address) == ()


def test_one_finding_a_rule_at_its_first_link_answered_for_by_itself() -> None:
    text = f"A {SHORT} and https://bit.ly/4 and https://www.cdc.gov/flu"
    led = {SHORT: Led(breaks=("LNK-03",)), "https://bit.ly/4": Led(breaks=("LNK-02", "LNK-03"))}
    found = list(judged_links(Content("clinic", (Part(text),)), standard(), led))
    assert {one.rule for one in found} == {"LNK-02:led", "LNK-03:led"}
    places = {one.rule: text[one.start : one.end] for one in found}
    assert places == {"LNK-03:led": SHORT, "LNK-02:led": "https://bit.ly/4"}
    severe = {one.rule: one.severity for one in found}
    assert severe["LNK-03:led"] is Severity.BLOCK
    assert all(one.message.startswith("Of where this link leads: ") for one in found)
    assert all(one.title.endswith("(where it leads)") for one in found)
    assert all(one.pack.startswith("links ") for one in found)


def test_of_sources_it_is_said_that_they_are_meant() -> None:
    content = Content("clinic", (Part("It is so."),), sources=(SHORT, "https://bit.ly/4"))
    led = {url: Led(breaks=("LNK-03",)) for url in content.sources}
    (found,) = judged_links(content, standard(), led)
    assert found.message.startswith("In its sources: Of where this link leads: ")
    assert (found.part, found.start) == (None, None)


def test_a_rule_that_is_not_in_force_says_nothing() -> None:
    content = Content("clinic", (Part(f"See {SHORT}"),))
    led = {SHORT: Led(breaks=("OUR-99",))}
    assert list(judged_links(content, standard(), led)) == []


def test_a_stated_authorization_excuses_there_what_it_excuses_in_words() -> None:
    led = {SHORT: Led(breaks=("PHI-15", "PHI-19"))}
    content = Content("clinic", (Part(f"See {SHORT}"),), authorization="file 12")
    weights = {one.rule: one.severity for one in judged_links(content, standard(), led)}
    assert weights == {"PHI-15:led": Severity.BLOCK, "PHI-19:led": Severity.WARN}
