"""Refusals: that a text held patient data is written down, the text is not."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, desc, select

from bot.domain.draft import NewDraft
from storage.models import Refusal, RefusalKey

_ONLY = 1


def add(
    session: Session,
    new: NewDraft,
    places: Sequence[tuple[str, int, int]],
    now: datetime,
    draft_id: int | None = None,
) -> None:
    """Write down that a message was refused: the rules with the offsets, and a seal of its text."""
    refusal = Refusal(
        draft_id=draft_id,
        author=new.author,
        front=new.ref.front,
        channel=new.ref.channel,
        ts=new.ref.ts,
        edited_ts=new.edited_ts,
        rules=json.dumps(sorted({rule for rule, _, _ in places})),
        places=json.dumps(list(places)),
        seal=seal(session, new.words),
        created_at=now,
    )
    session.add(refusal)
    session.flush()


def is_newest(session: Session, new: NewDraft) -> bool:
    """Whether the newest refusal of a message was of this very text: it was read once more."""
    ref = new.ref
    query = select(Refusal.seal).where(
        Refusal.front == ref.front, Refusal.channel == ref.channel, Refusal.ts == ref.ts
    )
    newest = session.exec(query.order_by(desc(Refusal.id)).limit(1)).first()
    return newest is not None and hmac.compare_digest(newest, seal(session, new.words))


def seal(session: Session, text: str) -> str:
    """Return the keyed hash (HMAC-SHA-256, hex) by which a text can be told again, not guessed."""
    key = bytes.fromhex(_key(session))
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _key(session: Session) -> str:
    row = session.get(RefusalKey, _ONLY)
    if row is None:
        row = RefusalKey(id=_ONLY, key=secrets.token_hex(32))
        session.add(row)
        session.flush()
    return row.key
