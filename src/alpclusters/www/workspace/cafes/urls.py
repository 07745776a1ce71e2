from django.urls import path

from alpclusters.www.workspace.cafes import editing, running, views

urlpatterns = [
    path("cafes/", views.cafes, name="cafes"),
    path("cafes/new/", editing.cafe_create, name="cafe_create"),
    path("cafes/<int:pk>/", views.cafe, name="cafe"),
    path("cafes/<int:pk>/edit/", editing.cafe_edit, name="cafe_edit"),
    path("cafes/<int:pk>/open/", running.cafe_open, name="cafe_open"),
    path("cafes/<int:pk>/close/", running.cafe_close, name="cafe_close"),
    path("cafes/<int:pk>/reopen/", running.cafe_reopen, name="cafe_reopen"),
    path("cafes/<int:pk>/live/", views.cafe_live, name="cafe_live"),
    path("cafes/<int:pk>/qr.svg", views.cafe_qr, name="cafe_qr"),
    path("cafes/<int:pk>/sheet/", views.cafe_sheet, name="cafe_sheet"),
]
