"""Settings: secrets from the environment, the team's policy from countersign.toml; read once.

Every mistake is one line, and all of them are told at once.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from bot.domain.policy import Policy
from bot.errors import SettingsError
from bot.guidelines import Guidelines
from bot.guidelines.loading import standard
from bot.guidelines_file import names_model, read_guidelines
from bot.moved_clock import moved_clock
from bot.policy_file import PolicyFile, read_policy_file
from bot.ports import Clock, utc_now


@dataclass(frozen=True, slots=True)
class AccessKeys:
    """The access token of one X account and its secret; never shown."""

    token: SecretStr
    secret: SecretStr


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the program is told, in one frozen value."""

    file: PolicyFile
    policy: Policy
    guidelines: Guidelines
    names_model: str
    """A spaCy model that looks for names as well, a package or a folder; empty for none."""
    database_url: str
    slack_bot_token: SecretStr
    slack_app_token: SecretStr
    x_consumer_key: SecretStr
    x_consumer_secret: SecretStr
    x_access: Mapping[str, AccessKeys] = field(repr=False)
    slack_api: str
    x_api: str
    health_host: str
    health_port: int
    log_level: str
    audit_key: SecretStr | None
    clock: Clock = utc_now
    """The machine's clock, or in a sandbox one that a file moves."""


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """What is needed to read the record: an auditor has no token of Slack or X."""

    database_url: str
    audit_key: SecretStr | None


def load_record(environment: Mapping[str, str] = os.environ) -> RecordSettings:
    """Read where the record is and whose signature it bears; SettingsError."""
    mistakes: list[str] = []
    key = _Reader(environment, mistakes).maybe_secret(AUDIT_KEY)
    if mistakes:
        raise SettingsError("\n".join(mistakes))
    return RecordSettings(environment.get(*_DATABASE), key)


def load_policy(environment: Mapping[str, str] = os.environ) -> Policy:
    """Read what the team decided; SettingsError with a line for each mistake."""
    mistakes: list[str] = []
    file = read_policy_file(_policy_path(environment), mistakes)
    if file is None:
        raise SettingsError("\n".join(mistakes))
    return file.policy()


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read environment and file; SettingsError with a line for each mistake."""
    mistakes: list[str] = []
    read = _Reader(environment, mistakes)
    path = _policy_path(environment)
    file = read_policy_file(path, mistakes)
    guidelines = _guidelines_of(file, path, mistakes) if file else None
    secrets = {name: read.secret(name) for name in _SECRETS}
    access = {a.name: read.access(a.name) for a in file.accounts} if file else {}
    audit_key = read.maybe_secret(AUDIT_KEY)
    port = read.port("COUNTERSIGN_HEALTH_PORT", 8080)
    slack_api, x_api = environment.get(*_SLACK_API), environment.get(*_X_API)
    clock = read.clock("COUNTERSIGN_CLOCK_FILE", slack_api, x_api)
    if mistakes or file is None or guidelines is None:
        raise SettingsError("\n".join(mistakes))
    return Settings(
        file=file,
        policy=file.policy(),
        guidelines=guidelines,
        names_model=names_model(file.guidelines, path),
        database_url=environment.get(*_DATABASE),
        slack_bot_token=secrets["SLACK_BOT_TOKEN"],
        slack_app_token=secrets["SLACK_APP_TOKEN"],
        x_consumer_key=secrets["X_CONSUMER_KEY"],
        x_consumer_secret=secrets["X_CONSUMER_SECRET"],
        x_access=access,
        slack_api=slack_api,
        x_api=x_api,
        health_host=environment.get("COUNTERSIGN_HEALTH_HOST", "127.0.0.1"),
        health_port=port,
        log_level=environment.get("COUNTERSIGN_LOG_LEVEL", "INFO").upper(),
        audit_key=audit_key,
        clock=clock,
    )


def load_guidelines(environment: Mapping[str, str] = os.environ) -> tuple[Guidelines, str]:
    """Read the team's guidelines alone, ours where there is no policy file; SettingsError.

    The second is the name of the model that looks for names as well, empty for none.

    No secret is needed: whoever writes may check a text anywhere.
    """
    path, mistakes = _policy_path(environment), list[str]()
    if "COUNTERSIGN_CONFIG" not in environment and not path.exists():
        return standard(), ""
    file = read_policy_file(path, mistakes)
    guidelines = _guidelines_of(file, path, mistakes) if file else None
    if mistakes or file is None or guidelines is None:
        raise SettingsError("\n".join(mistakes))
    return guidelines, names_model(file.guidelines, path)


def _guidelines_of(file: PolicyFile, path: Path, mistakes: list[str]) -> Guidelines:
    """Return the guidelines of a policy file; its accounts are the team's own."""
    handles, trusted = (a.handle for a in file.accounts), file.links.trusted
    return read_guidelines(file.guidelines, handles, trusted, path, mistakes)


def _policy_path(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("COUNTERSIGN_CONFIG", "countersign.toml"))


AUDIT_KEY = "COUNTERSIGN_AUDIT_KEY"
_DATABASE = ("COUNTERSIGN_DATABASE", "sqlite:///countersign.db")
_SLACK_API = ("COUNTERSIGN_SLACK_API", "https://slack.com/api/")
_X_API = ("COUNTERSIGN_X_API", "https://api.x.com")
_SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "X_CONSUMER_KEY", "X_CONSUMER_SECRET")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads variables, collecting what is wrong with them."""

    environment: Mapping[str, str]
    mistakes: list[str]

    def secret(self, name: str) -> SecretStr:
        """Return a secret from `NAME`, or from the file that `NAME_FILE` names."""
        value = self.environment.get(name, "")
        path = self.environment.get(f"{name}_FILE")
        if not value and path:
            try:
                value = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                self.mistakes.append(f"{name}_FILE: {path} cannot be read ({error.strerror}).")
                return SecretStr("")
        if not value:
            self.mistakes.append(f"{name} is missing: set it, or {name}_FILE to a file with it.")
        return SecretStr(value)

    def maybe_secret(self, name: str) -> SecretStr | None:
        """Return a secret that need not be there."""
        given = self.environment.get(name) or self.environment.get(f"{name}_FILE")
        return self.secret(name) if given else None

    def access(self, account: str) -> AccessKeys:
        """Return the access token of an account: X_CLINIC_ACCESS_TOKEN and …_SECRET."""
        prefix = f"X_{account.upper()}_ACCESS_TOKEN"
        return AccessKeys(self.secret(prefix), self.secret(f"{prefix}_SECRET"))

    def port(self, name: str, default: int) -> int:
        """Return a port number."""
        value = self.environment.get(name, str(default))
        if not value.isdecimal() or int(value) > 65_535:
            self.mistakes.append(f"{name}: {value!r} is no port number.")
            return default
        return int(value)

    def clock(self, name: str, *addresses: str) -> Clock:
        """Return the machine's clock, or the one that a file moves beside these addresses."""
        path = self.environment.get(name)
        if not path:
            return utc_now
        try:
            return moved_clock(name, Path(path), *addresses)
        except ValueError as error:
            self.mistakes.append(str(error))
            return utc_now
