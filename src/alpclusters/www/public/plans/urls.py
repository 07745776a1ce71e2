from django.urls import URLPattern, path

from alpclusters.www.public.plans import views

urlpatterns: list[URLPattern] = [
    path("plans/", views.plans, name="plans"),
    path("plans/<slug:slug>/", views.plan, name="plan"),
    path("plans/<slug:slug>/<slug:format>", views.plan_file, name="plan_file"),
    path("recommendations/<int:pk>/", views.recommendation, name="recommendation"),
]
