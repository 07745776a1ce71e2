"""Addresses of the component page; included only where COMPONENTS_PAGE is on."""

from django.urls import path

from alpclusters.www.components import views

app_name = "components"
urlpatterns = [
    path("", views.index, name="index"),
    path("phone/", views.phone, name="phone"),
    path("error/<int:status>/", views.error, name="error"),
]
