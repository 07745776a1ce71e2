"""What became of a comment: accepted, in part, not, or beyond the consultation, with an answer."""

from datetime import datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.models import Comment, Consultation

State = Comment.State
DECISIONS: Final = (State.ACCEPTED, State.PARTLY, State.REJECTED, State.OUT_OF_SCOPE)
_WHILE: Final = (Consultation.State.CLOSED, Consultation.State.ANSWERED)


@transaction.atomic
def answer_comment(
    comment: Comment, state: str, *, answer: str, by: User | None, now: datetime
) -> Comment:
    """Decide on a comment; an answer can be corrected until all are published.

    Raises
    ------
    StateError
        The consultation is still open (``comment.not_closed``), or published or the comment was
        taken back (``comment.answered``).
    InputError
        No answer text (``comment.no_answer``) or no such decision (``comment.decision``).
    """
    consultation = Consultation.objects.select_for_update().get(pk=comment.consultation_id)
    current = Comment.objects.get(pk=comment.pk)
    if consultation.state in {Consultation.State.PLANNED, Consultation.State.OPEN}:
        raise StateError("comment.not_closed")
    if consultation.state not in _WHILE or current.state == State.WITHDRAWN:
        raise StateError("comment.answered", found=current.state)
    if state not in DECISIONS:
        code = "comment.decision"
        raise InputError(code, where=Where(field="state"), found=state)
    if not answer.strip():
        code = "comment.no_answer"
        raise InputError(code, where=Where(field="answer"))
    current.state, current.answer = state, answer.strip()
    current.answered_by, current.answered_at = by, now
    current.save()
    return current
