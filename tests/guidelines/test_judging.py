"""What a team decided counts: where it works, what is off, what it vouches for."""

from dataclasses import replace

from bot.domain.content import Content, Part, Poll
from bot.domain.finding import Severity
from bot.guidelines import Choices, examine
from bot.guidelines.judging import Guidelines, in_force, objections
from bot.guidelines.loading import our_packs
from bot.guidelines.rule import Jurisdiction
from bot.guidelines.tweet import Allowed

PACKS, LEXICONS, _ = our_packs()
US = frozenset({Jurisdiction.US})


def guidelines(**choices: object) -> Guidelines:
    return in_force(PACKS, LEXICONS, Choices(**choices))  # type: ignore[arg-type]


def found(team: Guidelines, *texts: str) -> dict[str, Severity]:
    content = Content("clinic", tuple(map(Part, texts)))
    return {finding.rule: finding.severity for finding in examine(content, team)}


def test_a_finding_names_rule_place_reason_and_authority() -> None:
    text = "Walking cuts heart deaths by 30%"
    (finding,) = examine(Content("clinic", (Part("Hello."), Part(text))), guidelines())
    assert (finding.rule, finding.part) == ("EVD-01", 1)
    assert text[finding.start : finding.end] == "30%"
    assert finding.title == "Number about health with no source link"
    assert "Give the source" in finding.message
    assert finding.citation is not None
    assert finding.citation.address.startswith("https://")
    assert finding.pack.startswith("evidence 1.0+")
    assert finding.wants_note


def test_a_stated_authorization_turns_what_it_allows_into_a_question() -> None:
    text = "Kevin Marsh, MRN 4471902, had his knee surgery"
    poll = Poll(("Thank Kevin Marsh", "for his surgery"), 60)
    without = Content("clinic", (Part(text), Part("Results guaranteed.", poll=poll)))
    before, after = (
        {(finding.rule, finding.part): finding for finding in examine(content, guidelines())}
        for content in (without, replace(without, authorization="AUTH-17"))
    )
    changed = {place for place in before if after[place] != before[place]}
    assert before.keys() == after.keys()
    assert changed == {place for place in before if place[0] == "PHI-09"}
    for place in changed:
        assert before[place].severity is Severity.BLOCK
        assert after[place].severity is Severity.WARN
        assert after[place].wants_note
        assert "states a signed authorization" in after[place].message
        assert "AUTH-17" not in after[place].message
    assert after["PHI-04", 0].severity is after["ADV-02", 1].severity is Severity.BLOCK


def test_a_team_is_judged_by_the_rules_of_where_it_works() -> None:
    text = "Lip fillers from $299, book now"
    assert "ADV-17" not in found(guidelines(jurisdictions=US), text)
    assert found(guidelines(), text)["ADV-17"] is Severity.BLOCK


def test_a_severity_is_changed_and_a_rule_switched_off() -> None:
    text = "We are the #1 dental clinic on the coast"
    assert found(guidelines(), text)["ADV-04"] is Severity.WARN
    stricter = guidelines(severities={"ADV-04": Severity.BLOCK})
    assert found(stricter, text)["ADV-04"] is Severity.BLOCK
    assert "ADV-04" not in found(guidelines(severities={"ADV-04": None}), text)


def test_a_pack_that_is_off_keeps_what_protects_people() -> None:
    team = guidelines(packs_off=frozenset({"links", "safety"}))
    said = found(team, "He committed suicide by hanging. See http://10.0.0.1/x bit.ly/3abc")
    assert {"LNK-05", "SAF-01"} <= said.keys()
    assert not {"LNK-01", "LNK-04", "SAF-02", "SAF-03"} & said.keys()


def test_what_a_team_may_not_decide_is_told() -> None:
    choices = Choices(
        packs_off=frozenset({"humour"}),
        severities={"ADV-99": None, "SAF-01": Severity.WARN, "ADV-04": None},
    )
    assert [word for word, _ in objections(PACKS, choices)] == ["humour", "ADV-99", "SAF-01"]


def test_own_domains_are_trusted_and_own_mailboxes_are_no_persons() -> None:
    text = "Ask j.hale@clinic.example or sam@mail.example, or see https://help.clinic.example/a"
    assert {"PHI-01", "LNK-04"} <= found(guidelines(), text).keys()
    own = Allowed(domains=frozenset({"clinic.example"}), mailboxes=frozenset({"sam@mail.example"}))
    assert not {"PHI-01", "LNK-04"} & found(guidelines(allowed=own), text).keys()


def test_a_tweet_that_begins_with_a_name_answers_somebody() -> None:
    text = "@kt Thank you for choosing us"
    assert "PHI-14" in found(guidelines(), text)
    assert "PHI-14" not in found(guidelines(), f"Hello {text}")
    own = guidelines(allowed=Allowed(handles=frozenset({"kt"})))
    assert "PHI-14" not in found(own, text)


def test_what_is_too_long_to_be_shown_is_not_judged_before_it_is_shorter() -> None:
    text = "Results guaranteed " * 600
    assert found(guidelines(), text).keys() == {"size:showable", "size:length"}


def test_every_change_of_choices_is_another_version() -> None:
    versions = {
        guidelines().version,
        guidelines(jurisdictions=US).version,
        guidelines(severities={"ADV-04": None}).version,
        guidelines(packs_off=frozenset({"links"})).version,
        guidelines(allowed=Allowed(phones=frozenset({"+442079460000"}))).version,
    }
    assert len(versions) == 5
