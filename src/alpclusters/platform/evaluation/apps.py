from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "alpclusters.platform.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Say what is kept about people with an account; add the commands that show results."""
        from alpclusters.platform.cafe.domain.commands import add_commands  # noqa: PLC0415 - models first
        from alpclusters.platform.evaluation.domain.research_requests import OWN_DATA  # noqa: PLC0415 - likewise
        from alpclusters.platform.privacy import keep_own_data  # noqa: PLC0415 - likewise

        keep_own_data(OWN_DATA)
        add_commands("alpclusters.platform.evaluation.domain.hall_releases")
