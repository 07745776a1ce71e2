"""The mail link by which somebody invited comments: its token, its letters, its end."""

import base64
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.crypto import salted_hmac

from alpclusters.platform.policy.domain.consulting.commenting import hash_of
from alpclusters.platform.policy.models import Consultation, ConsultationInvitation

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
