from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "alpclusters.platform.trust"
    label = "trust"

    def ready(self) -> None:
        """Write into the log what Django and allauth tell; say what the database has to refuse."""
        from alpclusters.platform.triggers import keep_triggers  # noqa: PLC0415 - likewise
        from alpclusters.platform.trust.signals import connect  # noqa: PLC0415 - models first
        from alpclusters.platform.trust.triggers import trust_triggers  # noqa: PLC0415 - likewise

        connect()
        keep_triggers(trust_triggers)
