from django.urls import path

from alpclusters.www.workspace.measures import views

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/<slug:key>/edit/", views.measure_edit, name="measure_edit"),
    path("measures/<slug:key>/history/", views.measure_history, name="measure_history"),
    path(
        "measures/<slug:key>/history/<int:version>/revert/",
        views.measure_revert,
        name="measure_revert",
    ),
]
