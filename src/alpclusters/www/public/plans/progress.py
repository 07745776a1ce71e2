"""The progress of a plan for the public: what is late, why, what its bodies say about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from alpclusters.platform.policy.domain.records import ReportLine
from alpclusters.platform.policy.domain.records.actions import report_line
from alpclusters.platform.policy.models import Action, ActionPlan
from alpclusters.reports.dates import format_date
from alpclusters.reports.plan_status import by_urgency
from alpclusters.www.public.plans.lists import is_late, late_lines
from alpclusters.www.public.plans.pages import figures_of, joint_of
from alpclusters.www.public.plans.readings import base_of, read_plan

N_LATE: Final = 20
N_REPORTS: Final = 12


def read_progress(plan: ActionPlan, page: str | None, *, now: datetime) -> dict[str, Any]:
    """Read what is late, the most urgent first, with the last report of each."""
    reading = read_plan(plan, now=now)
    urgent = [line for line in by_urgency(reading.record.outlines) if is_late(line)]
    shown = Paginator(urgent, N_LATE).get_page(page)
    record, language = reading.record, reading.language
    return {
        "reading": reading,
        "title": reading.title,
        "crumbs": reading.crumbs(_("Progress")),
        "page": shown,
        "late": late_lines(reading, list(shown)),
        "joint": joint_of(reading),
        "figures": figures_of(reading),
        "today": format_date(record.today, language),
        "convention": record.progress.convention,
        "url": reverse("public:plan", args=[plan.slug]),
    }


def reports_of(action: Action) -> Sequence[ReportLine]:
    """Return the last reports of an action, the newest first."""
    rows = action.reports.select_related("round").order_by("-confirmed_on", "-pk")[:N_REPORTS]
    return [report_line(report) for report in rows]


def frame_code(request: HttpRequest, plan: ActionPlan, title: str) -> str:
    """Return the line that others copy into their page."""
    line = '<iframe src="{}" title="{}" width="100%" height="480" loading="lazy"></iframe>'
    return format_html(
        line, base_of(request) + reverse("public:plan-embed", args=[plan.slug]), title
    )
