from django.urls import path

from alpclusters.www.public.measures import views

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/<slug:key>/picture.jpg", views.measure_picture, name="measure_picture"),
    path("measures/<slug:key>/", views.measure, name="measure"),
]
