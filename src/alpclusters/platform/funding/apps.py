from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "alpclusters.platform.funding"
    label = "funding"
