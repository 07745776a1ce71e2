from django.urls import URLPattern, path

from alpclusters.www.workspace.policy import action_page as actions
from alpclusters.www.workspace.policy import coverage, plans

urlpatterns: list[URLPattern] = [
    path("plans/", plans.plans, name="plans"),
    path("projects/<slug:slug>/plans/new/", plans.plan_create, name="plan_create"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/publish/", plans.plan_publish, name="plan_publish"),
    path("plans/<int:pk>/withdraw/", plans.plan_withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/version/", plans.plan_new_version, name="plan_new_version"),
    path("plans/<int:pk>/sign-off/", coverage.plan_sign_off, name="plan_sign_off"),
    path("plans/<int:pk>/left-out/", coverage.plan_left_out, name="plan_left_out"),
    path("plans/<int:pk>/actions/", plans.action_add, name="action_add"),
    path("actions/<int:pk>/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/end/", actions.action_end, name="action_end"),
    path("actions/<int:pk>/move/", actions.action_move, name="action_move"),
]
