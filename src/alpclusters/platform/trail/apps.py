from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "alpclusters.platform.trail"
    label = "trail"
