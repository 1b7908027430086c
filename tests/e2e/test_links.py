"""A bot that follows links: its loops look, its cards say what they found.

No name is looked up here: the client refuses these links by their form.
"""

from bot.sandbox.bot_process import demo_policy
from tests.e2e.test_pictures import on_card
from tests.e2e.town import Town, policy_with

POLICY = policy_with(
    demo_policy().replace("[waits]", "[links]\nfollow = true\n\n[waits]"), lease=20
)


def test_a_draft_waits_for_its_links_and_goes_out_with_them(town: Town) -> None:
    text = "The flu page is at nhs.uk:8443/flu"
    ts = town.draft(text)
    town.shows(ts, "In review")
    assert "names a port of its own" in on_card(town, ts)
    town.say_when(ts)
    town.approve(ts)
    town.shows(ts, "Published")
    assert len(town.public(text)) == 1


def test_the_doctor_says_that_links_are_followed(town: Town) -> None:
    done = town.bot.command("doctor")
    assert "followed, before review" in " ".join(done.stdout.split())
