from django.urls import path

from alpclusters.www.workspace.stakeholders import (
    adding,
    coverage,
    exporting,
    grid,
    importing,
    people,
    views,
)

_BASE = "projects/<slug:slug>/stakeholders/"

urlpatterns = [
    path(_BASE, views.stakeholders, name="stakeholders"),
    path(f"{_BASE}new/", adding.stakeholder_add, name="stakeholder-add"),
    path(f"{_BASE}import/", importing.stakeholder_import, name="stakeholder-import"),
    path(f"{_BASE}grid/", grid.stakeholder_grid, name="stakeholder-grid"),
    path(f"{_BASE}coverage/", coverage.stakeholder_coverage, name="stakeholder-coverage"),
    path(f"{_BASE}export.<str:format>", exporting.stakeholder_export, name="stakeholder-export"),
    path(f"{_BASE}people/", people.stakeholder_people, name="stakeholder-people"),
    path(f"{_BASE}people/<int:pk>/", people.stakeholder_person, name="stakeholder-person"),
    path(
        f"{_BASE}people/<int:pk>/data.json",
        people.stakeholder_person_export,
        name="stakeholder-person-export",
    ),
    path(f"{_BASE}<int:pk>/", views.stakeholder_edit, name="stakeholder-edit"),
    path(
        f"{_BASE}<int:pk>/people/new/", people.stakeholder_person_add, name="stakeholder-person-add"
    ),
]
