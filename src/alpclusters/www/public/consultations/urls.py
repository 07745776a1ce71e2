from django.urls import URLPattern, path

from alpclusters.www.public.consultations import views

urlpatterns: list[URLPattern] = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/<int:pk>/", views.consultation, name="consultation"),
    path(
        "consultations/invited/<str:token>/",
        views.consultation_invited,
        name="consultation-invited",
    ),
    path(
        "consultations/comment/<str:token>/",
        views.consultation_comment,
        name="consultation-comment",
    ),
]
