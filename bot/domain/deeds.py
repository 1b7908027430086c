"""What the record says, in words."""

from collections.abc import Mapping

from bot.domain.audit import AuditAction

_A = AuditAction
_SAID = {
    _A.DRAFT_SUBMIT: "wrote the draft",
    _A.DRAFT_REVISE: "made a new version",
    _A.DRAFT_REFUSE: "wrote what was refused for patient data",
    _A.DRAFT_WITHDRAW: "withdrew the draft",
    _A.DRAFT_WISH: "said when it should go out",
    _A.DRAFT_LAPSE: "noted that the approval does not hold any more",
    _A.DRAFT_DISCUSS: "took part in the discussion",
    _A.DRAFT_JUDGE: "had it judged anew, for the reviewers are others now",
    _A.DRAFT_PURGE: "removed the contents after the time for keeping them",
    _A.DRAFT_REPEAT: "made the draft recurring",
    _A.DRAFT_SKIP: "left out times for which it is not drafted again",
    _A.DRAFT_REPEAT_NO_MORE: "ended that it recurs",
    _A.REVIEW_APPROVE: "approved",
    _A.REVIEW_REQUEST_CHANGES: "asked for changes",
    _A.REVIEW_REJECT: "rejected",
    _A.REVIEW_REVOKE: "took a decision back",
    _A.REVIEW_REMIND: "reminded those who are waited for",
    _A.REVIEWER_AWAY: "named a stand-in",
    _A.REVIEWER_BACK: "ended the time of a stand-in",
    _A.PUBLICATION_SCHEDULE: "put it on the schedule",
    _A.PUBLICATION_CANCEL: "took it off the schedule",
    _A.PUBLICATION_CLAIM: "began to publish",
    _A.PUBLICATION_INTENT: "was about to send a part to X",
    _A.PUBLICATION_OUTCOME: "wrote down what X answered",
    _A.PUBLICATION_POSTPONE: "put it off",
    _A.PUBLICATION_RECOVER: "took over what an earlier run had left",
    _A.PUBLICATION_STOP: "stopped the publication",
    _A.PUBLICATION_RETRY: "asked to try again",
    _A.PUBLICATION_LOOKUP: "looked on X",
    _A.PUBLICATION_SETTLE: "said whether it is live",
    _A.PUBLICATION_REMOVE: "asked to take it down",
    _A.PUBLICATION_REMOVED: "took a part down",
    _A.PUBLICATION_CONTRADICTED: "heard from X what contradicts what was settled",
    _A.ACCOUNT_PAUSE: "paused publishing",
    _A.ACCOUNT_RESUME: "let publishing go on",
    _A.RECORD_EXPORT: "exported from the record",
}

_JUDGED_BY = "judged_by"
"""The packs that judged a text: for whoever reads the entries, too long for a sentence."""


def in_words(action: AuditAction, detail: Mapping[str, str | int]) -> str:
    """Return what somebody did, as the end of a sentence that begins with their name."""
    told = ((name, value) for name, value in detail.items() if name != _JUDGED_BY)
    more = "; ".join(_detail(name, value) for name, value in told)
    said = _SAID.get(action, action.value)
    return f"{said} ({more})" if more else said


def _detail(name: str, value: str | int) -> str:
    """Return one detail; parts are counted from 1 where people read of them."""
    if name == "part" and isinstance(value, int):
        return f"part {value + 1}"
    return str(value) if name == "why" else f"{name.replace('_', ' ')} {value}"
