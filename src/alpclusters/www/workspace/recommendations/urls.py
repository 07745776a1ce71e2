from django.urls import URLPattern, path

from alpclusters.www.workspace.recommendations import (
    editor,
    findings,
    recommendation_pages,
    translations,
)
from alpclusters.www.workspace.recommendations import findings as denominators
from alpclusters.www.workspace.recommendations import translations as versions

urlpatterns: list[URLPattern] = [
    path(
        "projects/<slug:slug>/recommendations/",
        recommendation_pages.recommendations,
        name="recommendations",
    ),
    path(
        "projects/<slug:slug>/recommendations/new/",
        editor.recommendation_create,
        name="recommendation_create",
    ),
    path("projects/<slug:slug>/findings/", findings.findings, name="findings"),
    path(
        "projects/<slug:slug>/findings/new/<slug:kind>/",
        findings.finding_create,
        name="finding_create",
    ),
    path("projects/<slug:slug>/denominators/", denominators.denominators, name="denominators"),
    path(
        "snapshots/<int:pk>/recommendations/",
        recommendation_pages.recommendation_derive,
        name="recommendation_derive",
    ),
    path("findings/<int:pk>/", findings.finding_edit, name="finding_edit"),
    path("findings/<int:pk>/supersede/", findings.finding_supersede, name="finding_supersede"),
    path("recommendations/<int:pk>/", recommendation_pages.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/edit/", editor.recommendation_edit, name="recommendation_edit"),
    path(
        "recommendations/<int:pk>/draft/", editor.recommendation_draft, name="recommendation_draft"
    ),
    path(
        "recommendations/<int:pk>/conflict/",
        editor.recommendation_conflict,
        name="recommendation_conflict",
    ),
    path(
        "recommendations/<int:pk>/versions/",
        versions.recommendation_versions,
        name="recommendation_versions",
    ),
    path(
        "recommendations/<int:pk>/translations/",
        translations.recommendation_translations,
        name="recommendation_translations",
    ),
]
