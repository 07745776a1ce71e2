from django.urls import path

from alpclusters.www.public.initiatives import views

urlpatterns = [
    path("initiatives/", views.initiatives, name="initiatives"),
    path("initiatives/export.<slug:kind>", views.export, name="initiatives-export"),
    path("initiatives/activities.<slug:kind>", views.export_activities, name="activities-export"),
    path("initiatives/feed.xml", views.feed, name="initiatives-feed"),
    path("initiatives/<slug:key>/", views.initiative, name="initiative"),
    path("initiatives/<slug:key>/citation.<slug:kind>", views.citation, name="initiative-citation"),
]
