"""A comment on a paragraph, and the private link by which its author follows it."""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.fields import length_of
from alpclusters.platform.policy.domain.consulting.steps import paragraph_of
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.models import Comment, Consultation, ConsultationInvitation

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


# --- The mail link by which somebody invited comments: its token, its letters, its end ------------


# Days before the end on which those invited are reminded once.
REMINDED_BEFORE: Final = timedelta(days=3)
# After the end addresses are kept this long, so that the outcome can be told.
KEPT_AFTER: Final = timedelta(days=90)
_SALT: Final = "policy.consultation-invitation"


def token_of(invitation: ConsultationInvitation) -> str:
    """Return the secret of a link: made anew for every mail, the database holds its hash alone."""
    told = f"{invitation.consultation_id}:{invitation.email}"
    digest = salted_hmac(_SALT, told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def invite(
    consultation: Consultation, emails: Iterable[str], *, language: str
) -> list[ConsultationInvitation]:
    """Invite addresses, each once; return those that are new."""
    known = set(consultation.invitations.values_list("email", flat=True))
    new = [one for one in dict.fromkeys(email.strip().lower() for email in emails) if one]
    return [_invite(consultation, email, language) for email in new if email not in known]


def _invite(consultation: Consultation, email: str, language: str) -> ConsultationInvitation:
    made = ConsultationInvitation(consultation=consultation, email=email, language=language)
    made.token_hash = hash_of(token_of(made))
    made.save()
    return made


def find_invitation(token: str) -> ConsultationInvitation | None:
    """Return the invitation of a link."""
    rows = ConsultationInvitation.objects.select_related("consultation__project")
    return rows.filter(token_hash=hash_of(token)).first()


def due_letters(now: datetime) -> list[ConsultationInvitation]:
    """List the invitations whose first mail or reminder is to go out now."""
    today = timezone.localdate(now)
    rows = ConsultationInvitation.objects.filter(
        consultation__state=Consultation.State.OPEN, consultation__closes_on__gte=today
    )
    rows = rows.select_related("consultation__project").order_by("pk")
    return [one for one in rows if one.sent_at is None or _is_reminder_due(one, today)]


def _is_reminder_due(one: ConsultationInvitation, today: date) -> bool:
    ends = one.consultation.closes_on
    if ends is None or one.reminded_on is not None or one.sent_at is None:
        return False
    begins = ends - REMINDED_BEFORE
    return timezone.localdate(one.sent_at) < begins <= today


def note_sent(one: ConsultationInvitation, *, now: datetime) -> None:
    """Note that a mail went out."""
    if one.sent_at is None:
        one.sent_at = now
    else:
        one.reminded_on = timezone.localdate(now)
    # The key of the site may have changed since the link was made.
    one.token_hash = hash_of(token_of(one))
    one.save(update_fields=["sent_at", "reminded_on", "token_hash"])


def forget_invited(now: datetime) -> int:
    """Delete invitations of consultations that ended long ago; return how many."""
    last = timezone.localdate(now) - KEPT_AFTER
    old = ConsultationInvitation.objects.filter(consultation__closes_on__lt=last)
    n, _by_model = old.exclude(consultation__state=Consultation.State.OPEN).delete()
    return n
