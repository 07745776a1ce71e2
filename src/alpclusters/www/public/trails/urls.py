from django.urls import path

from alpclusters.www.public.trails import views

urlpatterns = [
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("trail/<slug:kind>/<int:pk>/<slug:station>/", views.trail_station, name="trail-station"),
]
