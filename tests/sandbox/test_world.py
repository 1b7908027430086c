"""The people and accounts of the demo."""

import json
from zoneinfo import ZoneInfo

from bot.sandbox import world


def test_ids_are_unique_and_zones_exist() -> None:
    people = (*world.PEOPLE, *world.CROWD)
    assert len({person.id for person in people}) == len(people) == 105
    assert all(ZoneInfo(person.tz) for person in people)
    assert {person.id for person in world.PEOPLE} >= {"U0AUTHOR1", "U0CLINIC1", "U0COMPLY1"}


def test_the_page_learns_no_secret_and_sees_no_crowd() -> None:
    shown = json.dumps(world.as_json())
    for secret in ("xoxb-", "xapp-", "-secret", "-sandbox", "CROWD"):
        assert secret not in shown
    assert world.as_json()["accounts"][0]["username"] == "RiversideClinic"
    assert "xoxb" not in repr(world.APP)
    assert "secret" not in repr(world.CLINIC)
