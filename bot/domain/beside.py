"""What a form gives beside the text of a draft, and the chat message cannot say."""

from dataclasses import dataclass, replace
from urllib.parse import unquote

from bot.domain.address import tweet_id
from bot.domain.content import Content, Poll
from bot.domain.tweet import normalise


@dataclass(frozen=True, slots=True)
class Beside:
    """What a form gives beside the text: the poll of the last part, what is answered, sources.

    And the reference of a signed authorization, where the author states that one exists.
    """

    poll: Poll | None = None
    reply_to: str = ""
    sources: tuple[str, ...] = ()
    authorization: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that a person typed, one thing after the other; links also as they read."""
        options = self.poll.options if self.poll else ()
        links = dict.fromkeys((*self.sources, *map(unquote, self.sources)))
        return (*options, *filter(None, (self.reply_to, *links, self.authorization)))


def with_beside(content: Content, beside: Beside) -> Content:
    """Return a content with this beside its text; the poll is at the end, where the question is."""
    *others, last = (replace(part, poll=None) for part in content.parts)
    parts = (*others, replace(last, poll=beside.poll))
    return replace(
        content,
        parts=parts,
        reply_to=beside.reply_to,
        sources=beside.sources,
        authorization=beside.authorization,
    )


def beside_of(content: Content) -> Beside:
    """Return what stands beside the text of a content."""
    polls = [part.poll for part in content.parts if part.poll]
    poll = polls[-1] if polls else None
    return Beside(poll, content.reply_to, content.sources, content.authorization)


def tidy(beside: Beside) -> Beside:
    """Return it as it is kept: on one line each, no source twice, the id for a tweet's address.

    A reference without a letter or a digit refers to nothing, so it states nothing.
    """
    poll = beside.poll
    if poll is not None:
        poll = replace(poll, options=tuple(map(_on_one_line, poll.options)))
    sources = dict.fromkeys(filter(None, map(_on_one_line, beside.sources)))
    reply_to = tweet_id(beside.reply_to) or beside.reply_to.strip()
    reference = _on_one_line(beside.authorization)
    stated = reference if any(map(str.isalnum, reference)) else ""
    return Beside(poll, reply_to, tuple(sources), stated)


def _on_one_line(text: str) -> str:
    return " ".join(normalise(text).split())
