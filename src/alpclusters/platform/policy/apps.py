from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "alpclusters.platform.policy"
    label = "policy"

    def ready(self) -> None:
        """Say which triggers the database has to have."""
        from alpclusters.platform.policy.triggers import policy_triggers  # noqa: PLC0415 - models first
        from alpclusters.platform.triggers import keep_triggers  # noqa: PLC0415 - likewise

        keep_triggers(policy_triggers)
