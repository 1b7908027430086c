"""The errors that people may read: what happened, what is safe, what to do next."""


class CountersignError(Exception):
    """Base of every error of ours; its text is written for a person."""


class RefusedError(CountersignError):
    """A use case says no; nothing was changed."""


class NotAllowedError(RefusedError):
    """The state machine has no such step from here, or somebody was quicker."""


class SettingsError(CountersignError):
    """The environment or countersign.toml cannot be used; one line a mistake."""


class DatabaseError(CountersignError):
    """The database cannot be opened, is not migrated, or is in use by another bot."""


class NamesError(CountersignError):
    """Names could not be looked for in a text, so nobody knows whether it holds some."""


class ChatError(CountersignError):
    """The chat platform refused or did not answer; `permanent` says a retry will not help."""

    def __init__(self, message: str, *, permanent: bool, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


class AccountError(CountersignError):
    """X could not be asked, or refused an answer; says nothing about a tweet being live."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent
