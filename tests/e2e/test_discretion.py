"""What an operator finds in the log, even at its most talkative: ids, and no secret."""

from tests.e2e.conftest import Found
from tests.e2e.town import ANA, CHANNEL, CHEN, DANA, EVE


def test_the_most_talkative_log_holds_no_text_and_no_token(found: Found) -> None:
    town = found(COUNTERSIGN_LOG_LEVEL="DEBUG")
    ts = town.draft("Mr. Smith's appointment is on the ward at nine.")
    town.edit(ts, "An appointment on the ward is at nine.")
    town.wait(lambda: (c := town.card(ts)) and c.texts[0].startswith("An"), "the edit")
    town.press(EVE, ts, "approve")
    town.hears(EVE, "you are not one of them")
    reason = "Nobody should read this in a log."
    town.typed.append(reason)
    town.fill_in(CHEN, ts, "request_changes", {"reason": {"reason": reason}})
    town.shows(ts, "Changes requested")
    town.people.set_faults(x={"next": ["400", "reset_after"]})
    town.shows(town.publish("X will refuse this sentence."), "Not published")
    town.shows(town.publish("X will lose the answer to this sentence."), "Published")
    town.people.command(DANA, CHANNEL, "/tweet", "pause because of a secret of ours")
    town.typed.append("because of a secret of ours")
    town.people.command(DANA, CHANNEL, "/tweet", "resume")
    before = town.connections
    town.people.break_sockets("close")
    town.wait(lambda: town.connections > before and town.people.sockets(), "a new connection")
    town.people.delete(ANA, CHANNEL, ts)
    town.shows(ts, "Withdrawn")
    assert town.bot.stop() == 0
    assert " DEBUG " in town.log
    town.check_discretion()
