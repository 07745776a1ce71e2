from django.apps import AppConfig


class WwwConfig(AppConfig):
    name = "alpclusters.www"
    label = "www"

    def ready(self) -> None:
        """Join the style sheets where one of them is newer."""
        from alpclusters.www.components.styles import ensure_joined  # noqa: PLC0415 - here only

        ensure_joined()
