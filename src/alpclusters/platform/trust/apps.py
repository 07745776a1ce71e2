from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "alpclusters.platform.trust"
    label = "trust"
