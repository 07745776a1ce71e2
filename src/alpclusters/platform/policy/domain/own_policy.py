"""What is kept about a person through recommendations, plans, consultations and monitoring.

Comments, reports and endorsements are part of the record of a project or a body: they stay,
without saying who wrote them. Drafts are the person's alone and go; addresses that were asked by
mail are deleted.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model

from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import history_of
from alpclusters.platform.policy.models import (
    ActionPlan,
    AdoptionStep,
    Comment,
    Consultation,
    ConsultationInvitation,
    EditDraft,
    Endorsement,
    EndorsementStep,
    IndicatorValue,
    JointApproach,
    Override,
    ProgressReport,
    Recommendation,
    ReportLink,
    TextReview,
)
from alpclusters.platform.privacy import OwnData

# Of the person alone: they go with the account.
OWN: Final[tuple[tuple[type[Model], str], ...]] = ((EditDraft, "user"),)
# Of the project: they stay, without saying who wrote them.
AUTHORS: Final[tuple[tuple[type[Model], str], ...]] = (
    (ActionPlan, "created_by"),
    (Recommendation, "created_by"),
    (Consultation, "created_by"),
    (Comment, "author"),
    (Comment, "answered_by"),
    (Endorsement, "recorded_by"),
    (EndorsementStep, "recorded_by"),
    (JointApproach, "created_by"),
    (AdoptionStep, "recorded_by"),
    (ProgressReport, "reported_by"),
    (IndicatorValue, "reported_by"),
    (Override, "author"),
    (TextReview, "reviewed_by"),
)


def export_policy(user: User) -> dict[str, Any]:
    """Return what the policy part knows of a person as plain values for JSON."""
    return {
        "plans_begun": _names(ActionPlan.objects.filter(created_by=user)),
        "recommendations_begun": _names(Recommendation.objects.filter(created_by=user)),
        "consultations_begun": _names(Consultation.objects.filter(created_by=user)),
        "joint_approaches_begun": _names(JointApproach.objects.filter(created_by=user)),
        "comments": [_comment(one) for one in _comments(author=user)],
        "comments_answered": [_comment(one) for one in _comments(answered_by=user)],
        "endorsements_recorded": _names(Endorsement.objects.filter(recorded_by=user)),
        "endorsement_log": [_step(one) for one in _steps(user)],
        "adoptions_recorded": _names(AdoptionStep.objects.filter(recorded_by=user)),
        "reports": [_report(one) for one in _reports(user)],
        "values_reported": _names(IndicatorValue.objects.filter(reported_by=user)),
        "statuses_set": [_override(one) for one in _overrides(user)],
        "translations_reviewed": _names(TextReview.objects.filter(reviewed_by=user)),
        "drafts": [_draft(one) for one in EditDraft.objects.filter(user=user)],
        "asked_for_reports": [_link(one) for one in _links(user)],
        "invited_to_consultations": [_invitation(one) for one in _invitations(user)],
    }


def erase_policy(user: User) -> None:
    """Delete what is the person's alone and the addresses; blank the name everywhere else."""
    for model, field in OWN:
        model._default_manager.filter(**{field: user}).delete()
    for model, author in AUTHORS:
        _blank(model, {author: user}, {author: None})
    # The links of a body without an address work no more: nobody could be asked again.
    ReportLink.objects.filter(email__iexact=user.email).delete()
    ConsultationInvitation.objects.filter(email__iexact=user.email).delete()


def _blank(model: type[Model], of: dict[str, Any], values: dict[str, Any]) -> None:
    model._default_manager.filter(**of).update(**values)
    if hasattr(model, "history"):
        history_of(model).filter(**of).update(**values)


def _names(rows: Iterable[Model]) -> list[str]:
    return [str(row) for row in rows]


def _comments(**of: Any) -> Iterable[Comment]:
    return Comment.objects.filter(**of).select_related("consultation").order_by("pk")


def _comment(one: Comment) -> dict[str, Any]:
    return {
        "consultation": str(one.consultation),
        "made_at": one.made_at.isoformat(),
        "on_behalf_of": one.on_behalf_of,
        "text": one.text,
        "answer": one.answer,
    }


def _steps(user: User) -> Iterable[EndorsementStep]:
    rows = EndorsementStep.objects.filter(recorded_by=user)
    return rows.select_related("endorsement").order_by("pk")


def _step(one: EndorsementStep) -> dict[str, Any]:
    return {
        "body": one.endorsement.body,
        "recorded_at": one.recorded_at.isoformat(),
        "role": one.role,
        "before": one.before,
        "after": one.after,
        "words": [one.reservation, one.reason],
    }


def _reports(user: User) -> Iterable[ProgressReport]:
    return ProgressReport.objects.filter(reported_by=user).select_related("action").order_by("pk")


def _report(one: ProgressReport) -> dict[str, Any]:
    return {
        "action": str(one.action),
        "on": one.confirmed_on.isoformat(),
        "progress": one.progress,
        "words": [one.text, one.obstacles, one.next_step],
    }


def _overrides(user: User) -> Iterable[Override]:
    return Override.objects.filter(author=user).select_related("action").order_by("pk")


def _override(one: Override) -> dict[str, Any]:
    return {
        "action": str(one.action),
        "made_at": one.made_at.isoformat(),
        "shown": one.shown,
        "reason": one.reason,
    }


def _draft(one: EditDraft) -> dict[str, Any]:
    return {"of": str(one), "saved_at": one.saved_at.isoformat(), "texts": one.values}


def _links(user: User) -> Iterable[ReportLink]:
    rows = ReportLink.objects.filter(email__iexact=user.email)
    return rows.select_related("action", "round").order_by("pk")


def _link(one: ReportLink) -> dict[str, Any]:
    return {
        "action": str(one.action),
        "round": one.round.number,
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
        "language": one.language,
    }


def _invitations(user: User) -> Iterable[ConsultationInvitation]:
    rows = ConsultationInvitation.objects.filter(email__iexact=user.email)
    return rows.select_related("consultation").order_by("pk")


def _invitation(one: ConsultationInvitation) -> dict[str, Any]:
    return {"consultation": str(one.consultation), "language": one.language}


OWN_DATA: Final = OwnData(
    export=lambda user: {"policy": export_policy(user)},
    erase=erase_policy,
)
