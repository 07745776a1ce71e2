from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "alpclusters.platform.partnership"
    label = "partnership"
