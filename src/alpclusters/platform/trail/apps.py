from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "alpclusters.platform.trail"
    label = "trail"

    def ready(self) -> None:
        """Refuse ties between what is invented and what is real, whoever saves them."""
        from alpclusters.platform.world_guard import watch_worlds  # noqa: PLC0415 - needs the apps

        watch_worlds()
