from django.urls import path

from alpclusters.www.public.sources import views

urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("sources/<slug:key>/", views.source, name="source"),
    path("sources/<slug:key>/citation.<slug:kind>", views.citation, name="source-citation"),
]
