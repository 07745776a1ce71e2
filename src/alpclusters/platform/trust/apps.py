from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "alpclusters.platform.trust"
    label = "trust"

    def ready(self) -> None:
        """Write into the log what Django and allauth tell."""
        from alpclusters.platform.trust.signals import connect  # noqa: PLC0415 - models first

        connect()
