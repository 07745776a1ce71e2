from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "alpclusters.platform.evidence"
    label = "evidence"
