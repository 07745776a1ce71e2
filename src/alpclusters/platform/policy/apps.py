from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "alpclusters.platform.policy"
    label = "policy"

    def ready(self) -> None:
        """Follow cases, and say which triggers the database needs and what is kept about people."""
        from alpclusters.platform.policy.domain.funding_cases import watch_copies  # noqa: PLC0415 - models first
        from alpclusters.platform.policy.domain.own_policy import OWN_DATA  # noqa: PLC0415 - models first
        from alpclusters.platform.policy.triggers import policy_triggers  # noqa: PLC0415 - models first
        from alpclusters.platform.privacy import keep_own_data  # noqa: PLC0415 - likewise
        from alpclusters.platform.triggers import keep_triggers  # noqa: PLC0415 - likewise

        watch_copies()
        keep_triggers(policy_triggers)
        keep_own_data(OWN_DATA)
