from django.urls import path

from alpclusters.www.workspace.cafes.prepare import (
    common,
    guests,
    invitations,
    margins,
    programme,
    seats,
)
from alpclusters.www.workspace.cafes.prepare import invitations as stakeholders
from alpclusters.www.workspace.cafes.prepare import margins as official

urlpatterns = [
    path("cafes/<int:pk>/prepare/", common.cafe_prepare, name="cafe_prepare"),
    path("cafes/<int:pk>/questions/", programme.cafe_questions, name="cafe_questions"),
    path("cafes/<int:pk>/guests/", guests.cafe_guests, name="cafe_guests"),
    path("cafes/<int:pk>/guests/<int:number>/", guests.cafe_guest, name="cafe_guest"),
    path("cafes/<int:pk>/tables/", programme.cafe_tables, name="cafe_tables"),
    path("cafes/<int:pk>/tables/<int:number>/", programme.cafe_table, name="cafe_table"),
    path("cafes/<int:pk>/seats/", seats.cafe_seats, name="cafe_seats"),
    path("cafes/<int:pk>/agenda/", programme.cafe_agenda, name="cafe_agenda"),
    path("cafes/<int:pk>/margins/", margins.cafe_margins, name="cafe_margins"),
    path("cafes/<int:pk>/margins/official/", official.cafe_official, name="cafe_official"),
    path("cafes/<int:pk>/invitations/", invitations.cafe_invitations, name="cafe_invitations"),
    path(
        "cafes/<int:pk>/invitations/stakeholders/",
        stakeholders.cafe_stakeholders,
        name="cafe_stakeholders",
    ),
    path(
        "cafes/<int:pk>/invitations/<int:number>/",
        invitations.cafe_invitation,
        name="cafe_invitation",
    ),
]
