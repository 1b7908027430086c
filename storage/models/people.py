"""People: where they live, what they look at, and who decides in whose place."""

from datetime import datetime

from sqlmodel import Field

from storage.models.columns import Row, partial


class StandInRow(Row, table=True):
    """Somebody who decides in the place of a reviewer; over when `ended_at` or `until` is past.

    `ended_at` is written when the end was acted on, by the reviewer's return or by the clock.
    """

    __tablename__ = "stand_in"
    __table_args__ = (
        partial("uq_stand_in_open", "reviewer", only="ended_at IS NULL", unique=True),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    reviewer: str
    person: str
    since: datetime
    until: datetime
    ended_at: datetime | None = None


class Person(Row, table=True):
    """What is known of somebody: their time zone, and when the chat was last asked for it."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    zone: str | None = None
    asked_at: datetime


class HomeTab(Row, table=True):
    """Somebody's Home tab: when it was opened, and which moment of the record it shows.

    It is stale while `drawn_mark` is below the newest sequence of the record.
    """

    __tablename__ = "home_tab"

    person: str = Field(primary_key=True)
    opened_at: datetime = Field(index=True)
    drawn_mark: int = -1
    drawn_at: datetime | None = None
    digest: str = ""
    failures: int = 0
    draw_after: datetime | None = None
