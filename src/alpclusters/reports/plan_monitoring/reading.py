"""Read a snapshot of a plan for its report."""

from alpclusters.platform.policy.domain.monitoring.snapshots import read_content
from alpclusters.platform.policy.domain.monitoring.verifying import verify_plan
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import ActionPlan, PlanSnapshot, ProgressReport
from alpclusters.reports.plan_monitoring.subject import (
    ChainLink,
    MonitoringSubject,
    ReportedWords,
)


def read_monitoring(plan: ActionPlan, *, number: int | None = None) -> MonitoringSubject | None:
    """Read the newest snapshot of a plan, or one by its number; None where there is none.

    Parameters
    ----------
    plan : ActionPlan
        With its project loaded.
    number : int, optional
    """
    rows = plan.snapshots.order_by("number")
    snapshots = list(rows if number is None else rows.filter(number__lte=number))
    if not snapshots or (number is not None and snapshots[-1].number != number):
        return None
    newest = snapshots[-1]
    before = snapshots[-2] if len(snapshots) > 1 else None
    return MonitoringSubject(
        content=read_content(newest),
        before=read_content(before) if before else None,
        number=newest.number,
        digest=newest.digest,
        made_at=newest.made_at,
        words=_words(plan, newest),
        chain=tuple(_link(plan, one, snapshots) for one in snapshots),
        is_whole=verify_plan(plan).is_whole,
        project=plan.project.slug,
        acronym=plan.project.acronym,
    )


def _words(plan: ActionPlan, snapshot: PlanSnapshot) -> dict[str, ReportedWords]:
    rows = ProgressReport.objects.filter(action__plan=plan, reported_at__lte=snapshot.made_at)
    return {
        report.action.code: ReportedWords(report.language, report.obstacles, report.next_step)
        for report in rows.select_related("action").order_by("confirmed_on", "pk")
    }


def _link(plan: ActionPlan, one: PlanSnapshot, known: list[PlanSnapshot]) -> ChainLink:
    numbers = {snapshot.pk: snapshot.number for snapshot in known}
    corrects = numbers.get(one.corrects_id) if one.corrects_id else None
    return ChainLink(one.number, today_of(plan, one.made_at), one.digest, corrects)
