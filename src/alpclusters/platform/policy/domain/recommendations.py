"""Derive recommendations from a snapshot, edit them, agree on them or reject them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.domain.findings import MODEL, derive_findings
from alpclusters.platform.policy.domain.phrases import Evidence, rationale
from alpclusters.platform.policy.domain.texts import columns, filled_words, set_words
from alpclusters.platform.policy.models import Finding, Level, Recommendation
from alpclusters.platform.trail.domain.edges import tie_all
from alpclusters.platform.trail.models import Edge

PREFIX: Final = "E"
TEXTS: Final = ("title", "text", "rationale")
EDITABLE: Final = (*columns(TEXTS), "level", "addressee")


class EditConflictError(StateError):
    """Somebody saved in the meantime; ``theirs`` is what is stored now."""

    def __init__(self, theirs: Recommendation) -> None:
        super().__init__("recommendation.changed_meanwhile", found=str(theirs.version))
        self.theirs = theirs


@transaction.atomic
def derive_recommendations(
    snapshot: Snapshot, measures: Sequence[Measure], *, by: User | None, now: datetime
) -> list[Recommendation]:
    """Draft one recommendation per measure, with its findings and the reasons in numbers.

    Title and text begin as name and description of the measure; people then write who should
    do what. A measure that has a recommendation from this snapshot keeps it.

    Raises
    ------
    InputError
        A measure of which the snapshot shows nothing (``recommendation.no_evidence``).
    """
    # Codes are counted per project: two derivations at once would give the same one twice.
    project = Project.objects.select_for_update(of=("self",)).get(pk=snapshot.cafe.project_id)
    return [_derive(snapshot, project, measure, by=by, now=now) for measure in measures]


def _derive(
    snapshot: Snapshot, project: Project, measure: Measure, *, by: User | None, now: datetime
) -> Recommendation:
    findings = derive_findings(snapshot, measure, by=by, now=now)
    if not findings:
        code = "recommendation.no_evidence"
        raise InputError(code, where=Where(argument="measures"), found=measure.key)
    known = Recommendation.objects.filter(findings__in=findings).order_by("pk").first()
    if known is not None:
        return known
    drafted = _draft(snapshot, project, measure, findings)
    drafted.created_by = by
    _save(drafted, by=by)
    drafted.findings.set(findings)
    tie_all(Edge.Kind.GROUNDS, findings, drafted, by=by, now=now)
    return drafted


def _draft(
    snapshot: Snapshot, project: Project, measure: Measure, findings: Sequence[Finding]
) -> Recommendation:
    codes = project.recommendations.order_by().values_list("code", flat=True)
    draft = Recommendation(
        project=project, code=f"{PREFIX}{next_number(codes, PREFIX)}", level=Level.REGIONAL
    )
    evaluation = evaluation_of(snapshot)
    names = {result.pk: result.names for result in evaluation.criteria}
    evidence = [
        Evidence(
            names[f.criterion_id],
            f.n,
            f.cannot_judge_share,
            f.estimate,
            f.low,
            f.high,
            is_model=f.convention == MODEL,
        )
        for f in findings
    ]
    set_words(draft, "title", filled_words(measure, "name"))
    set_words(draft, "text", filled_words(measure, "description"))
    set_words(draft, "rationale", rationale(evaluation.title, snapshot.number, evidence))
    return draft


@transaction.atomic
def edit_recommendation(
    recommendation: Recommendation, changes: Mapping[str, str], *, version: int, by: User | None
) -> Recommendation:
    """Change texts, level or addressee of a recommendation.

    Raises
    ------
    EditConflictError
        The stored version is not the one that was edited; nothing is saved.
    """
    current = _locked(recommendation)
    if current.version != version:
        raise EditConflictError(current)
    for name in EDITABLE:
        if name in changes:
            setattr(current, name, changes[name])
    if current.state == Recommendation.State.REJECTED:
        current.state = Recommendation.State.DRAFT
    current.version += 1
    _save(current, by=by)
    return current


@transaction.atomic
def adopt_recommendation(recommendation: Recommendation, *, by: User | None) -> Recommendation:
    """Agree on a recommendation, so that actions can carry it."""
    return _decide(recommendation, Recommendation.State.ADOPTED, reason="", by=by)


@transaction.atomic
def reject_recommendation(
    recommendation: Recommendation, *, reason: str, by: User | None
) -> Recommendation:
    """Reject a recommendation; the reason is kept and shown.

    Raises
    ------
    InputError
        No reason (``recommendation.no_reason``).
    StateError
        An action of a plan carries it (``recommendation.in_plan``).
    """
    if not reason.strip():
        code = "recommendation.no_reason"
        raise InputError(code, where=Where(field="rejected_reason"))
    if recommendation.actions.exists():
        code = "recommendation.in_plan"
        raise StateError(code)
    return _decide(recommendation, Recommendation.State.REJECTED, reason=reason.strip(), by=by)


def _decide(
    recommendation: Recommendation, state: str, *, reason: str, by: User | None
) -> Recommendation:
    current = _locked(recommendation)
    current.state = state
    current.rejected_reason = reason
    current.version += 1
    _save(current, by=by)
    return current


def _locked(recommendation: Recommendation) -> Recommendation:
    """Fetch the stored row; of two editors the second waits and then sees the first's version."""
    rows = Recommendation.objects.select_for_update(of=("self",))
    return rows.select_related("project").get(pk=recommendation.pk)


def _save(recommendation: Recommendation, *, by: User | None) -> None:
    recommendation._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001 - its interface
    recommendation.save()
