from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "alpclusters.platform.territory"
    label = "territory"
