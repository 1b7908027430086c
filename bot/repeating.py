"""Whether an account says nearly the same twice within days: a warning that names the other one.

What is meant to be said again is no repetition: occurrences of the same recurrence.
"""

from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.content import Content, joined
from bot.domain.finding import Finding, Severity
from bot.domain.publication import PublicationState
from bot.domain.similarity import alike
from storage import contents, publications, recurrences
from storage.models import Draft

RULE = "repeat:similar"


def repeats(
    desk: Desk, session: Session, draft: Draft, content: Content, now: datetime
) -> tuple[Finding, ...]:
    """Return a warning where the account said nearly the same lately, or is about to."""
    account = desk.policy.account(draft.account)
    text = joined(content)
    if account is None or not text:
        return ()
    reach = account.calendar.repeat
    near = publications.neighbours(
        session, draft.account, now - reach, now + reach, besides=draft.id or 0
    )
    ours = recurrences.of_draft(session, draft.id or 0)
    for row, stored in near:
        is_alike = alike(text, joined(contents.loads(stored)))
        if is_alike and not ours & recurrences.of_draft(session, row.draft_id):
            verb = "was published" if row.state is PublicationState.PUBLISHED else "is to go out"
            day = row.due_at.astimezone(account.zone)
            words = (
                f"Draft {row.draft_id}, which {verb} on {day.day} {day:%B}, says nearly the same. "
                "X may refuse it, and readers may take it for a mistake."
            )
            return (Finding(RULE, Severity.WARN, words),)
    return ()
