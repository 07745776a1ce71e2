from django.urls import path

from alpclusters.www.public.network import views

_PAIR = "network/pair/<slug:pair>/"
_ONE = "network/organisation/<int:pk>/"
urlpatterns = [
    path("network/", views.network, name="network"),
    path("network/overview/", views.overview, name="network-overview"),
    path("network/roles/", views.roles, name="network-roles"),
    path("network/change/", views.change, name="network-change"),
    path(_PAIR, views.pair, name="network-pair"),
    path(f"{_PAIR}export.<slug:kind>", views.pair_export, name="network-pair-export"),
    path(_ONE, views.organisation, name="network-organisation"),
    path(
        f"{_ONE}export.<slug:kind>", views.organisation_export, name="network-organisation-export"
    ),
    path("network/export/<slug:what>.<slug:kind>", views.export, name="network-export"),
]
