from django.urls import path

from alpclusters.www.public.funding import views

urlpatterns = [
    path("funding/", views.funding, name="funding"),
    path("funding/export.<slug:kind>", views.export, name="funding-export"),
    path("funding/feed.atom", views.feed, name="funding-feed"),
    path("funding/calendar/", views.calendar, name="funding_calendar"),
    path("funding/calendar.ics", views.calendar_file, name="funding-calendar-file"),
    path("funding/programmes/<slug:key>/", views.programme, name="programme"),
    path("funding/calls/<slug:key>/", views.call, name="call"),
    path("funding/calls/<slug:key>/calendar.ics", views.call_file, name="call-calendar"),
    path("funding/offers/<slug:key>/", views.offer, name="offer"),
    path("funding/offers/<slug:key>/terms.json", views.terms, name="offer-terms"),
]
