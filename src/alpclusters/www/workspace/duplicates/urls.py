from django.urls import path

from alpclusters.www.workspace.duplicates import merging, units, views

urlpatterns = [
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/look/", views.duplicates_look, name="duplicates-look"),
    path("duplicates/<int:pk>/", views.duplicate, name="duplicate"),
    path("duplicates/units/", units.units, name="units"),
    path("duplicates/units/<int:pk>/end/", units.unit_end, name="unit-end"),
    path("duplicates/merges/", merging.merges, name="merges"),
    path("duplicates/merges/<int:pk>/undo/", merging.merge_undo, name="merge-undo"),
]
