from django.urls import path

from alpclusters.www.workspace.stakeholders import (
    coverage,
    people,
    stakeholder_list,
    stakeholder_page,
)
from alpclusters.www.workspace.stakeholders import coverage as grid

_BASE = "projects/<slug:slug>/stakeholders/"

urlpatterns = [
    path(_BASE, stakeholder_page.stakeholders, name="stakeholders"),
    path(f"{_BASE}new/", stakeholder_page.stakeholder_add, name="stakeholder-add"),
    path(f"{_BASE}import/", stakeholder_page.stakeholder_import, name="stakeholder-import"),
    path(f"{_BASE}grid/", grid.stakeholder_grid, name="stakeholder-grid"),
    path(f"{_BASE}coverage/", coverage.stakeholder_coverage, name="stakeholder-coverage"),
    path(
        f"{_BASE}export.<str:format>",
        stakeholder_list.stakeholder_export,
        name="stakeholder-export",
    ),
    path(f"{_BASE}people/", people.stakeholder_people, name="stakeholder-people"),
    path(f"{_BASE}people/<int:pk>/", people.stakeholder_person, name="stakeholder-person"),
    path(
        f"{_BASE}people/<int:pk>/data.json",
        people.stakeholder_person_export,
        name="stakeholder-person-export",
    ),
    path(f"{_BASE}<int:pk>/", stakeholder_page.stakeholder_edit, name="stakeholder-edit"),
    path(
        f"{_BASE}<int:pk>/people/new/", people.stakeholder_person_add, name="stakeholder-person-add"
    ),
]
