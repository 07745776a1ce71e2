from django.urls import path

from alpclusters.www.workspace.measures import pictures, views

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/<slug:key>/edit/", views.measure_edit, name="measure_edit"),
    path("measures/<slug:key>/picture/", pictures.measure_picture, name="measure_picture"),
    path(
        "measures/<slug:key>/picture/remove/",
        pictures.measure_picture_remove,
        name="measure_picture_remove",
    ),
    path("measures/<slug:key>/history/", views.measure_history, name="measure_history"),
    path(
        "measures/<slug:key>/history/<int:version>/revert/",
        views.measure_revert,
        name="measure_revert",
    ),
]
