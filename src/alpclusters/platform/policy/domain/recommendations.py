"""Derive recommendations from a snapshot or write them, edit them, decide on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.history import sign
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.domain.editing.saving import Outcome, save_edit
from alpclusters.platform.policy.domain.editing.things import (
    RECOMMENDATION,
    plain_values,
    set_values,
)
from alpclusters.platform.policy.domain.phrases import Evidence, rationale
from alpclusters.platform.policy.domain.proofs import MODEL, derive_findings
from alpclusters.platform.policy.domain.reasons import Reason, set_reason
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.domain.states import EDITABLE, allowed_from
from alpclusters.platform.policy.models import Finding, Level, Recommendation
from alpclusters.platform.trail.domain.edges import tie_all
from alpclusters.platform.trail.models import Edge

PREFIX: Final = "E"


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
    sign(drafted, by)
    drafted.save()
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
    criteria = {result.pk: result for result in evaluation.criteria}
    evidence = [
        Evidence(
            criteria[f.criterion_id or 0].names,
            criteria[f.criterion_id or 0].scale,
            f.n or 0,
            f.cannot_judge_share or 0.0,
            f.estimate,
            f.low,
            f.high,
            is_model=f.convention == MODEL,
        )
        for f in findings
    ]
    draft.title = draft.title.put(measure.name.filled())
    draft.text = draft.text.put(measure.description.filled())
    draft.rationale = draft.rationale.put(rationale(evaluation.title, snapshot.number, evidence))
    return draft


@transaction.atomic
def write_recommendation(
    project: Project,
    *,
    texts: Mapping[str, str],
    level: str = Level.REGIONAL,
    findings: Collection[Finding] = (),
    by: User | None,
    now: datetime,
) -> Recommendation:
    """Begin a recommendation by hand, on the findings chosen.

    Raises
    ------
    InputError
        No title in any language (``recommendation.no_title``).
    """
    owner = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    codes = owner.recommendations.order_by().values_list("code", flat=True)
    begun = Recommendation(
        project=owner, code=f"{PREFIX}{next_number(codes, PREFIX)}", level=level, created_by=by
    )
    set_values(begun, plain_values(texts, RECOMMENDATION), RECOMMENDATION)
    if not any(begun.title.each().values()):
        code = "recommendation.no_title"
        raise InputError(code, where=Where(field="title_en"))
    sign(begun, by)
    begun.save()
    ground_recommendation(begun, findings, by=by, now=now)
    return begun


def edit_recommendation(
    recommendation: Recommendation,
    changes: Mapping[str, Any],
    *,
    version: int,
    base: Mapping[str, Any] | None = None,
    by: User | None,
    now: datetime | None = None,
) -> Outcome[Recommendation]:
    """Change the texts and fields of a recommendation beside others who edit it.

    Returns
    -------
    Outcome
        With conflicts nothing was stored and what was typed is kept as a draft.

    Raises
    ------
    StateError
        Its text is decided or closed (``recommendation.closed``).
    """
    moment = now or timezone.now()
    return save_edit(
        recommendation,
        changes,
        RECOMMENDATION,
        version=version,
        base=base,
        by=by,
        now=moment,
        check=check_open,
    )


def check_open(current: Recommendation) -> None:
    """Refuse to rewrite a text that is decided or closed (``recommendation.closed``)."""
    if current.state not in EDITABLE:
        code = "recommendation.closed"
        raise StateError(code, found=current.state, expected=", ".join(allowed_from(current.state)))


@transaction.atomic
def set_conflicts(
    recommendation: Recommendation, others: Collection[Recommendation], *, by: User | None
) -> None:
    """Say with which others of the project a recommendation is in conflict; it holds both ways.

    Raises
    ------
    InputError
        Itself or one of another project (``recommendation.conflict``).
    """
    for other in others:
        if other.pk == recommendation.pk or other.project_id != recommendation.project_id:
            code = "recommendation.conflict"
            raise InputError(code, where=Where(field="conflicts_with"), found=other.code)
    recommendation.conflicts_with.set(others)
    note = ", ".join(other.code for other in others)
    sign(recommendation, by, reason=f"conflicts: {note or '–'}")
    recommendation.save()


@transaction.atomic
def explain_no_action(
    recommendation: Recommendation, *, reason: Reason, by: User | None
) -> Recommendation:
    """Say why nothing carries out a recommendation that was adopted; empty takes it back."""
    rows = Recommendation.objects.select_for_update(of=("self",))
    current = rows.get(pk=recommendation.pk)
    set_reason(current, "no_action_reason", reason)
    sign(current, by)
    current.save()
    return current
