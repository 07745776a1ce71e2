from django.urls import URLPattern, path

from alpclusters.www.workspace.evaluations import views

urlpatterns: list[URLPattern] = [
    path("cafes/<int:pk>/evaluate/", views.evaluate, name="evaluate"),
    path("snapshots/<int:pk>/", views.snapshot, name="snapshot"),
    path("snapshots/<int:pk>/release/", views.snapshot_release, name="snapshot_release"),
]
