from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "alpclusters.platform.network"
    label = "network"

    def ready(self) -> None:
        """Watch what makes a network another one; say what is kept about people."""
        from alpclusters.platform.network.changes import watch, watch_texts  # noqa: PLC0415 - needs the models
        from alpclusters.platform.network.domain.own_network import OWN_DATA  # noqa: PLC0415 - models first
        from alpclusters.platform.privacy import keep_own_data  # noqa: PLC0415 - likewise

        watch()
        watch_texts()
        keep_own_data(OWN_DATA)
