from django.urls import URLPattern, path

from alpclusters.www.workspace.policy import actions, plans, recommendations

urlpatterns: list[URLPattern] = [
    path(
        "projects/<slug:slug>/recommendations/",
        recommendations.recommendations,
        name="recommendations",
    ),
    path(
        "snapshots/<int:pk>/recommendations/",
        recommendations.recommendation_derive,
        name="recommendation_derive",
    ),
    path(
        "recommendations/<int:pk>/", recommendations.recommendation_edit, name="recommendation_edit"
    ),
    path("plans/", plans.plans, name="plans"),
    path("projects/<slug:slug>/plans/new/", plans.plan_create, name="plan_create"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/publish/", plans.plan_publish, name="plan_publish"),
    path("plans/<int:pk>/withdraw/", plans.plan_withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/version/", plans.plan_new_version, name="plan_new_version"),
    path("plans/<int:pk>/actions/", actions.action_add, name="action_add"),
    path("actions/<int:pk>/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/move/", actions.action_move, name="action_move"),
]
