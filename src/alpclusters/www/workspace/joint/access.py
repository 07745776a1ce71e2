"""Whose joint runs one may see, and what all their pages begin with."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.case_files import read_case
from alpclusters.platform.funding.domain.case_offers.titles import with_titles
from alpclusters.platform.funding.models import JointRun
from alpclusters.platform.funding.rules import visible_joint_runs
from alpclusters.reports.funding.joint import JointSubject
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.funding_cases.access import list_crumbs
from alpclusters.www.workspace.mixes.words import language

PLAN = "funding.plan"


def own_runs(request: HttpRequest) -> QuerySet[JointRun]:
    """List the joint runs of one's projects, newest first."""
    rows = visible_joint_runs(request.user).select_related("project", "asked_by")
    return rows.order_by("-asked_at", "-pk")


def own_run(request: HttpRequest, pk: int, right: str = "") -> JointRun:
    """Return a joint run of one's projects: 404 if not visible, 403 if not allowed."""
    found = get_object_or_404(own_runs(request), pk=pk)
    if right and not request.user.has_perm(right, found.project):
        raise PermissionDenied
    return found


def subject_of(run: JointRun) -> JointSubject:
    """Return the answer of a run in the reader's language."""
    cases = {
        one["key"]: with_titles(read_case(one["data"]), language()) for one in run.asked["cases"]
    }
    asked = {**run.asked, "project": run.project.slug}
    return JointSubject(asked, run.result or {}, cases, language())


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to the joint runs."""
    here = reverse("workspace:joint_cases") if last else ""
    return list_crumbs(Crumb(_("Several cases on one account"), here), *last)


def frame(request: HttpRequest, run: JointRun) -> dict[str, Any]:
    """Return head and place of a page of a run."""
    versions = {one["case"]: one["version"] for one in run.asked["cases"]}
    now = dict(run.project.funding_cases.filter(pk__in=versions).values_list("pk", "version"))
    return {
        "run": run,
        "cases": run.asked["cases"],
        "is_outdated": now != versions,
        "crumbs": crumbs(Crumb(str(run))),
        "simulated": run.project.is_simulated,
        "may_plan": request.user.has_perm(PLAN, run.project),
        "section": "funding",
    }
