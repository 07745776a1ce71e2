from django.urls import path

from alpclusters.www.workspace.network_regions import views

_PAIR = "network/regions/pair/<slug:pair>/"
urlpatterns = [
    path("network/regions/", views.network, name="network"),
    path(_PAIR, views.pair, name="network-pair"),
    path(f"{_PAIR}export.<slug:kind>", views.pair_export, name="network-pair-export"),
    path("network/regions/export/<slug:what>.<slug:kind>", views.export, name="network-export"),
]
