from django.urls import path

from alpclusters.www.public.projects import views

urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects/<slug:slug>/", views.project, name="project"),
]
