"""The demo's people, channels, app and X accounts: constants that both sides share."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the clinic's Slack; `hidden` people are crowds that the page does not list."""

    id: str
    name: str
    real_name: str
    role: str
    tz: str
    color: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A public channel of the clinic."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """An X account that the team speaks for, with the user's half of the OAuth 1.0a keys."""

    id: str
    username: str
    name: str
    access_token: str
    access_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody on X who speaks for nobody but themselves."""

    id: str
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class App:
    """The Slack app and its bot user, with the tokens that the sandbox accepts."""

    id: str = "A0APP"
    bot_id: str = "B0BOT"
    user_id: str = "U0BOT"
    name: str = "Countersign"
    team_id: str = "T0CLINIC"
    team_name: str = "Riverside Clinic"
    team_domain: str = "riverside-clinic"
    bot_token: str = field(default="xoxb-sandbox", repr=False)
    app_token: str = field(default="xapp-sandbox", repr=False)


APP = App()

PEOPLE = (
    Person("U0AUTHOR1", "ana", "Ana Ruiz", "staff", "Europe/Madrid", "c2410c"),
    Person("U0AUTHOR2", "ben", "Ben Okafor", "staff", "Europe/London", "1d4ed8"),
    Person("U0CLINIC1", "chen", "Dr Chen Wei", "clinician", "America/New_York", "047857"),
    Person("U0COMPLY1", "dana", "Dana Levi", "compliance officer", "Europe/London", "7e22ce"),
    Person("U0OUTSIDE", "eve", "Eve Stone", "outsider", "Europe/London", "525252"),
)
CROWD = tuple(
    Person(f"U0CROWD{n:02}", f"crowd{n:02}", f"Crowd {n:02}", "crowd", "Etc/UTC", "737373", True)
    for n in range(100)
)

DRAFTS = Channel("C0DRAFTS", "tweets")
OTHER = Channel("C0OTHER", "general")
AUDIT = Channel("C0AUDIT", "audit")
CHANNELS = (DRAFTS, OTHER, AUDIT)

X_CONSUMER_KEY = "sandbox-key"
X_CONSUMER_SECRET = "sandbox-secret"  # noqa: S105  # made up, and worth nothing elsewhere

CLINIC = Account(
    "2244994945",
    "RiversideClinic",
    "Riverside Clinic",
    "2244994945-sandbox",
    "sandbox-access-secret",
)
KIDS = Account(
    "783214", "RiversideKids", "Riverside Kids", "783214-sandbox", "sandbox-access-secret-2"
)
ACCOUNTS = (CLINIC, KIDS)
FOLLOWERS = (
    Follower("90210", "mara_reads", "Mara Lind"),
    Follower("31415926", "tom_on_wheels", "Tom Abara"),
)


def as_json() -> dict[str, Any]:
    """Answer what the page may know of the world: no token, no secret, no crowd."""
    return {
        "app": {"id": APP.id, "bot_id": APP.bot_id, "user_id": APP.user_id, "name": APP.name}
        | {"team_id": APP.team_id, "team_name": APP.team_name},
        "people": [
            {key: value for key, value in asdict(person).items() if key != "hidden"}
            for person in PEOPLE
        ],
        "channels": [asdict(channel) for channel in CHANNELS],
        "accounts": [{"id": a.id, "username": a.username, "name": a.name} for a in ACCOUNTS],
        "followers": [asdict(follower) for follower in FOLLOWERS],
    }
