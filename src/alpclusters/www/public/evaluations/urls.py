from django.urls import URLPattern, path

from alpclusters.www.public.evaluations import views

urlpatterns: list[URLPattern] = [
    path("evaluations/<int:pk>/", views.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/<slug:format>", views.evaluation_file, name="evaluation_file"),
    path("projects/<slug:slug>/common-denominators/", views.common, name="common"),
    path(
        "projects/<slug:slug>/common-denominators/<slug:format>",
        views.common_file,
        name="common_file",
    ),
]
