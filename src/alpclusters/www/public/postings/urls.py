from django.urls import path

from alpclusters.www.public.postings import acting, views

urlpatterns = [
    path("network/postings/", views.postings, name="postings"),
    path("network/postings/export.<slug:kind>", views.export, name="postings-export"),
    path("network/postings/feed.atom", views.feed, name="postings-feed"),
    path("network/postings/<int:pk>/", views.posting, name="posting"),
    path("network/postings/<int:pk>/follow/", acting.follow, name="posting-follow"),
    path("network/postings/<int:pk>/interest/", acting.interest, name="posting-interest"),
    path("network/postings/<int:pk>/report/", acting.report, name="posting-report"),
]
