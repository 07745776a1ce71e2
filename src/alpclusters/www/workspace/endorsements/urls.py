from django.urls import URLPattern, path

from alpclusters.www.workspace.endorsements import views

urlpatterns: list[URLPattern] = [
    path(
        "recommendations/<int:pk>/endorsements/",
        views.recommendation_endorsements,
        name="recommendation-endorsements",
    ),
    path("plans/<int:pk>/endorsements/", views.plan_endorsements, name="plan-endorsements"),
]
