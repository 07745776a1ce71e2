"""Operation as a Django app: it has a table."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """The running of an installation."""

    name = "alpclusters.platform.operation"
    label = "operation"
