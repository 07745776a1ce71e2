from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "alpclusters.platform.partnership"
    label = "partnership"

    def ready(self) -> None:
        """Say what is kept about people with an account."""
        from alpclusters.platform.partnership.domain.own_roles import ROLES  # noqa: PLC0415 - models first
        from alpclusters.platform.privacy import keep_own_data  # noqa: PLC0415 - likewise

        keep_own_data(ROLES)
