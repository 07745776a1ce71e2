from django.urls import path

from alpclusters.www.public.measures import views

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/<slug:key>/", views.measure, name="measure"),
]
