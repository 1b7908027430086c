"""What an operator finds in the log, even at its most talkative: ids, and no secret."""

from pathlib import Path

from bot.sandbox.server import running
from tests.e2e.town import ANA, CHANNEL, CHEN, DANA, EVE, policy_with, town_at


def test_the_most_talkative_log_holds_no_text_and_no_token(migrated: Path, tmp_path: Path) -> None:
    with (
        running() as address,
        town_at(
            address, tmp_path, migrated, policy_with(), COUNTERSIGN_LOG_LEVEL="DEBUG"
        ) as town,
    ):
        town.open()
        ts = town.draft("Mr. Smith's appointment is on the ward at nine.")
        town.edit(ts, "An appointment on the ward is at nine.")
        town.press(EVE, ts, "approve")
        town.hears(EVE, "you are not one of them")
        reason = "Nobody should read this in a log."
        town.typed.append(reason)
        town.fill_in(CHEN, ts, "request_changes", {"reason": {"reason": reason}})
        town.shows(ts, "Changes requested")
        town.people.set_faults(x={"next": ["400", "reset_after"]})
        refused, lost = town.publish("X will refuse this sentence."), ""
        town.shows(refused, "Not published")
        lost = town.publish("X will lose the answer to this sentence.")
        town.shows(lost, "Published")
        town.people.command(DANA, CHANNEL, "/tweet", "pause because of a secret of ours")
        town.typed.append("because of a secret of ours")
        town.people.command(DANA, CHANNEL, "/tweet", "resume")
        town.people.set_faults(slack={"api_down": True})
        town.people.break_sockets("reset")
        town.wait(lambda: town.people.sockets() == 0, "the end of the connection")
        town.people.set_faults(slack={"api_down": False})
        town.wait(lambda: town.people.sockets() == 1, "a new connection")
        town.people.delete(ANA, CHANNEL, ts)
        town.shows(ts, "Withdrawn")
        assert town.bot.stop() == 0
        assert " DEBUG " in town.log
        town.check_discretion()
