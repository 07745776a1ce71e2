from django.apps import AppConfig


class CafeConfig(AppConfig):
    name = "alpclusters.platform.cafe"
    label = "cafe"
