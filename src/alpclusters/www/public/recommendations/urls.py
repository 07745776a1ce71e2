from django.urls import URLPattern, path

from alpclusters.www.public.recommendations import views

urlpatterns: list[URLPattern] = [
    path("recommendations/", views.recommendations, name="recommendations"),
    path("recommendations/<int:pk>/", views.recommendation, name="recommendation"),
    path(
        "recommendations/<int:pk>/versions/",
        views.recommendation_versions,
        name="recommendation_versions",
    ),
]
