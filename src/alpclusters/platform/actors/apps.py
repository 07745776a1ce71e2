from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "alpclusters.platform.actors"
    label = "actors"

    def ready(self) -> None:
        """Say which triggers the database has to have, and what is kept about people."""
        from alpclusters.platform.actors.domain.claims import CLAIMS  # noqa: PLC0415 - models first
        from alpclusters.platform.actors.domain.directory.schema import catch_up, directory_triggers  # noqa: PLC0415 - models first
        from alpclusters.platform.actors.domain.people import PEOPLE  # noqa: PLC0415 - likewise
        from alpclusters.platform.privacy import keep_own_data  # noqa: PLC0415 - likewise
        from alpclusters.platform.triggers import keep_triggers  # noqa: PLC0415 - likewise

        keep_triggers(directory_triggers, catch_up=catch_up)
        keep_own_data(PEOPLE)
        keep_own_data(CLAIMS)
