from django.apps import AppConfig


class WwwConfig(AppConfig):
    name = "alpclusters.www"
    label = "www"
