"""What became of a comment: accepted, in part, not, beyond the consultation, or not shown."""

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
    return _decide(current, state, answer, by=by, now=now)


@transaction.atomic
def withhold_comment(comment: Comment, *, reason: str, by: User | None, now: datetime) -> Comment:
    """Keep a comment from the public: it names a person, insults or advertises.

    What is public is its place and the reason; its text stays with the project, and answering it
    shows it again. Possible at any time, also after all was published.

    Raises
    ------
    StateError
        It was taken back already (``comment.answered``).
    InputError
        No reason (``comment.no_answer``).
    """
    Consultation.objects.select_for_update().get(pk=comment.consultation_id)
    current = Comment.objects.get(pk=comment.pk)
    if current.state == State.WITHDRAWN:
        raise StateError("comment.answered", found=current.state)
    if not reason.strip():
        code = "comment.no_answer"
        raise InputError(code, where=Where(field="answer"))
    return _decide(current, State.WITHHELD, reason, by=by, now=now)


def _decide(
    comment: Comment, state: str, answer: str, *, by: User | None, now: datetime
) -> Comment:
    comment.state, comment.answer = state, answer.strip()
    comment.answered_by, comment.answered_at = by, now
    comment.save()
    return comment
