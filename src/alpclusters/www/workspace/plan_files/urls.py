from django.urls import URLPattern, path

from alpclusters.www.workspace.plan_files import views

urlpatterns: list[URLPattern] = [
    path("plans/<int:pk>/files/", views.plan_files, name="plan_files"),
    path("plans/<int:pk>/files/<str:kind>.<str:format>", views.plan_file, name="plan_file"),
]
