from django.urls import URLPattern, path

from alpclusters.www.workspace.consultations import views

urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/consultations/", views.consultations, name="consultations"),
    path(
        "projects/<slug:slug>/consultations/new/", views.consultation_new, name="consultation-new"
    ),
    path("consultations/<int:pk>/", views.consultation, name="consultation"),
    path("consultations/<int:pk>/edit/", views.consultation_edit, name="consultation-edit"),
]
