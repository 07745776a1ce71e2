from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "alpclusters.platform.policy"
    label = "policy"
