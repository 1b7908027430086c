"""Patient data through every way in: refused in words, and no trace of it is left anywhere.

Every person and every number in here is made up.
"""

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_plus

from tests.e2e.conftest import Found
from tests.e2e.town import ANA, CHANNEL, CHEN, DANA, Town, policy_with, soon

NAMED = "Kevin Marsh had his knee surgery here."
NUMBERED = "Lost on the ward: MRN 4471902."
THREAD = "Good news from the ward.\n---\nRuth Hale was discharged, policy number HP-5582013."
STYLED = "\U0001d5de\U0001d5f2\U0001d603\U0001d5f6\U0001d5fb Marsh had his knee surgery here."
HIDDEN = "Kev\u200bin Mar\u200bsh had his knee surgery here."
SECRETS = ("Kevin", "Marsh", "4471902", "Ruth", "Hale", "5582013", "knee surgery", "discharged")
TOLD = "patient data"


def test_patient_data_leaves_no_trace_whichever_way_it_comes(found: Found) -> None:
    town = found(policy_with(gap=0.6), COUNTERSIGN_LOG_LEVEL="DEBUG")
    heard = town.sandbox.listen()
    messages(town)
    edits(town)
    replies(town)
    reasons(town)
    pauses(town)
    what_was_missed(town)
    assert town.bot.stop() == 0
    seen = [*heard, json.dumps(town.people.ledger()), *(everything_told(town))]
    assert len(heard) > 50
    check_no_trace(seen)
    check_no_trace(file.read_bytes().decode("latin-1") for file in files(town))
    assert {file.name for file in files(town)} >= {"countersign.db", "bot.log"}


def messages(town: Town) -> None:
    """New messages: plain, in a thread's second part, in styled letters, with what nobody sees."""
    for number, text in enumerate((NAMED, NUMBERED, THREAD, STYLED, HIDDEN), 1):
        town.write(text)
        town.wait(lambda n=number: len(refusals(town)) == n, "a refusal")  # type: ignore[misc]
    assert town.count("draft") == 0


def edits(town: Town) -> None:
    """A refused message that is mended, and an approved one that is spoilt before its time."""
    ts = town.write(NAMED)
    town.edit(ts, NUMBERED)
    town.edit(ts, "Knees, explained.")
    assert town.shows(ts, "In review").texts == ("Knees, explained.",)
    ts = town.draft("Hips, explained.")
    town.say_when(ts, soon(60))
    town.approve(ts)
    town.shows(ts, "Scheduled")
    town.edit(ts, NAMED)
    card = town.shows(ts, "Needs mending")
    assert card.texts == ("Hips, explained.",)
    assert "approve" not in card.buttons


def replies(town: Town) -> None:
    """What is said in a thread: at once, and in other words."""
    ts = town.draft("Toes, explained.")
    town.write(NAMED, CHEN, thread_ts=ts)
    town.hears(CHEN, "I did not keep your reply")
    said = town.write("Which toes?", DANA, thread_ts=ts)
    town.wait(lambda: town.count("reply") == 1, "a reply that is kept")
    town.edit(said, THREAD, DANA)
    town.hears(DANA, "I did not keep your reply")
    town.shows(ts, "In review")


def reasons(town: Town) -> None:
    """Reasons that people type into modals: refused at the field, taken once they are mended."""
    ts = town.draft("Elbows, explained.")
    for button in ("request_changes", "reject"):
        answer = town.fill_in(CHEN, ts, button, {"reason": {"reason": NAMED}})
        assert "Named person" in answer["errors"]["reason"]
    town.shows(ts, "In review")
    ts = town.publish("Wrists, explained.")
    town.shows(ts, "Published")
    answer = town.fill_in(DANA, ts, "take_down", {"reason": {"reason": NUMBERED}})
    assert "Medical record" in answer["errors"]["reason"]


def pauses(town: Town) -> None:
    """Pauses hold, whatever their reason says."""
    answer = town.people.command(DANA, CHANNEL, "/tweet", f"pause {NAMED}")
    assert TOLD in answer["text"]
    town.people.command(DANA, CHANNEL, "/tweet", "resume")
    said = town.bot.command("pause", NUMBERED)
    assert "Paused" in said.stdout
    check_no_trace([said.stdout, said.stderr])
    town.people.command(DANA, CHANNEL, "/tweet", "resume")


def what_was_missed(town: Town) -> None:
    """What is written and spoilt while the bot is down meets the same gate."""
    ts = town.draft("Ankles, explained.")
    town.approve(ts)
    town.shows(ts, "Approved")
    town.people.set_faults(slack={"redelivery_s": [0.0, 0.0, 0.0]})
    town.bot.kill()
    before = len(refusals(town))
    town.edit(ts, THREAD)
    town.write(NUMBERED)
    town.open()
    assert town.shows(ts, "Needs mending").texts == ("Ankles, explained.",)
    town.wait(lambda: len(refusals(town)) == before + 2, "two refusals")


def refusals(town: Town) -> list[str]:
    return [said for said in town.told(ANA) if TOLD in said]


def everything_told(town: Town) -> list[str]:
    return [said for who in (ANA, CHEN, DANA) for said in town.told(who)]


def files(town: Town) -> list[Path]:
    return [path for path in town.bot.folder.rglob("*") if path.is_file()]


def check_no_trace(seen: Iterable[str]) -> None:
    for text in seen:
        plain = unicodedata.normalize("NFKC", unquote_plus(text)).replace("\u200b", "")
        for secret in SECRETS:
            assert secret not in plain, secret
