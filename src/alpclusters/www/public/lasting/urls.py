from django.urls import path

from alpclusters.www.public.lasting import views

urlpatterns = [
    path("network/lasting/", views.lasting, name="lasting"),
    path("network/lasting/curve.<slug:kind>", views.export, name="lasting-export"),
    path("network/lasting/project/<slug:slug>/", views.of_project, name="lasting-project"),
    path("network/lasting/programme/<slug:key>/", views.of_programme, name="lasting-programme"),
    path("network/lasting/initiative/<slug:key>/", views.of_initiative, name="lasting-initiative"),
]
