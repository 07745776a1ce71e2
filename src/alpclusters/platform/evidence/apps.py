from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "alpclusters.platform.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Say which triggers the database has to have."""
        from alpclusters.platform.evidence.domain.search.schema import catch_up, search_triggers  # noqa: PLC0415 - models first
        from alpclusters.platform.triggers import keep_triggers  # noqa: PLC0415 - likewise

        keep_triggers(search_triggers, catch_up=catch_up)
