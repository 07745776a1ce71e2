from django.urls import path

from alpclusters.www.public.directory import views

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/export.<slug:kind>", views.export, name="directory-export"),
    path("directory/feed.xml", views.feed, name="directory-feed"),
    path("directory/embed/", views.embed, name="directory-embed"),
    path("directory/searches/", views.save_search, name="directory-search-save"),
    path(
        "directory/searches/<int:pk>/remove/", views.remove_search, name="directory-search-remove"
    ),
]
