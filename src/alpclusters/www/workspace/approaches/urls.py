from django.urls import URLPattern, path

from alpclusters.www.workspace.approaches import views

urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/approaches/", views.approaches, name="approaches"),
    path("projects/<slug:slug>/approaches/new/", views.approach_new, name="approach-new"),
    path("approaches/<int:pk>/", views.approach, name="approach"),
    path("approaches/<int:pk>/edit/", views.approach_edit, name="approach-edit"),
]
