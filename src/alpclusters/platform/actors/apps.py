from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "alpclusters.platform.actors"
    label = "actors"
