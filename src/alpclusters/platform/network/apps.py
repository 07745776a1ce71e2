from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "alpclusters.platform.network"
    label = "network"
