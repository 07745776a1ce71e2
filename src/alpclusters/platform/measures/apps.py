from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "alpclusters.platform.measures"
    label = "measures"
