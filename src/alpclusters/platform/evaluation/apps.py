from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "alpclusters.platform.evaluation"
    label = "evaluation"
