from django.apps import AppConfig


class CafeConfig(AppConfig):
    name = "alpclusters.platform.cafe"
    label = "cafe"

    def ready(self) -> None:
        """Say what is kept about people, with an account and without."""
        from alpclusters.platform.cafe.domain.invitations import LISTS, OWN_DATA  # noqa: PLC0415 - models first
        from alpclusters.platform.privacy import keep_lists, keep_own_data  # noqa: PLC0415 - likewise

        keep_own_data(OWN_DATA)
        keep_lists(LISTS)
