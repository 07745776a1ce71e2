"""A comment on a paragraph, and the private link by which its author follows it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.fields import length_of
from alpclusters.platform.policy.domain.consulting.freezing import paragraph_of
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.models import Comment, Consultation

State = Consultation.State
LONGEST: Final = length_of(Comment, "text")
MOST_AT_ONCE: Final = 60
"""Comments on one consultation within ten minutes; nothing is counted per address."""
_WINDOW_S: Final = 600


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says about one paragraph; no name of a person is asked for."""

    recommendation: int
    field: str
    language: str
    paragraph: int
    text: str
    on_behalf_of: str = ""


def takes_comments(consultation: Consultation) -> bool:
    """Say whether comments are kept now: in time while it is open, late ones while it is closed."""
    return consultation.state in {State.OPEN, State.CLOSED}


def is_late(consultation: Consultation, now: datetime) -> bool:
    """Say whether a comment that comes now comes after the end."""
    ends = consultation.closes_on
    over = ends is not None and timezone.localdate(now) > ends
    return consultation.state != State.OPEN or over


@transaction.atomic
def add_comment(
    consultation: Consultation, said: Said, *, by: User | None = None, now: datetime
) -> tuple[Comment, str]:
    """Keep a comment; return it with the secret of its private link, which is stored nowhere.

    Raises
    ------
    StateError
        Comments are not taken any more (``comment.closed``), or too many come in at once
        (``comment.too_many``).
    InputError
        No text (``comment.no_text``) or no such paragraph (``comment.no_paragraph``).
    """
    current = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not takes_comments(current):
        raise StateError("comment.closed")
    quote = _quote(current, said)
    if not said.text.strip():
        code = "comment.no_text"
        raise InputError(code, where=Where(field="text"))
    if not _has_room(current, now):
        raise StateError("comment.too_many")
    token = secrets.token_urlsafe(24)
    comment = Comment.objects.create(
        consultation=current,
        recommendation_id=said.recommendation,
        version=current.versions[str(said.recommendation)],
        field=said.field,
        language=said.language,
        paragraph=said.paragraph,
        quote=quote,
        text=said.text.strip()[:LONGEST],
        on_behalf_of=said.on_behalf_of.strip()[:200],
        token_hash=hash_of(token),
        author=by,
        made_at=now,
        is_late=is_late(current, now),
    )
    return comment, token


def find_comment(token: str) -> Comment | None:
    """Return the comment of a private link."""
    rows = Comment.objects.select_related("consultation__project", "recommendation")
    return rows.filter(token_hash=hash_of(token)).first()


def may_withdraw(comment: Comment) -> bool:
    """Say whether its author can take it back: while the consultation is open, shown or not."""
    is_there = comment.state in {Comment.State.OPEN, Comment.State.WITHHELD}
    return is_there and comment.consultation.state == State.OPEN


@transaction.atomic
def withdraw_comment(comment: Comment) -> Comment:
    """Take a comment back; its text is deleted.

    Raises
    ------
    StateError
        The consultation is closed, or it was taken back already (``comment.answered``).
    """
    # In the order of all others: the consultation first.
    Consultation.objects.select_for_update().get(pk=comment.consultation_id)
    current = Comment.objects.select_related("consultation").get(pk=comment.pk)
    if not may_withdraw(current):
        raise StateError("comment.answered", found=current.state)
    current.state, current.text, current.on_behalf_of = Comment.State.WITHDRAWN, "", ""
    current.save()
    return current


def hash_of(token: str) -> str:
    """Return what the database knows of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _quote(current: Consultation, said: Said) -> str:
    quote = None
    if said.field in RECOMMENDATION.texts:
        where = (said.recommendation, said.field, said.language, said.paragraph)
        quote = paragraph_of(current, *where)
    if quote is None:
        code = "comment.no_paragraph"
        raise InputError(code, where=Where(field="paragraph"))
    return quote


def _has_room(current: Consultation, now: datetime) -> bool:
    window = f"consultation-{current.pk}-{int(now.timestamp()) // _WINDOW_S}"
    if cache.add(window, 1, timeout=_WINDOW_S):
        return True
    return bool(cache.incr(window) <= MOST_AT_ONCE)
