"""Why a file cannot go out."""


class UnusableError(ValueError):
    """A file cannot go out: its text says why and what to do, behind "it cannot go out:"."""


def damaged() -> UnusableError:
    """Return the error of a file that ends too early or is not made as its kind should be."""
    return UnusableError("it is damaged or incomplete. Please send it again.")
