from django.urls import path

from alpclusters.www.public.regions import views

urlpatterns = [
    path("regions/", views.regions, name="regions"),
    path("regions/recode/", views.recode, name="recode"),
    path("regions/<slug:code>/", views.region, name="region"),
]
