from django.urls import path

from alpclusters.www.workspace.duplicates import merging, views

urlpatterns = [
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/look/", views.duplicates_look, name="duplicates-look"),
    path("duplicates/<int:pk>/", views.duplicate, name="duplicate"),
    path("duplicates/merges/", merging.merges, name="merges"),
    path("duplicates/merges/<int:pk>/undo/", merging.merge_undo, name="merge-undo"),
]
