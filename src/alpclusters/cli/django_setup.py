"""Start Django for the commands that need the database."""

import os

from alpclusters.platform.configuration import Configuration


def setup_django() -> Configuration:
    """Read the settings and start Django; return the configuration it runs with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alpclusters.platform.settings")
    import django
    from django.conf import settings

    django.setup()
    configuration: Configuration = settings.CONFIGURATION
    return configuration
