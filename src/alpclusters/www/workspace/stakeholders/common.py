"""What all stakeholder pages share: the right, the tabs, the way there, the words for grades."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation, Stakeholder
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.www.components.parts import Crumb, Tab

TABS: Final = (
    ("stakeholders", gettext_lazy("List")),
    ("stakeholder-grid", gettext_lazy("Influence and interest")),
    ("stakeholder-coverage", gettext_lazy("Who is missing?")),
    ("stakeholder-people", gettext_lazy("People and consent")),
)


def own_project(
    request: HttpRequest, slug: str, right: str = "actors.view_stakeholders"
) -> Project:
    """Return a project whose stakeholders one may see: 404 if not visible, 403 if not allowed."""
    project = get_object_or_404(visible_to(request.user), slug=slug)
    if not request.user.has_perm(right, project):
        raise PermissionDenied
    return project


def show(
    request: HttpRequest, project: Project, tab: str, context: dict[str, Any], *, part: str = ""
) -> HttpResponse:
    """Show a page about the stakeholders of a project; ``part`` names a page below the tab."""
    names = dict(TABS)
    own = reverse(f"workspace:{tab}", args=[project.slug])
    way = [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Projects"), reverse("workspace:projects")),
        Crumb(project.acronym, reverse("public:project", args=[project.slug])),
        Crumb(_("Stakeholders"), reverse("workspace:stakeholders", args=[project.slug])),
    ]
    if tab != "stakeholders":
        way.append(Crumb(names[tab], own if part else ""))
    if part:
        way.append(Crumb(part))
    shared = {
        "project": project,
        "tabs": tabs_of(project, tab),
        "crumbs": way,
        "simulated": project.is_simulated,
        "section": "projects",
    }
    template, status = context.pop("template"), context.pop("status", 200)
    return render(
        request, f"workspace/stakeholders/{template}.html", shared | context, status=status
    )


def tabs_of(project: Project, here: str) -> list[Tab]:
    """Return the four views of the map."""
    return [
        Tab(label, reverse(f"workspace:{name}", args=[project.slug]), is_current=name == here)
        for name, label in TABS
    ]


def own_language() -> str:
    """Return the reader's language, one of ours."""
    return nearest_language(get_language())


def grade(value: int | None) -> str:
    """Return the word for a grade of influence or interest."""
    return str(Stakeholder.Grade(value).label) if value else pgettext("grade", "unknown")


def audiences(keys: list[str]) -> str:
    """Name whom a project addresses in a stakeholder."""
    names = dict(Stakeholder.Audience.choices)
    return ", ".join(str(names[key]) for key in keys if key in names)


def place_of(body: Organisation) -> str:
    """Name the region of an organisation, or its country."""
    return body.region.name if body.region else body.country
