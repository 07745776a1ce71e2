from django.urls import URLPattern, path

from alpclusters.www.workspace.second_cafes import views

urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/recommendations/cafe/", views.second_cafe, name="second-cafe"),
]
