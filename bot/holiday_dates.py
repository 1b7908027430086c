"""Public holidays of a region, as dates; the only file that knows the `holidays` library.

It is imported only where a team names a region: it costs a tenth of a second and 30 MB.
"""

from datetime import date

YEARS = 4
"""How many years are looked up at each start, this one included."""


def region(code: str) -> str:
    """Return a region that the library knows, `GB` or `GB-ENG`; ValueError in words."""
    dates_of(code, years=1)
    return code


def dates_of(code: str, years: int = YEARS) -> frozenset[date]:
    """Return the public holidays of a region from this year on."""
    from holidays import country_holidays

    country, _, part = code.partition("-")
    this = date.today().year  # noqa: DTZ011 - a year too many or too few on its last day is nothing
    try:
        found = country_holidays(country, subdiv=part or None, years=range(this, this + years))
    except NotImplementedError as error:
        message = f"{code!r} is no region with known holidays; write one like GB or GB-ENG"
        raise ValueError(message) from error
    return frozenset(found)
