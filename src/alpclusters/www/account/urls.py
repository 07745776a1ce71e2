"""Signing in and out, by allauth; the door of the first administrator."""

from django.urls import include, path

from alpclusters.www.account import devices, views

urlpatterns = [
    path("administrator/<str:token>/", views.administrator_link, name="administrator_link"),
    path("devices/", devices.devices, name="account_devices"),
    path("", include("allauth.account.urls")),
]
