"""Start Django for the commands that need the database."""

import os

from alpclusters.platform.configuration import Configuration


def setup_django(*, needs_database: bool = True) -> Configuration:
    """Read the settings and start Django; return the configuration it runs with.

    Parameters
    ----------
    needs_database : bool
        Whether the database has to answer: a server that does not would be waited for.

    Raises
    ------
    SetupError
        ``setting.*``, ``database.*``.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alpclusters.platform.settings")
    from alpclusters.platform.configuration import load_configuration
    from alpclusters.platform.database_reach import require_reachable

    if needs_database:
        require_reachable(load_configuration().database)
    import django
    from django.conf import settings

    django.setup()
    configuration: Configuration = settings.CONFIGURATION
    return configuration
