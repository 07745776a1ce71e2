from django.urls import path

from alpclusters.www.workspace.cafes import cockpit, editing, live, papers, running
from alpclusters.www.workspace.cafes import editing as criteria
from alpclusters.www.workspace.cafes import running as rehearsing
from alpclusters.www.workspace.cafes.prepare.urls import urlpatterns as prepare

urlpatterns = [
    *prepare,
    path("cafes/", cockpit.cafes, name="cafes"),
    path("cafes/criteria/", criteria.criteria, name="criteria"),
    path("cafes/new/", editing.cafe_create, name="cafe_create"),
    path("cafes/<int:pk>/", cockpit.cafe, name="cafe"),
    path("cafes/<int:pk>/edit/", editing.cafe_edit, name="cafe_edit"),
    path("cafes/<int:pk>/open/", running.cafe_open, name="cafe_open"),
    path("cafes/<int:pk>/close/", running.cafe_close, name="cafe_close"),
    path("cafes/<int:pk>/reopen/", running.cafe_reopen, name="cafe_reopen"),
    path("cafes/<int:pk>/rehearse/", rehearsing.cafe_rehearse, name="cafe_rehearse"),
    path("cafes/<int:pk>/rehearse/end/", rehearsing.cafe_rehearse_end, name="cafe_rehearse_end"),
    path("cafes/<int:pk>/live/", live.cafe_live, name="cafe_live"),
    path("cafes/<int:pk>/live/act/", running.cafe_act, name="cafe_act"),
    path("cafes/<int:pk>/live/undo/<int:number>/", running.cafe_undo, name="cafe_undo"),
    path("cafes/<int:pk>/live/comments/", live.cafe_comments, name="cafe_comments"),
    path("cafes/<int:pk>/live/links/", live.cafe_links, name="cafe_links"),
    path("cafes/<int:pk>/live/numbers.json", live.cafe_numbers, name="cafe_numbers"),
    path("cafes/<int:pk>/seal/", running.cafe_seal, name="cafe_seal"),
    path("cafes/<int:pk>/seal/due/", running.cafe_seal_due, name="cafe_seal_due"),
    path("cafes/<int:pk>/qr.svg", cockpit.cafe_qr, name="cafe_qr"),
    path("cafes/<int:pk>/sheet/", cockpit.cafe_sheet, name="cafe_sheet"),
    path("cafes/<int:pk>/print/", papers.cafe_print, name="cafe_print"),
    path("cafes/<int:pk>/protocol/", papers.cafe_protocol, name="cafe_protocol"),
    path(
        "cafes/<int:pk>/protocol/approve/",
        papers.cafe_protocol_approve,
        name="cafe_protocol_approve",
    ),
    path(
        "cafes/<int:pk>/protocol/<int:number>/<slug:language>/<slug:format>",
        papers.cafe_protocol_file,
        name="cafe_protocol_file",
    ),
    path("cafes/<int:pk>/data/", cockpit.cafe_data, name="cafe_data"),
]
