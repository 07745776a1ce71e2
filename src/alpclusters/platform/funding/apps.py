from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "alpclusters.platform.funding"
    label = "funding"

    def ready(self) -> None:
        """Say what is kept about people with an account, and what goes with a case."""
        from django.db.models.signals import post_delete  # noqa: PLC0415 - models first

        from alpclusters.platform.funding.domain.joint.asking import forget_case  # noqa: PLC0415 - likewise
        from alpclusters.platform.funding.domain.own_funding import OWN_DATA  # noqa: PLC0415 - likewise
        from alpclusters.platform.privacy import keep_own_data  # noqa: PLC0415 - likewise

        keep_own_data(OWN_DATA)
        post_delete.connect(forget_case, sender="funding.FundingCase")
