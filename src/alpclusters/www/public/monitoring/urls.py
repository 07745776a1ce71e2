from django.urls import URLPattern, path

from alpclusters.www.public.monitoring import views

urlpatterns: list[URLPattern] = [
    path("plans/<slug:slug>/monitoring/", views.reports, name="plan-reports"),
    path("plans/<slug:slug>/monitoring/<int:number>/", views.report, name="plan-report"),
    path(
        "plans/<slug:slug>/monitoring/<int:number>/since/<int:before>/",
        views.changes,
        name="plan-report-changes",
    ),
    path(
        "plans/<slug:slug>/monitoring/<int:number>/content.json",
        views.content,
        name="plan-report-content",
    ),
]
