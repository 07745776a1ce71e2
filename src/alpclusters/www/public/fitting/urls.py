from django.urls import path

from alpclusters.www.public.fitting import views

urlpatterns = [
    path(
        "directory/organisations/<int:pk>/funding/",
        views.organisation_fitting,
        name="organisation_fitting",
    ),
    path("measures/<slug:key>/funding/", views.measure_fitting, name="measure_fitting"),
    path("plans/actions/<int:pk>/funding/", views.action_fitting, name="action_fitting"),
]
