from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "alpclusters.platform.network"
    label = "network"

    def ready(self) -> None:
        """Watch what makes a network another one."""
        from alpclusters.platform.network.changes import watch  # noqa: PLC0415 - needs the models
        from alpclusters.platform.network.text_changes import (  # noqa: PLC0415 - likewise
            watch_texts,
        )

        watch()
        watch_texts()
