"""Operation as a Django app: it has a table."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """The running of an installation."""

    name = "alpclusters.platform.operation"
    label = "operation"

    def ready(self) -> None:
        """Set the triggers that subjects need after each migration."""
        from alpclusters.platform.triggers import connect  # noqa: PLC0415 - signals need models

        connect(self)
