from django.urls import path

from alpclusters.www.public.cafes import events, papers, registering

urlpatterns = [
    path("cafes/", events.cafes, name="cafes"),
    path("cafes/<int:pk>/", events.cafe, name="cafe"),
    path("cafes/<int:pk>/register/", registering.cafe_register, name="cafe_register"),
    path(
        "cafes/<int:pk>/register/<str:secret>/",
        registering.cafe_register_link,
        name="cafe_register_link",
    ),
    path("cafes/<int:pk>/calendar.ics", registering.cafe_calendar, name="cafe_calendar"),
    path(
        "cafes/<int:pk>/protocol/<slug:language>/<slug:format>",
        papers.cafe_protocol,
        name="cafe_protocol",
    ),
    path("cafes/<int:pk>/open-data.zip", papers.cafe_data, name="cafe_data"),
    path("cafes/<int:pk>/cards/", papers.cafe_cards, name="cafe_cards"),
    path("cafes/<int:pk>/cards/<str:public_id>/", papers.cafe_card, name="card_trail"),
]
