from django.urls import URLPattern, path

from alpclusters.www.public.plans import views

urlpatterns: list[URLPattern] = [
    path("plans/", views.plans, name="plans"),
    path("plans/<slug:slug>/", views.plan, name="plan"),
    path("plans/<slug:slug>/views/<slug:kind>/", views.plan_view, name="plan-view"),
    path("plans/<slug:slug>/progress/", views.plan_progress, name="plan-progress"),
    path("plans/<slug:slug>/actions/<slug:code>/", views.plan_action, name="plan-action"),
    path("plans/<slug:slug>/changes.atom", views.plan_feed, name="plan-feed"),
    path("plans/<slug:slug>/embed/", views.plan_embed, name="plan-embed"),
    path("plans/<slug:slug>/data/<slug:name>.<slug:kind>", views.plan_data, name="plan-data-file"),
    path("plans/<slug:slug>/<slug:format>", views.plan_file, name="plan_file"),
]
